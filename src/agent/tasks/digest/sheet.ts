import { formatMoneyShort, tamed } from '../../../segmentation/wording.ts';
import { customersText, shareText } from '../../answer/plain/figures.ts';
import type { Digest } from './digest.ts';
import type { DigestFacts } from './facts.ts';
import { needsExplaining } from './findings.ts';
import { flowsText } from './flows.ts';
import { changeOf, datesOf } from './sections.ts';
import { standing, type Todo } from './todo.ts';

/** What a model is shown, and what its labels stand for. */
export interface DigestSheet {
  text: string;
  /** By label: "M1", "F1", "T1". */
  moves: ReadonlyMap<string, string>;
  findings: ReadonlyMap<string, Digest['findings'][number]>;
  todo: ReadonlyMap<string, Todo>;
}

const mostCandidates = 8;

/** All of it stands in the deterministic digest or in the tools' results. */
export function digestSheet(facts: DigestFacts, plain: Digest): DigestSheet {
  const moves = labelled('M', plain.moves);
  const findings = labelled('F', plain.findings);
  const todo = labelled('T', candidates(facts, plain));
  const flows =
    plain.flows === null ? [] : [`Since ${plain.since}: ${flowsText(plain.flows, plain.currency)}.`];
  const text = [
    `${datesOf(plain)}. The week is told as: ${stateText[plain.state]}.`,
    `${customersText(plain.customers)} in all, with ${formatMoneyShort(plain.revenue, plain.currency)} of revenue.`,
    ...flows,
    '',
    'Segments (customers; change; trend; share of revenue; value at risk):',
    ...plain.segments.map(segment => segmentLine(plain, segment)),
    '',
    ...titled(
      'Moves',
      [...moves].map(([label, sentence]) => `${label} ${sentence}`),
    ),
    ...titled(
      'Findings',
      [...findings].map(([label, finding]) => findingLine(label, finding)),
    ),
    ...(plain.campaigns.length === 0
      ? []
      : titled(
          'Campaigns that were measured against customers held out',
          plain.campaigns.map(({ says }) => says),
        )),
    ...titled(
      'What may be done this week, each with the reason that will stand beneath it',
      [...todo].map(([label, item]) => todoLine(label, item)),
    ),
  ].join('\n');
  return { text: text.trimEnd(), moves, findings, todo };
}

/** While data is missing nothing else is to be done, as it would rest on figures that may be wrong. */
function candidates(facts: DigestFacts, { todo, state }: Digest): Todo[] {
  if (state === 'feed') return todo;
  const used = new Set(todo.map(({ segment }) => segment?.key));
  const others = standing(facts).filter(({ segment }) => !used.has(segment?.key));
  return [...todo, ...others].slice(0, mostCandidates);
}

const stateText = {
  found: 'the segments were only just found',
  feed: 'data stopped arriving, which comes before all else',
  alert: 'there is an alert, and the headline tells of the first',
  watch: 'no alarm, but something to watch',
  quiet: 'quiet: no alarm',
} as const satisfies Record<Digest['state'], string>;

const small = { up: 'up by fewer than 10', down: 'down by fewer than 10' };

function segmentLine(digest: Digest, segment: Digest['segments'][number]): string {
  const { customers, trend, revenueShare, valueAtRisk } = segment;
  const change = changeOf(digest, segment, small);
  return `${named(segment.name)}: ${[
    customersText(customers),
    change === '' ? 'change not told' : change,
    trend ?? 'no trend',
    revenueShare === null ? 'share not told' : shareText(revenueShare),
    valueAtRisk === null ? 'not predicted' : formatMoneyShort(valueAtRisk, digest.currency),
  ].join('; ')}`;
}

function findingLine(label: string, finding: Digest['findings'][number]): string {
  const { level, kind, sentence, since, explainedBy, explanation } = finding;
  const notes = [level, kind, `since ${since}`, ...(explainedBy === null ? [] : [`by ${explainedBy}`])];
  const usual = needsExplaining(level) && explanation !== null ? ` Usually: ${explanation}` : '';
  return `${label} [${notes.join('; ')}] ${sentence}${usual}`;
}

function todoLine(label: string, { action, why, segment }: Todo): string {
  const about = segment === null ? '' : `${named(segment.name)}: `;
  return `${label} ${about}${action} (${why})`;
}

/** Whole, as it is to be written as it stands here. */
const named = (segment: string) => `“${tamed(segment)}”`;

const labelled = <T>(letter: string, items: readonly T[]): Map<string, T> =>
  new Map(items.map((item, i) => [`${letter}${i + 1}`, item]));

const titled = (title: string, lines: readonly string[]) => [
  `${title}:`,
  ...(lines.length > 0 ? lines : ['none']),
  '',
];
