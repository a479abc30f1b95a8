import type { TermCounts } from '../../features/activity/terms.ts';

/** A word that takes a greater share of the rows of the last week than before. */
export interface TermShift {
  term: string;
  /** Rows of the last week that name it, and that name any. */
  rows: number;
  of: number;
  /** Shares of the last week, and of the weeks before it. */
  now: number;
  before: number;
  /** It was hardly there until a few weeks ago. */
  isNew: boolean;
}

/** Weeks before the last in which a word may have turned up and still count as new. */
const weeksNew = 4;
const hardlyThere = 0.001;
const leastShare = 0.03;
const leastRows = 20;
/** Without so many rows, and weeks of them, before the last week nobody can say what is new. */
const leastBefore = 200;
const leastWeeks = 6;
/** Standard errors by which a known word's share must have grown; it must also have doubled. */
const surprising = 6;

/** Words that are new or whose share doubled, the greatest gain first. */
export function termShifts({ total, terms }: TermCounts): TermShift[] {
  const shifts = terms.flatMap(({ term, weekly }) => shiftOf(term, weekly, total) ?? []);
  return shifts.sort((a, b) => b.now - b.before - (a.now - a.before) || (a.term < b.term ? -1 : 1));
}

/** How much greater a word's share of the last week is than before, be it surprising or not; 0 where nobody can say. */
export function gainOf({ total, terms }: TermCounts, term: string): number {
  const weekly = terms.find(known => known.term === term)?.weekly;
  const before = weekly && shareOf(weekly, total, 1);
  return before && total[0]! > 0 ? weekly[0]! / total[0]! - before.share : 0;
}

/** @param weekly rows of the word, @param total rows of any word, both by week, the last one first */
function shiftOf(term: string, weekly: Float64Array, total: Float64Array): TermShift | null {
  const rows = weekly[0]!;
  const of = total[0]!;
  const now = of > 0 ? rows / of : 0;
  if (rows < leastRows || now < leastShare) return null;
  const long = shareOf(weekly, total, 1 + weeksNew);
  const isNew = long !== null && long.share < hardlyThere;
  const recent = shareOf(weekly, total, 1);
  if (recent === null) return null;
  const shift = { term, rows, of, now, before: isNew ? long.share : recent.share, isNew };
  if (isNew) return shift;
  const { share, rows: earlier, dispersion } = recent;
  const error = Math.sqrt(share * (1 - share) * dispersion * (1 / of + 1 / earlier));
  return now >= 2 * share && now - share >= surprising * error ? shift : null;
}

/**
 * A word's share of the weeks from one on, and how much more it varied between them than chance has it (at least 1:
 * chi-squared over its degrees of freedom); null where too little came before.
 */
function shareOf(
  weekly: Float64Array,
  total: Float64Array,
  from: number,
): { share: number; rows: number; dispersion: number } | null {
  let hits = 0;
  let rows = 0;
  let weeks = 0;
  for (let week = from; week < total.length; week++) {
    hits += weekly[week]!;
    rows += total[week]!;
    if (total[week]! > 0) weeks++;
  }
  if (rows < leastBefore || weeks < leastWeeks) return null;
  const share = hits / rows;
  let chi = 0;
  for (let week = from; week < total.length; week++) {
    const expected = total[week]! * share;
    if (expected > 0 && share < 1) chi += (weekly[week]! - expected) ** 2 / (expected * (1 - share));
  }
  return { share, rows, dispersion: Math.max(1, chi / (weeks - 1)) };
}
