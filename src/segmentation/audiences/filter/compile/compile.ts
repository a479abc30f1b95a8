import type { SqlValue } from '../../../../warehouse/port.ts';
import type { ResolvedFilter, ResolvedNode } from '../resolved.ts';
import type { FilterShop } from '../shop.ts';
import { compileField } from './fields.ts';
import { compileEvents, compileOrders } from './happenings.ts';
import { buyer, type Query, startQuery } from './query.ts';
import { compileMoved, compileSegment } from './segments.ts';

/**
 * Every condition is TRUE or FALSE of each buyer: who has no value meets neither a bound nor a word, and `not` is all
 * other buyers, those without a value included.
 */

/** SQL for both stores; every value that a person or the data wrote is a parameter, numbered from $1. */
export interface CompiledFilter {
  sql: string;
  params: SqlValue[];
}

/** SELECT profile_id: the buyers who meet the filter. */
export function compileFilter({ root }: ResolvedFilter, shop: FilterShop): CompiledFilter {
  const { query, condition } = compiling(shop);
  const where = `WHERE ${condition(root)}`;
  return query.write([], where);
}

export interface CompiledClauses extends CompiledFilter {
  /** The parts of the outermost `all`, in its order, or the whole filter; part i is the column `clause_<i + 1>`. */
  parts: ResolvedNode[];
}

/** SELECT profile_id, place, clause_1, clause_2, …: every buyer once, with a BOOLEAN, never NULL, for each part. */
export function compileClauses({ root }: ResolvedFilter, shop: FilterShop): CompiledClauses {
  const { query, condition } = compiling(shop);
  const parts = root.kind === 'all' ? root.of : [root];
  const columns = parts.map((part, i) => `${condition(part)} AS clause_${i + 1}`);
  return { ...query.write([`${buyer}.place`, ...columns], ''), parts };
}

function compiling(shop: FilterShop): { query: Query; condition(node: ResolvedNode): string } {
  const query = startQuery(shop.features.table, shop.asOf);
  const condition = (node: ResolvedNode): string => {
    switch (node.kind) {
      case 'all':
        return `(${node.of.map(condition).join(' AND ')})`;
      case 'any':
        return `(${node.of.map(condition).join(' OR ')})`;
      case 'not':
        return `(NOT ${condition(node.of)})`;
      case 'segment':
        return compileSegment(node.keys, query);
      case 'moved':
        return compileMoved(node, shop.owner, query);
      case 'orders':
        return compileOrders(node, query);
      case 'events':
        return compileEvents(node, query);
      default:
        return compileField(node, query);
    }
  };
  return { query, condition };
}
