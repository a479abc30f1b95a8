import { bind } from '../../features/as-of.ts';
import { literal, type Warehouse } from '../../warehouse/port.ts';
import { timestamp } from '../refresh/timestamp.ts';
import { scoreRows, standingRows } from './compile-standing.ts';
import type { FilterShop } from './filter-shop.ts';

/** Joins to rows `a` of profiles: where they stand, as `p`, and what is predicted of them, as `s`. */
export interface KnownRows {
  standing: string;
  scores(columns: readonly string[]): string;
}

/** Following profiles that were joined since takes long, and is left out where none was. */
export async function knownRows(tx: Warehouse, { owner, asOf }: FilterShop): Promise<KnownRows> {
  const [row] = await tx.query<{ joined: number }>(`SELECT count(*) AS joined
FROM (SELECT source || '/' || source_id AS named FROM identities WHERE profile_id <> source || '/' || source_id) AS i
JOIN placements AS p ON p.owner = ${literal(owner)} AND p.as_of = ${timestamp(asOf)} AND p.profile_id = i.named`);
  if (row!.joined > 0)
    return {
      standing: `LEFT JOIN (${bind(standingRows(owner), asOf)}) AS p ON p.profile_id = a.profile_id`,
      scores: columns =>
        `LEFT JOIN (${bind(scoreRows(owner, columns), asOf)}) AS s ON s.profile_id = a.profile_id`,
    };
  const of = (name: string) =>
    `${name}.owner = ${literal(owner)} AND ${name}.as_of = ${timestamp(asOf)} AND ${name}.profile_id = a.profile_id`;
  return {
    standing: `LEFT JOIN placements AS p ON ${of('p')}`,
    scores: () => `LEFT JOIN scores AS s ON ${of('s')}`,
  };
}
