import { bind } from '../../features/as-of.ts';
import { isCountedLine, isPurchase } from '../../features/purchases.ts';
import { literal } from '../../warehouse/port.ts';
import type { CountedTrigger } from './engine.ts';
import { kept } from './track.ts';
import { millisecondsPerDay, orderType, type Trigger, type TriggerCondition } from './trigger.ts';

/** A kind of event that conditions ask for; several may ask for the same. */
export type Signal = Pick<TriggerCondition, 'type' | 'category' | 'sku'>;

/** Triggers as the engine counts them, and the signals that its numbers stand for. */
export interface Signals {
  signals: Signal[];
  /** For each signal the longest time for which one of its events can matter, in milliseconds. */
  spans: number[];
  counted: CountedTrigger[];
}

export function signalsOf(triggers: readonly Trigger[]): Signals {
  const places = new Map<string, number>();
  const signals: Signal[] = [];
  const spans: number[] = [];
  const counted = triggers.map(({ id, rule }) => ({
    id,
    conditions: rule.all.map(condition => {
      const { type, category, sku, withinDays, atLeast, atMost } = condition;
      const key = JSON.stringify([type, category ?? null, sku ?? null]).toLowerCase();
      const signal = places.get(key) ?? signals.push(condition) - 1;
      places.set(key, signal);
      const daily = isOrder(condition);
      const span = withinDays * millisecondsPerDay;
      spans[signal] = Math.max(spans[signal] ?? 0, kept({ span, daily }));
      return {
        signal,
        span,
        daily,
        ...(atLeast === undefined ? {} : { atLeast }),
        ...(atMost === undefined ? {} : { atMost }),
      };
    }),
  }));
  return { signals, spans, counted };
}

export function isOrder({ type }: Signal): boolean {
  return type.toLowerCase() === orderType;
}

export interface HitRows {
  /** `events`, or a table of the same columns that holds a part of them. */
  events: string;
  /** Whether orders are looked through as well. */
  orders: boolean;
  /** Milliseconds since 1970: only what happened after it is wanted. */
  after?: number;
  /** A table of the profiles that are wanted. */
  profiles?: string;
}

/**
 * A SELECT of profile_id and happened_at, to the millisecond as the engine counts: a row for each event that a condition of
 * this kind counts. The one place that says which those are, for what arrives and for what is stored.
 */
export function hitsSql(signal: Signal, { events, orders, after, profiles }: HitRows): string {
  const { type, category, sku } = signal;
  const is = (column: string, value: string | undefined) =>
    value === undefined ? '' : ` AND lower(${column}) = lower(${literal(value)})`;
  const wanted = (column: string, owner: string) => {
    // A day more than is asked for, where the first of a day has to be found.
    const bound = after === undefined ? undefined : after - (isOrder(signal) ? millisecondsPerDay : 0);
    const since = bound === undefined ? '' : ` AND ${column} > ${moment(bound)}`;
    return profiles === undefined ? since : `${since} AND ${owner} IN (SELECT profile_id FROM ${profiles})`;
  };
  const select = (owner: string, column: string, from: string, where: string) =>
    `SELECT ${owner} AS profile_id, date_trunc('milliseconds', ${column}) AS happened_at FROM ${from} WHERE ${where}${wanted(column, owner)}`;
  const parts = [
    select(
      'profile_id',
      'occurred_at',
      events,
      `profile_id IS NOT NULL${is('type', type)}${is('category', category)}${is('sku', sku)}`,
    ),
  ];
  if (!isOrder(signal)) return parts[0]!;
  if (orders && category === undefined && sku === undefined)
    parts.push(select('profile_id', 'ordered_at', 'orders', isPurchase));
  else if (orders)
    parts.push(
      select(
        'line.profile_id',
        'line.ordered_at',
        'order_lines AS line',
        `${bind(isCountedLine, endOfTime)}${is('line.category', category)}${is('line.sku', sku)}`,
      ),
    );
  const firsts = `SELECT profile_id, min(happened_at) AS happened_at FROM (${parts.join(' UNION ALL ')}) AS occasions GROUP BY profile_id, CAST(happened_at AS DATE)`;
  return after === undefined
    ? firsts
    : `SELECT profile_id, happened_at FROM (${firsts}) AS firsts WHERE happened_at > ${moment(after)}`;
}

const endOfTime = '9999-12-31';

/** Milliseconds since 1970 as an SQL literal. */
export function moment(at: number): string {
  return `TIMESTAMP '${timestampText(at)}'`;
}

export function timestampText(at: number): string {
  return new Date(at).toISOString().replace('T', ' ').replace('Z', '');
}

/** SQL for the milliseconds since 1970 of a time that has no finer parts. */
export function milliseconds(time: string): string {
  return `CAST(round(EXTRACT(EPOCH FROM ${time}) * 1000) AS BIGINT)`;
}
