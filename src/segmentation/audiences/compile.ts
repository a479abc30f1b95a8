import type { SqlValue } from '../../warehouse/port.ts';
import type { FilterShop } from './filter-shop.ts';
import type { ResolvedFilter, ResolvedNode } from './resolved-filter.ts';

/** SQL for both stores; every value that a person or the data wrote is a parameter, numbered from $1. */
export interface CompiledFilter {
  sql: string;
  params: SqlValue[];
}

/** SELECT profile_id: the buyers who meet the filter. */
export function compileFilter(_filter: ResolvedFilter, _shop: FilterShop): CompiledFilter {
  throw new Error('to follow');
}

export interface CompiledClauses extends CompiledFilter {
  /** The parts of the outermost `all`, in its order, or the whole filter; part i is the column `clause_<i + 1>`. */
  parts: ResolvedNode[];
}

/** SELECT profile_id, clause_1, clause_2, …: every buyer once, with a BOOLEAN, never NULL, for each part. */
export function compileClauses(_filter: ResolvedFilter, _shop: FilterShop): CompiledClauses {
  throw new Error('to follow');
}
