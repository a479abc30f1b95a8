import { bind } from '../../features/as-of.ts';
import { scoreRows, standingRows } from './filter/compile/rows-per-profile.ts';
import type { FilterShop } from './filter/shop.ts';

/** Joins to rows `a` of profiles: where they stand, as `p`, and what is predicted of them, as `s`. */
export interface KnownRows {
  standing: string;
  scores(columns: readonly string[]): string;
}

export function knownRows({ owner, asOf, joined }: FilterShop): KnownRows {
  const join = (rows: string, name: string) =>
    `LEFT JOIN (${bind(rows, asOf)}) AS ${name} ON ${name}.profile_id = a.profile_id`;
  return {
    standing: join(standingRows(owner, joined), 'p'),
    scores: columns => join(scoreRows(owner, columns, joined), 's'),
  };
}
