import { answerQuestion } from '../../agent/answer/answer.ts';
import { proposalsIn } from '../../agent/answer/sources.ts';
import type { LoopEvent } from '../../agent/loop/loop.ts';
import { wordsOf } from '../../told-errors.ts';
import type { SlackContext } from '../context.ts';
import type { Person } from '../people.ts';
import { type AnswerExtras, answerExtras } from '../views/answer-extras.ts';
import { answerText } from '../views/answer-text.ts';
import { doing } from './doing.ts';
import { inSlack } from './in-slack.ts';
import type { Spot } from './stream.ts';

interface Asked {
  person: Person;
  question: string;
  spot: Spot;
  signal: AbortSignal;
  onEvent: (event: LoopEvent) => void;
  /** A line of status. */
  says: (status: string) => void;
}

/** How a question ended. */
export interface Ended {
  text: string;
  extras: AnswerExtras;
  /** Ids of what the answer proposes. */
  proposals: string[];
}

const nothing: AnswerExtras = { shown: [], picture: null, ending: [] };

/**
 * What is to be told, also where the answer failed: then it is why, and what to do. Throws the signal's reason alone.
 *
 * The name of the conversation comes from where Slack says that the message stands, never from what it says.
 */
export async function answered(slack: SlackContext, asked: Asked): Promise<Ended> {
  const { person, question, spot, signal, onEvent, says } = asked;
  let stage = '';
  try {
    const context = await slack.toolsOf(person, {
      signal,
      progress(event) {
        if (event.stage === stage) return;
        stage = event.stage;
        says(`is at work: ${stage}`);
      },
    });
    const result = await answerQuestion({
      context,
      access: await slack.app.model(),
      question,
      thread: conversationOf(spot),
      surface: 'slack',
      signal,
      onEvent(event) {
        if (event.kind === 'tool') says(doing(event.title));
        if (event.kind === 'tool-done' && event.defect !== undefined)
          slack.log.error({ err: event.defect, tool: event.name }, 'a tool failed');
        onEvent(event.kind === 'text' ? { ...event, text: inSlack(event.text) } : event);
      },
    });
    signal.throwIfAborted();
    const extras = answerExtras(result, { question, role: person.role });
    const told = inSlack(result.text);
    const text = result.author === 'deterministic' ? answerText(told) : told;
    return { text, extras, proposals: proposalsIn(result.calls) };
  } catch (error) {
    signal.throwIfAborted();
    return { text: inSlack(wordsOf(error, slack)), extras: nothing, proposals: [] };
  }
}

export const conversationOf = ({ channel, thread }: Pick<Spot, 'channel' | 'thread'>) =>
  `slack:${channel}:${thread}`;
