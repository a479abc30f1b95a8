import type { Warehouse } from '../../warehouse/port.ts';
import { askedTable } from './asked.ts';
import type { ClauseEffect } from './audience.ts';

/** What each part of a filter did, from one look at the answer; the parts in their order. */
export async function clauseEffects(
  tx: Warehouse,
  parts: readonly Pick<ClauseEffect, 'clause' | 'says'>[],
): Promise<ClauseEffect[]> {
  const columns = parts.map((_, i) => `clause_${i + 1}`);
  const all = (names: readonly string[]) => (names.length > 0 ? names.join(' AND ') : 'TRUE');
  const counts = columns.flatMap((name, i) => [
    `count(*) FILTER (WHERE ${name}) AS meets_${i}`,
    `count(*) FILTER (WHERE ${all(columns.slice(0, i))}) AS before_${i}`,
    `count(*) FILTER (WHERE ${all([...columns.slice(0, i), `NOT ${name}`])}) AS dropped_${i}`,
    `count(*) FILTER (WHERE ${all(columns.filter(other => other !== name))}) AS without_${i}`,
  ]);
  const [row] = await tx.query<Record<string, number>>(`SELECT ${counts.join(', ')} FROM ${askedTable}`);
  const counted = (what: string, i: number) => row![`${what}_${i}`]!;
  return parts.map((part, i) => ({
    ...part,
    meets: counted('meets', i),
    before: counted('before', i),
    dropped: counted('dropped', i),
    without: counted('without', i),
  }));
}
