/** In place of a segment's index: the customer was not there before. */
export const nowhere = -2;
/** In place of a segment's index: set aside for unusual volume. */
export const aside = -1;

/**
 * How much nearer another centroid must be for a move at the first sight of it, as a share of the distance to the own
 * one. A customer on a border is pushed over it and back by a single order; a tenth is more than that does.
 */
export const margin = 0.1;

/** Where a customer stood at the refresh before; `segment` may be `nowhere` or `aside`. */
export interface Stood {
  segment: number;
  /** What the scoring alone gave then. */
  candidate: number;
}

/**
 * Where a customer stands now: in the segment of before, unless another one is clearly nearer or is found twice in a row.
 *
 * @param candidate what the scoring alone gives now
 * @param clearly whether the candidate beats the segment of before by the margin
 */
export function stay(candidate: number, stood: Stood, clearly: boolean): number {
  if (stood.segment === nowhere || stood.segment === candidate) return candidate;
  return clearly || stood.candidate === candidate ? candidate : stood.segment;
}
