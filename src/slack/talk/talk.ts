import type { KnownBlock } from '@slack/types';
import { messageText } from '../blocks/text.ts';
import type { SlackContext } from '../context.ts';
import type { Person } from '../people.ts';
import { slackCodeOf } from '../slack-error.ts';
import { createAllowance } from './allowance.ts';
import { createLine } from './line.ts';
import { answerTo, patientPauses, postOnce, type Reach } from './reach.ts';
import { createSession } from './session.ts';
import { conversationOf, type Spot } from './spot.ts';
import { tellAnswer } from './tell-answer.ts';
import { createThreads, type Work } from './threads.ts';

/** Something that somebody asked in Slack. */
export interface SlackQuestion {
  /** Timestamp of the message. */
  ts: string;
  spot: Spot;
  person: Person;
  text: string;
  /** Said under the answer: mrkdwn of ours. */
  remark?: string;
  /**
   * Whether it is for Kindred at all, where that takes a look; asked in the order of the thread, and told whether an answer
   * to something before it is still under way there.
   */
  concerns?: (answering: boolean) => Promise<boolean>;
}

export interface Talk {
  /**
   * Fulfilled when whoever asked was told how it ended.
   *
   * @throws where the server stops before that, and where Slack cannot be told for more than an hour
   */
  ask(question: SlackQuestion): Promise<void>;
  /** Says something to a message, once. */
  say(to: Pick<SlackQuestion, 'spot' | 'ts'>, said: { text: string; blocks: KnownBlock[] }): Promise<void>;
  /** Takes back all that is asked in a thread. Harmless where that is nothing. */
  stop(to: { spot: Pick<Spot, 'channel' | 'thread'>; ts: string }): Promise<void>;
}

export interface TalkOptions {
  /** Answers that are written at once; others wait. */
  atOnce?: number;
  /** Questions of one person that are answered or wait. */
  mostOfOne?: number;
  /** Milliseconds before each new try, where Slack does not answer. */
  pauses?: readonly number[];
}

/**
 * Slack takes some more of each a minute: beyond that its calls wait, and with them whoever asked. Then answers come whole,
 * and threads without the button that stops.
 */
const streamsAMinute = 15;
const sessionsAMinute = 20;

/**
 * From a question to its answer: `answer` below waits for the turn of the thread (`line`), `tellAnswer` then has it answered
 * (`answered`) and told (`telling`: `plan` is what a `stream` shows on the way, `reach` what is posted, once). `threads` and
 * `session` are what can be stopped, and the button for it.
 */
export function createTalk(slack: SlackContext, options: TalkOptions = {}): Talk {
  const { atOnce = 8, mostOfOne = 20, pauses = patientPauses } = options;
  const { client, stopping, app } = slack;
  const reach: Reach = { client, stopping, pauses };
  const threads = createThreads();
  const line = createLine(atOnce);
  /** In which it is found out what is a question: later ones of a thread may be known sooner to be one. */
  const order = createLine(Number.POSITIVE_INFINITY);
  const failed = failures(slack);
  const mayStream = createAllowance(streamsAMinute, 60_000, app.now);
  const mayWork = createAllowance(sessionsAMinute, 60_000, app.now);

  const say: Talk['say'] = ({ spot: { channel, thread }, ts }, { text, blocks }) =>
    postOnce(reach, { ...answerTo(channel, ts), channel, thread, text: messageText(text), blocks });

  const answer = async (question: SlackQuestion, work: Work) => {
    const { spot, person, ts, text, concerns } = question;
    const thread = conversationOf(spot);
    const { channel, thread: thread_ts } = spot;
    const session = threads.add(thread, work, () =>
      createSession({ client, channel, thread: thread_ts, mayWork, failed }),
    );
    const signal = AbortSignal.any([work.stopped.signal, stopping]);
    const place = { thread, person: person.id, signal };
    const begin = () => {
      work.asked = true;
      session.works(text);
      session.says('is reading the question');
    };
    const isAnswering = () => threads.in(thread).some(other => other !== work && other.asked);
    if (!concerns) begin();
    // In an object, as what is returned bare is waited for.
    const { done } = await order.take({ ...place, waits: () => {} }, async () => {
      if (concerns && !(await concerns(isAnswering()))) return { done: null };
      if (concerns) begin();
      let waited = false;
      const waits = () => {
        waited = true;
        session.says('has other questions before this one');
      };
      const telling = { ...reach, spot, asked: ts, mayStream, failed };
      const run = () => {
        work.begun = true;
        // The answer before it in the thread took the button away.
        if (waited) begin();
        return tellAnswer(slack, { question, telling, session, stopped: work.stopped.signal });
      };
      return { done: line.take({ ...place, waits }, run) };
    });
    await done;
  };

  return {
    say,
    async ask(question) {
      const { person, concerns, spot } = question;
      if (threads.of(person.id) >= mostOfOne) {
        if (!concerns) await say(question, { text: tooMany, blocks: [] });
        return;
      }
      const work: Work = { person: person.id, stopped: new AbortController(), asked: false, begun: false };
      try {
        await answer(question, work);
      } catch (error) {
        // Whoever stopped it before it began was told so.
        if (work.begun || !work.stopped.signal.aborted) throw error;
      } finally {
        await threads.remove(conversationOf(spot), work);
      }
    },
    async stop({ spot, ts }) {
      const all = threads.in(conversationOf(spot));
      const waiting = all.filter(({ asked, begun }) => asked && !begun).length;
      for (const { stopped } of all) stopped.abort(new Error('stopped by a person'));
      if (waiting > 0)
        await postOnce(reach, {
          ...answerTo(spot.channel, ts),
          ...spot,
          text: takenBack(waiting),
          blocks: [],
        });
      // Slack takes its button away only when it is told to, also where a process that was killed left it.
      const { channel: channel_id, thread: thread_ts } = spot;
      await client.agents.sessions.setStatus({ channel_id, thread_ts, status: 'active' }).catch(failed);
    },
  };
}

const tooMany =
  'That is more than I take from one person at once. Please ask it again when your other questions are answered.';

const takenBack = (waiting: number) =>
  waiting === 1
    ? 'The question that waited here was taken back.'
    : `The ${waiting} questions that waited here were taken back.`;

/** Where a part of an answer on its way is refused, others will be: each refusal is told once. */
function failures({ stopping, log }: SlackContext): (error: unknown) => void {
  const known = new Set<string>();
  return error => {
    const code = slackCodeOf(error);
    if (stopping.aborted || known.has(code)) return;
    if (code !== '') known.add(code);
    log.warn({ err: error }, 'Slack did not take a part of an answer on its way');
  };
}
