import { SMALLEST_REPORTED } from '../../segmentation/wording.ts';
import { roundedMoney, roundedShare } from './rounding.ts';
import { type People, peopleOf } from './values.ts';

/**
 * Two groups that differ by a few customers tell of those few. What the groups are that a filter, a budget or a pair of
 * dates makes is for whoever asks to say, again and again: their figures are told coarsely, always. Segments are found, so
 * theirs are exact but for the whole that they are parts of.
 */

/** The nearest ten; 0 for fewer than ten. */
export const toTens = (customers: number) =>
  customers < SMALLEST_REPORTED ? 0 : 10 * Math.round(customers / 10);

/** One to nine: a group that may point at people. */
export const isFew = (customers: number) => customers > 0 && customers < SMALLEST_REPORTED;

/** A part of so many customers; null where the part, or what is left of them, is of a few. */
export function partOf(share: number, customers: number): number | null {
  const part = Math.round(share * customers);
  return isFew(part) || isFew(customers - part) ? null : roundedShare(share);
}

export const coarsePeople = (customers: number): People => peopleOf(toTens(customers));

/** Three digits, for sums over customers who are told in tens. */
export const coarseSum = (sum: number) => Number(sum.toPrecision(3));

/** How a whole, and its parts as shares of it, are told beside the sizes of the parts. */
export interface Whole {
  /** No part is withheld, so that nothing has to be coarse. */
  exact: boolean;
  people(customers: number): People;
  money(amount: number): number;
  /** A part as a share of all customers, and a sum as a share of all money. */
  shareOf(part: number, customers: number): number;
  moneyShareOf(part: number, amount: number): number;
}

const exact: Whole = {
  exact: true,
  people: peopleOf,
  money: roundedMoney,
  shareOf: (part, whole) => roundedShare(part / Math.max(1, whole)),
  moneyShareOf: (part, whole) => (whole > 0 ? roundedShare(part / whole) : 0),
};

const twoDigits = (amount: number) => Number(amount.toPrecision(2));
/** Of a whole as it is told: with the part it tells no more of the whole than that. Not more than all. */
const wholePercent = (part: number, whole: number) => Math.min(1, Math.round((100 * part) / whole) / 100);

export const coarse: Whole = {
  exact: false,
  people: coarsePeople,
  money: twoDigits,
  shareOf: (part, whole) => wholePercent(part, Math.max(10, toTens(whole))),
  moneyShareOf: (part, whole) => (whole > 0 ? wholePercent(part, twoDigits(whole)) : 0),
};

/**
 * Where all parts are told, exactly. Where one is withheld it would follow from the whole and the others, so the whole is
 * told to the nearest ten customers, shares of it in whole per cent, and its money to two digits.
 *
 * @param parts numbers of customers
 */
export function wholeOf(parts: readonly number[]): Whole {
  return parts.every(part => part >= SMALLEST_REPORTED) ? exact : coarse;
}
