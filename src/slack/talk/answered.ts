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
import { conversationOf, type Spot } from './spot.ts';

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
  /** null where it was broken off. */
  text: string | null;
  extras: AnswerExtras;
  /** Ids of what was proposed on the way: it waits for a decision, however the question ended. */
  proposals: string[];
}

const nothing: AnswerExtras = { shown: [], picture: null, ending: [] };

/**
 * What is to be told, also where the answer failed: then it is why, and what to do. Throws nothing.
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
    const access = await slack.app.model();
    const inWords = access === null ? withoutModel : inSlack;
    const result = await answerQuestion({
      context,
      access,
      question,
      thread: conversationOf(spot),
      surface: 'slack',
      signal,
      onEvent(event) {
        if (event.kind === 'tool') says(doing(event.title));
        if (event.kind === 'tool-done' && event.defect !== undefined)
          slack.log.error({ err: event.defect, tool: event.name }, 'a tool failed');
        onEvent(event.kind === 'text' ? { ...event, text: inWords(event.text) } : event);
      },
    });
    const proposals = proposalsIn(result.calls);
    if (signal.aborted) return { text: null, extras: nothing, proposals };
    const extras = answerExtras(result, { question, role: person.role });
    const text = result.author === 'deterministic' ? withoutModel(result.text) : inSlack(result.text);
    return { text, extras, proposals };
  } catch (error) {
    if (signal.aborted) return { text: null, extras: nothing, proposals: [] };
    return { text: inSlack(wordsOf(error, slack)), extras: nothing, proposals: [] };
  }
}

const withoutModel = (text: string) => answerText(inSlack(text));
