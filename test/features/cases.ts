import type { Row, Shop } from './shop.ts';

export const asOf = '2024-07-01';

/** One customer, and what some features say of them; NaN where they say nothing. Worked out by hand. */
export interface Case {
  name: string;
  rows: Shop;
  expect: Readonly<Record<string, number>>;
}

type Given = (who: Row, id: (kind: string) => string) => Shop;

export function customer(name: string, given: Given, expect: Case['expect']): Case {
  const who = { source: 'shop', customer_id: name, profile_id: `shop/${name}` };
  let count = 0;
  return { name, rows: given(who, kind => `${kind} ${++count} of ${name}`), expect };
}

export function order(
  who: Row,
  order_id: string,
  ordered_at: string,
  total: number | null,
  more: Row = {},
): Row {
  return { ...who, order_id, ordered_at, total, ...more };
}

/** Orders at the given times, all of one value. */
export function ordersAt(who: Row, times: readonly string[], total = 10, more: Row = {}): Row[] {
  return times.map((time, i) => order(who, `${who.customer_id}-${i}`, time, total, more));
}

export function line(ordered: Row, line_id: string, more: Row): Row {
  const { source, order_id, profile_id, ordered_at } = ordered;
  return { source, order_id, profile_id, ordered_at, line_id, quantity: 1, ...more } as Row;
}

export function event(who: Row, event_id: string, occurred_at: string, type: string, more: Row = {}): Row {
  return { ...who, event_id, occurred_at, type, ...more };
}
