import type { FilterShop } from './filter-shop.ts';
import type { ResolvedNode } from './resolved-filter.ts';

/** A filter, or a part of one, in plain words: "chance of no order in the next 90 days below 60 %". */
export function filterInWords(_node: ResolvedNode, _shop: FilterShop): string {
  throw new Error('to follow');
}
