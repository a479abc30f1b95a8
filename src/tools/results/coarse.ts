import { SMALLEST_REPORTED } from '../../segmentation/wording.ts';
import { roundedMoney, roundedShare } from './rounding.ts';
import { type People, peopleOf } from './values.ts';

/** How the figures of a whole, and shares of it, are told beside its parts. */
export interface Whole {
  people(customers: number): People;
  share(share: number): number;
  money(amount: number): number;
}

/**
 * Where all parts are told, exactly. Where one is withheld it would follow from the whole and the others, so the whole is
 * told to the nearest ten customers, shares of it in whole per cent, and its money to two digits.
 *
 * @param parts numbers of customers
 */
export function wholeOf(parts: readonly number[]): Whole {
  if (parts.every(part => part >= SMALLEST_REPORTED))
    return { people: peopleOf, share: roundedShare, money: roundedMoney };
  return {
    people: customers => peopleOf(customers < SMALLEST_REPORTED ? 0 : 10 * Math.round(customers / 10)),
    share: share => Math.round(share * 100) / 100,
    money: amount => Number(amount.toPrecision(2)),
  };
}
