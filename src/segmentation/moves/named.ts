import { daysBetween } from '../../features/as-of.ts';
import type { Model } from '../model.ts';
import { overlayOf } from '../overlays/overlays.ts';
import { inWords, type Words } from '../overlays/words.ts';
import type { Move, RefreshRecord } from '../refresh/record.ts';
import { formatCount, formatMoneyShort, SMALLEST_REPORTED } from '../wording.ts';
import { isSegment, type MovesBetween } from './between.ts';
import { reasonOf } from './driver-phrases.ts';
import { asNoun, namesOf, quoted } from './names.ts';

/** A move that matters, and the sentence for it. */
export interface NamedMove extends Move {
  /** What the same pair made in as many days before; null where there is too little history. */
  usual: number | null;
  sentence: string;
}

interface Naming {
  names: ReadonlyMap<string, string>;
  currency: string | null;
  words: Words;
}

const MOST_NAMED = 5;
/** Refreshes before, from which on something is called usual. */
const LEAST_HISTORY = 4;
/** From this factor up or down a number is told beside what is usual. */
const UNUSUAL = 1.5;

/**
 * The moves between segments that matter, at most five: by the yearly revenue that moved, and the more the further the
 * number lies above what is usual for the pair. Groups under ten are left out: nothing could be told of them.
 * @param history all records, oldest first: what is usual is told from those before
 */
export function namedMoves(
  between: MovesBetween,
  history: readonly RefreshRecord[],
  { population, recipe }: Pick<Model, 'population' | 'recipe'>,
): NamedMove[] {
  const { currency } = population;
  const { words } = overlayOf(recipe.overlay);
  const naming = { names: namesOf(history), currency, words };
  const usual = usualOf(between, history);
  const candidates = between.moves.filter(({ from, to }) => isSegment(from) && isSegment(to));
  const total = sum(candidates, 'revenueLastYear');
  const weight = ({ customers, revenueLastYear }: Move) => (total > 0 ? revenueLastYear : customers);
  return candidates
    .filter(({ customers }) => customers >= SMALLEST_REPORTED)
    .map(move => ({ ...move, usual: usual(move) }))
    .map(move => ({ move, rank: weight(move) * (1 + surprise(move)) }))
    .sort((a, b) => b.rank - a.rank || b.move.customers - a.move.customers || byKeys(a.move, b.move))
    .slice(0, MOST_NAMED)
    .map(({ move }) => ({ ...move, sentence: sentenceOf(move, naming) }));
}

const sum = (moves: readonly Move[], of: 'customers' | 'revenueLastYear') =>
  moves.reduce((total, move) => total + move[of], 0);

function byKeys(a: Move, b: Move): number {
  const [x, y] = [JSON.stringify([a.from, a.to]), JSON.stringify([b.from, b.to])];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** 0 where it is usual or less, up to 2 for four times as many; small numbers vary more, so they surprise less. */
function surprise({ customers, usual }: { customers: number; usual: number | null }): number {
  if (usual === null) return 0;
  return Math.min(2, Math.max(0, Math.log2((customers + SMALLEST_REPORTED) / (usual + SMALLEST_REPORTED))));
}

/** By the pair's rate per day over the refreshes before, back to where the segments were made. */
function usualOf(
  { from, to }: MovesBetween,
  history: readonly RefreshRecord[],
): (move: Move) => number | null {
  const before = history.filter(({ asOf }) => asOf <= from);
  const start = before.findLastIndex(({ kind }) => kind !== 'refresh');
  const refreshes = before.slice(start + 1);
  const begun = before[start]?.asOf ?? refreshes[0]?.previous;
  if (refreshes.length < LEAST_HISTORY || !begun) return () => null;
  const scale = daysBetween(from, to) / daysBetween(begun, from);
  return pair => {
    const same = refreshes.flatMap(({ moves }) =>
      moves.filter(move => move.from === pair.from && move.to === pair.to),
    );
    return sum(same, 'customers') * scale;
  };
}

/**
 * "212 price-driven occasional buyers became high-frequency loyalists, £41k of yearly revenue, because they ordered more
 * often (1.2 to 2.9 a month)."
 */
function sentenceOf(move: Move & { usual: number | null }, { names, currency, words }: Naming): string {
  const { customers, revenueLastYear, usual, drivers } = move;
  const [from, to] = [move.from, move.to].map(key => names.get(key) ?? key) as [string, string];
  const [who, what] = [asNoun(from), asNoun(to)];
  const moved =
    who !== null && what !== null
      ? `${formatCount(customers)} ${who} became ${what}`
      : `${formatCount(customers)} ${words.people} moved from ${quoted(from)} to ${quoted(to)}`;
  const revenue =
    revenueLastYear > 0 ? `, ${formatMoneyShort(revenueLastYear, currency)} of yearly revenue` : '';
  const reason = inWords(reasonOf(drivers, currency), words);
  return `${moved}${usually(customers, usual)}${revenue}${reason === '' ? '' : `, because ${reason}`}.`;
}

/** " (usually about 60)", where it is not as usual. */
function usually(customers: number, usual: number | null): string {
  if (usual === null) return '';
  if (usual < SMALLEST_REPORTED) {
    return customers > UNUSUAL * SMALLEST_REPORTED ? ` (usually fewer than ${SMALLEST_REPORTED})` : '';
  }
  const ratio = customers / usual;
  return ratio > UNUSUAL || ratio < 1 / UNUSUAL ? ` (usually about ${formatCount(Math.round(usual))})` : '';
}
