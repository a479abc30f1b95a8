import { z } from 'zod';
import type { Unit } from '../../features/feature.ts';
import { SMALLEST_REPORTED } from '../../segmentation/wording.ts';

/**
 * The values that tool results are made of. Each says its unit, by which the numbers of an answer are checked against
 * the results that it rests on (`facts.ts`).
 */

/** Stands for any count of customers below ten. */
export const few = `fewer than ${SMALLEST_REPORTED}`;

/** A number of customers. The schema itself refuses a count below ten, so none can leave by mistake. */
export const people = z
  .union([z.number().int().min(SMALLEST_REPORTED), z.literal(few)])
  .meta({ unit: 'count' satisfies Unit });

export type People = z.infer<typeof people>;

export function peopleOf(count: number): People {
  return count < SMALLEST_REPORTED ? few : count;
}

const valued = (unit: Unit) => z.number().meta({ unit });

/** 0..1. */
export const share = valued('share');
/** In the shop's currency. */
export const money = valued('money');
export const days = valued('days');
/** Of things that are not customers: orders, refreshes, groups. */
export const count = valued('count');
/** Without a unit: a silhouette, a weight, a standardised difference. */
export const ratio = valued('ratio');
export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
