import { z } from 'zod';
import type { Population } from '../../segmentation/model.ts';
import { SMALLEST_REPORTED } from '../../segmentation/wording.ts';
import { roundedShare } from './rounding.ts';
import { people, peopleOf, share } from './values.ts';

/** Customers of unusual volume, who stand in no segment. null: there are none. */
export const setAsideShape = z
  .object({ customers: people, revenueShare: share.nullable(), why: z.string() })
  .nullable();

export function setAsideOf({ setAside }: Population): z.input<typeof setAsideShape> {
  const { count, revenueShare, why } = setAside;
  if (count === 0) return null;
  return {
    customers: peopleOf(count),
    revenueShare: count < SMALLEST_REPORTED ? null : roundedShare(revenueShare),
    why,
  };
}
