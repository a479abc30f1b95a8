import type { ImageBlock, KnownBlock } from '@slack/types';
import type { Role } from '../../access/roles.ts';
import type { AnswerResult } from '../../agent/answer/answer.ts';
import type { ChartData, ChartKind } from '../../charts/chart-data.ts';
import { dayText } from '../../markdown/figures.ts';
import type { SegmentList, ShownSegment } from '../../markdown/results.ts';
import { tools } from '../../tools/registry.ts';
import { actions, button, feedback } from '../blocks/actions.ts';
import { context } from '../blocks/layout.ts';
import { mrkdwn } from '../blocks/text.ts';
import { budgetBlocks, predictionsTable, whatIfTable } from './ahead.ts';
import { answerActions, replyValue, verdictValue } from './answer-actions.ts';
import { pictureFor, subjectOf } from './answer-subject.ts';
import { audienceActions, audienceFigures } from './audience.ts';
import { movesTable } from './changes.ts';
import { liftBlocks } from './lift.ts';
import { personaCard, smallCards } from './persona-card.ts';
import type {
  AllMoves,
  AllPredictions,
  ComparedSegments,
  FoundSegments,
  ShownAudience,
  ShownBudget,
  ShownLift,
  ShownWhatIf,
} from './results.ts';
import { comparisonTable, segmentTable } from './segment-table.ts';

/** What stands under the text of an answer: at most 20 blocks. */
export interface AnswerExtras {
  /** Figures, at most one table, a few cards. */
  shown: KnownBlock[];
  /** The one picture that fits the question, which `withPicture` draws and uploads; null where none does. */
  picture: ChartData | ChartKind | null;
  /** What can be pressed, and where the figures are from. */
  ending: KnownBlock[];
}

/** What a person made by their question, and who they are. */
export interface Asker {
  question: string;
  role: Role;
}

type Answered = Pick<AnswerResult, 'calls' | 'reply' | 'sources' | 'author'>;

/** From what tools told for an answer to what is shown under its text. The same answer always has the same. */
export function answerExtras(answer: Answered, { question, role }: Asker): AnswerExtras {
  const calls = answer.calls.filter(fits);
  const subject = subjectOf(calls, question);
  return {
    shown: [
      ...audiencesOf(calls, role, answer.author === 'deterministic'),
      ...cardsOf(calls, subject?.name ?? ''),
      ...(subject ? tableOf(subject.name, subject.output) : []),
    ],
    picture: pictureFor(calls, subject, question),
    ending: endingOf(answer),
  };
}

/** What tools give fits their schemas; blocks are made of nothing else, so that none costs an answer. */
function fits({ name, output }: Calls[number]): boolean {
  return tools.some(tool => tool.name === name && tool.output.safeParse(output).success);
}

/** As blocks, with the picture where there is one by now. */
export function extraBlocks({ shown, ending }: AnswerExtras, image: ImageBlock | null): KnownBlock[] {
  return [...shown, ...(image ? [image] : []), ...ending];
}

type Calls = Answered['calls'];

const MOST_AUDIENCES = 2;

/** The last ones; one that was looked at twice stands once. A text that was found without a model tells all their figures. */
function audiencesOf(calls: Calls, role: Role, told: boolean): KnownBlock[] {
  const found = new Map<string, ShownAudience>();
  for (const { name, output } of calls) {
    if (name !== 'build_audience' && name !== 'explain_audience') continue;
    const audience = output as unknown as ShownAudience;
    found.delete(audience.handle);
    found.set(audience.handle, audience);
  }
  return [...found.values()]
    .slice(-MOST_AUDIENCES)
    .flatMap(audience => (told ? audienceActions(audience, role) : audienceFigures(audience, role)));
}

function cardsOf(calls: Calls, subject: string): KnownBlock[] {
  const shown = new Map<string, ShownSegment>();
  for (const { name, output } of calls) {
    if (name !== 'show_segment') continue;
    const segment = output as unknown as ShownSegment;
    shown.set(segment.key, segment);
  }
  const [first, ...others] = shown.values();
  if (first && others.length === 0) return personaCard(first);
  if (first)
    return smallCards(
      [first, ...others].map(({ predictions, persona, ...segment }) => ({
        ...segment,
        valueAtRisk: predictions.valueAtRisk,
        sentence: persona?.sentence ?? null,
      })),
      first.currency,
    );
  const found = subject === 'find_segments' ? calls.findLast(({ name }) => name === subject) : undefined;
  if (!found) return [];
  const { found: segments, currency } = found.output as unknown as FoundSegments;
  return smallCards(segments, currency);
}

function tableOf(name: string, output: unknown): KnownBlock[] {
  switch (name) {
    case 'list_segments':
      return segmentTable(output as SegmentList);
    case 'compare_segments': {
      const compared = output as ComparedSegments;
      const apart = comparisonTable(compared);
      return apart.length > 0 ? apart : segmentTable(compared);
    }
    case 'show_moves':
      return movesTable(output as AllMoves);
    case 'lift':
      return liftBlocks(output as ShownLift);
    case 'plan_budget':
      return budgetBlocks(output as ShownBudget);
    case 'show_predictions':
      return predictionsTable(output as AllPredictions);
    case 'what_if':
      return whatIfTable(output as ShownWhatIf);
    default:
      return [];
  }
}

const MOST_SOURCES = 6;

function endingOf({ reply, sources, author, calls }: Answered): KnownBlock[] {
  const from = sources
    .slice(0, MOST_SOURCES)
    .map(({ what, asOf }) => `${mrkdwn(what)}${asOf === null ? '' : `, as of ${dayText(asOf)}`}`);
  const more = sources.length - from.length;
  const where = from.length === 0 ? '' : `From: ${from.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
  const how =
    author === 'deterministic' ? 'Found by the words of the question, without a language model.' : '';
  const told = [where, how].filter(text => text !== '').join(' ');
  const evidence =
    reply === null || calls.length === 0
      ? []
      : [
          actions([
            button({ action: answerActions.evidence, text: 'Show the evidence', value: replyValue(reply) }),
          ]),
        ];
  return [
    ...evidence,
    ...(told === '' ? [] : [context(told)]),
    ...(reply === null
      ? []
      : [
          feedback(answerActions.feedback, {
            good: verdictValue('good', reply),
            bad: verdictValue('bad', reply),
          }),
        ]),
  ];
}
