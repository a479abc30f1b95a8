import { InputError } from '../../errors.ts';
import { withoutLinks } from '../../segmentation/links.ts';
import { capitalised } from '../../segmentation/wording.ts';
import type { ToolContext } from '../../tools/tool.ts';
import type { LoopEvent, ToolCall } from '../loop/loop.ts';
import { budgetAnswer, budgetAsked, predictionsAnswer } from './plain/ahead.ts';
import { askedAnswer, savedAnswer, standingAnswer } from './plain/audience.ts';
import { driftAnswer, movesAnswer } from './plain/changes.ts';
import { declined } from './plain/declined.ts';
import { type Part, paragraphs } from './plain/figures.ts';
import { type Intent, intentOf, type Topic } from './plain/intents.ts';
import { liftAnswer } from './plain/lift.ts';
import { type LookingUp, lookingUp } from './plain/looking-up.ts';
import { comparedIn, namedIn } from './plain/named.ts';
import { overviewAnswer } from './plain/overview.ts';
import { allSegments, comparedSegments, foundSegments, segmentAnswer } from './plain/segments.ts';
import { todoAnswer } from './plain/todo.ts';

export interface PlainAnswer {
  text: string;
  calls: ToolCall[];
}

/**
 * Answers by the words of the question: saved audiences, standing questions, segments by name, what changed, what is
 * ahead, and segments by their definitions. The texts are made of tool results alone.
 *
 * @throws InputError where nothing was segmented yet
 */
export async function answerWithoutModel(
  context: ToolContext,
  question: string,
  onEvent: (event: LoopEvent) => void = () => {},
): Promise<PlainAnswer> {
  const looking = lookingUp(context, onEvent);
  const no = declined(question);
  if (no !== null) return { text: no, calls: [] };
  const model = (await context.state.models.current()) ?? { segments: [] };
  const named = namedIn(model, question);
  const { standing, handles } = intentOf(question);
  // A name speaks of its segment alone: "genuine churn risks" asks for no predictions.
  const rest = intentOf(named.rest);
  const compared = rest.topics.includes('compare');
  // A campaign bears the name of those it went to.
  const campaign = intentOf(question).topics.includes('lift');
  const intent: Intent = {
    ...rest,
    ...(campaign && { topics: ['lift'], people: null }),
    standing: compared || campaign ? [] : standing,
    handles,
  };
  const parts: Part[] = [];
  for (const handle of campaign ? [] : await audiencesNamed(looking, question, intent))
    parts.push(await tried(savedAnswer(looking, handle)));
  for (const id of intent.standing) parts.push(await tried(standingAnswer(looking, id)));
  const compares = compared || (intent.topics.length === 0 && named.keys.length > 1);
  if (compares) parts.push(await tried(comparison(looking, comparedIn(model, question), question)));
  else if (!campaign && named.keys.length === 1 && (intent.standing.length === 0 || intent.asksSegments))
    parts.push(await tried(segmentAnswer(looking, named.keys[0]!)));
  for (const topic of intent.topics)
    if (topic !== 'compare') parts.push(await tried(topicAnswer(looking, topic, intent, question)));
  const told = parts.length > intent.standing.length || compares;
  const asked = told || intent.standing.length > 0 || intent.asksSegments ? null : intent.people;
  if (asked !== null) parts.push(await tried(askedAnswer(looking, asked)));
  // What was asked says what is wanted; otherwise, and where it cannot be told, the words may be those of a segment.
  const found =
    told || intent.asksAllSegments || (asked !== null && looking.calls.length > 0)
      ? null
      : await foundSegments(looking, question);
  if (found !== null) parts.push(found);
  else if (parts.length === 0 && intent.asksSegments) parts.push(await allSegments(looking));
  if (parts.length === 0)
    parts.push(
      { text: 'No segment, audience or topic goes by these words. What there is:', next: null },
      await overviewAnswer(looking),
      await allSegments(looking),
    );
  const next = parts.flatMap(part => (part.next === null ? [] : [part.next]));
  const text = paragraphs([
    ...parts.map(part => part.text),
    next.length === 0 ? null : `**Next:** ${capitalised(next.join(' And '))}`,
  ]);
  // The name of a category may be an address to click on.
  return { text: withoutLinks(text), calls: looking.calls };
}

/** What a key would add, for surfaces to say under an answer that was found by words. */
export const withAKey =
  'Found by the words of the question. With ANTHROPIC_API_KEY set, a model would read it as a person does, combine what it looks up, and answer what you ask next.';

/** Where a model was asked and gave no answer: says why, and what is known without it. */
export async function withoutModelInstead(
  {
    context,
    question,
    onEvent,
  }: { context: ToolContext; question: string; onEvent: (event: LoopEvent) => void },
  why: string,
): Promise<PlainAnswer> {
  try {
    const { text, calls } = await answerWithoutModel(context, question, onEvent);
    return {
      text: paragraphs([why, 'Without the model, this is what the words of the question find:', text]),
      calls,
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { text: paragraphs([why, `${error.message} ${error.next}`]), calls: [] };
  }
}

/** What the data does not answer is said in its place; the rest of the answer stands. */
async function tried(answer: Promise<Part>): Promise<Part> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { text: `${error.message} ${error.next}`, next: null };
  }
}

const MOST_AUDIENCES = 2;

/** By handle, or by a name that the question holds as a whole. */
async function audiencesNamed(
  { context: { state } }: LookingUp,
  question: string,
  { handles, standing }: Intent,
): Promise<string[]> {
  const plain = (text: string) =>
    ` ${text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()} `;
  const asked = plain(question);
  const saved = await state.audiences.list();
  const named = standing.length > 0 ? [] : saved.filter(({ name }) => asked.includes(plain(name)));
  return [...new Set([...handles, ...named.map(({ handle }) => handle)])].slice(0, MOST_AUDIENCES);
}

async function comparison(looking: LookingUp, keys: readonly string[], question: string): Promise<Part> {
  if (keys.length < 2) return allSegments(looking);
  const part = await comparedSegments(looking, keys);
  if (!/overlap/i.test(question)) return part;
  const none =
    'No segments overlap: every customer stands in one at a time. These are the closest to each other.';
  return { ...part, text: paragraphs([none, part.text]) };
}

function topicAnswer(
  looking: LookingUp,
  topic: Exclude<Topic, 'compare'>,
  { budget }: Intent,
  question: string,
): Promise<Part> {
  switch (topic) {
    case 'lift':
      return liftAnswer(looking, question);
    case 'moves':
      return movesAnswer(looking);
    case 'drift':
      return driftAnswer(looking);
    case 'budget':
      return budget === null ? budgetAsked(looking) : budgetAnswer(looking, budget);
    case 'predictions':
      return predictionsAnswer(looking);
    case 'overview':
      return overviewAnswer(looking);
    case 'todo':
      return todoAnswer(looking);
  }
}
