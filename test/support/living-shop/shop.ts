import { timestamp } from '../../../src/demo/calendar.ts';
import type { Random } from '../../../src/demo/random.ts';
import { type Behaviour, type BehaviourType, drawBehaviour } from './behaviours.ts';
import { dayAt, type ShopClock } from './calendar.ts';
import type { Changes } from './changes.ts';
import type { Product } from './products.ts';
import type { Rows } from './rows.ts';

/** What all customers share while the shop is written. Days are counted from 1970-01-01, fractions included. */
export interface Shop {
  seed: number;
  /** Week 0 of the changes. */
  start: string;
  /** The day that everything comes before. */
  end: number;
  clock: ShopClock;
  changes: Changes;
  categories: readonly (readonly Product[])[];
  newCategory: readonly Product[];
  gifts: readonly Product[];
  rows: Rows;
}

/** How a customer behaves over a stretch of days, until `until`. */
export interface Phase {
  behaviour: Behaviour;
  from: number;
  until: number;
  /** Buying stops here, if it has not before; visits and interest in e-mails nearly do. */
  stops: number;
}

export interface Customer {
  id: string;
  profile: string;
  phases: readonly Phase[];
  homes: readonly (readonly Product[])[];
}

export const begins = (shop: Shop, fromWeek: number): number => dayAt(shop.start, fromWeek);

/** Whether a change of this beginning has begun by then. */
export const since = (shop: Shop, change: { fromWeek: number } | undefined, day: number): boolean =>
  change !== undefined && day >= begins(shop, change.fromWeek);

/** The moment as the tables have it; rows of a feed that broke, and of after the end, are not written. */
export function write(
  shop: Shop,
  table: 'orders' | 'order_lines' | 'events' | 'tickets',
  day: number,
  source: string,
  type: string,
  cells: (at: string) => (string | number | null)[],
): void {
  if (day >= shop.end) return;
  const broken = shop.changes.brokenFeed;
  if (
    broken &&
    since(shop, broken, day) &&
    (broken.table ?? table) === table &&
    (broken.source ?? source) === source &&
    (broken.type ?? type) === type
  )
    return;
  shop.rows.add(table, source, ...cells(timestamp(Math.floor(day * 86_400))));
}

/** The behaviours of a customer of this type who first orders on this day. */
export function phasesOf(shop: Shop, type: BehaviourType, first: number, random: Random): Phase[] {
  const lived = (behaviour: Behaviour, from: number) =>
    behaviour.life === 0 ? from : from - behaviour.life * Math.log(1 - random.uniform());
  const behaviour = drawBehaviour(type, random);
  const phase: Phase = { behaviour, from: first, until: shop.end, stops: lived(behaviour, first) };
  const { dissolve } = shop.changes;
  const turn = dissolve ? begins(shop, dissolve.fromWeek) : shop.end;
  if (dissolve?.type !== type || turn >= phase.stops || turn <= first) return [phase];
  if (dissolve.into === undefined) return [{ ...phase, stops: turn }];
  const next = drawBehaviour(dissolve.into, random);
  return [
    { ...phase, until: turn, stops: turn },
    { behaviour: next, from: turn, until: shop.end, stops: lived(next, turn) },
  ];
}
