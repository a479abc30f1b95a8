import { SMALLEST_REPORTED } from '../../segmentation/wording.ts';

/** How many customers meet all of some clauses, which are told by their places in a filter; none: everybody. */
export interface Met {
  clauses: readonly number[];
  customers: number;
}

/**
 * Which counts may be told beside each other, so that no two of them differ by a group of one to nine: of two groups of
 * which one holds the other, the difference is a group too. Those that come first are told first.
 *
 * @returns entry i: whether counts[i] may be told; false of each count below ten
 */
export function tellable(counts: readonly Met[]): boolean[] {
  const told: Met[] = [];
  return counts.map(count => {
    const hidden =
      isSmall(count.customers) ||
      told.some(other => areNested(count, other) && isFew(Math.abs(count.customers - other.customers)));
    if (!hidden) told.push(count);
    return !hidden;
  });
}

/** Who meets all of some clauses meets all of a part of them. */
function areNested({ clauses: a }: Met, { clauses: b }: Met): boolean {
  return a.every(clause => b.includes(clause)) || b.every(clause => a.includes(clause));
}

/** One to nine: a group that may point at people. */
export const isFew = (customers: number) => customers > 0 && customers < SMALLEST_REPORTED;

const isSmall = (customers: number) => customers < SMALLEST_REPORTED;

/**
 * Parts of a group that is told as a whole: those that may be told, and how many the others are together, which is none or
 * at least ten, so that no part follows from the others.
 *
 * @param parts largest first; `of`: how many more there are elsewhere from which the part is a part, where that is known
 * @param most so many parts are told at most
 */
export function toldParts<Part extends { customers: number; of: number | null }>(
  whole: number,
  parts: readonly Part[],
  most: number,
): { told: Part[]; rest: number } {
  const told = parts
    .filter(({ customers, of }) => !isSmall(customers) && (of === null || !isFew(of - customers)))
    .slice(0, most);
  const restOf = () => told.reduce((left, { customers }) => left - customers, whole);
  while (isFew(restOf()) && told.length > 0) told.pop();
  return { told, rest: restOf() };
}
