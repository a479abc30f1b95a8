import { postProposalCard } from '../approval/post-card.ts';
import { context as remarks } from '../blocks/layout.ts';
import type { SlackContext } from '../context.ts';
import { withPicture } from '../files.ts';
import { type AnswerExtras, extraBlocks } from '../views/answer-extras.ts';
import { answered } from './answered.ts';
import { instead } from './instead.ts';
import type { Session } from './session.ts';
import type { SlackQuestion } from './talk.ts';
import { createTelling, isOfBlocks, type Telling, type TellingOptions } from './telling.ts';

interface Telled {
  question: SlackQuestion;
  telling: TellingOptions;
  session: Pick<Session, 'says'>;
  /** Aborted where a person takes the question back. */
  stopped: AbortSignal;
}

/** What is told in the end. */
interface Ending {
  text: string;
  extras: AnswerExtras;
}

/**
 * Answers a question, and tells how that ended: with an answer, with why there is none, or with the word that it was
 * stopped, by a person or with the server.
 *
 * @throws where the server stops before that can be told
 */
export async function tellAnswer(
  slack: SlackContext,
  { question, telling: options, session, stopped }: Telled,
): Promise<void> {
  const { spot, person, text } = question;
  const telling = createTelling(options);
  const signal = AbortSignal.any([stopped, slack.stopping]);
  const asked = { person, question: text, spot, signal, onEvent: telling.hear, says: session.says };
  const { text: whole, extras, proposals } = await answered(slack, asked);
  const ending =
    whole === null
      ? brokenOff(telling, slack.stopping.aborted ? goneText : stoppedText)
      : { text: whole, extras };
  try {
    await finish(slack, telling, question, ending);
  } catch (error) {
    // Whoever asked is told when Kindred is there again.
    if (slack.stopping.aborted) throw error;
    slack.log.warn({ err: error }, 'Slack did not take an answer as it was to look');
    await finishBare(slack, telling, options, ending, error);
  }
  await postCards(slack, question, proposals);
}

/** An answer without what stands under it says more than none, and its bare words more than that. */
async function finishBare(
  slack: SlackContext,
  telling: Telling,
  options: TellingOptions,
  { text }: Ending,
  refused: unknown,
): Promise<void> {
  let error = refused;
  if (isOfBlocks(refused))
    try {
      return await telling.finish(text, []);
    } catch (again) {
      if (slack.stopping.aborted) throw again;
      error = again;
    }
  await telling.clear();
  await instead(slack, options, { ...options, text, error });
}

/** What was told stands: each paragraph of it was checked. */
function brokenOff(telling: Telling, why: string): Ending {
  const told = telling.told().trim();
  const extras = { shown: [], picture: null, ending: told === '' ? [] : [remarks(why)] };
  return { text: told === '' ? why : told, extras };
}

const stoppedText = 'Stopped, as asked.';
const goneText = 'Kindred was stopped before this was done. Please ask again.';

/** An answer that is there is told whole: whoever presses stop while its picture is drawn gets it all the same. */
async function finish(
  slack: SlackContext,
  telling: Telling,
  { spot, person, remark }: SlackQuestion,
  { text, extras }: Ending,
): Promise<void> {
  const { channel, thread } = spot;
  const under = remark === undefined ? [] : [remarks(remark)];
  const wanted = { person, picture: extras.picture, channel, thread, signal: slack.stopping };
  await withPicture(slack, wanted, image => telling.finish(text, [...under, ...extraBlocks(extras, image)]));
}

async function postCards(
  slack: SlackContext,
  { spot }: SlackQuestion,
  proposals: readonly string[],
): Promise<void> {
  const { channel, thread } = spot;
  for (const proposal of proposals)
    await postProposalCard(slack, { proposal, channel, thread }).catch(error =>
      slack.log.error({ err: error, proposal }, 'the card of a proposal was not posted'),
    );
}
