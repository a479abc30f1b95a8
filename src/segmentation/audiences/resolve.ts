import type { FilterShop } from './filter-shop.ts';
import type { ResolvedFilter } from './resolved-filter.ts';

/** Checks a filter's shape, and its names and types against the shop; an InputError says where and what is wrong. */
export async function resolveFilter(_json: unknown, _shop: FilterShop): Promise<ResolvedFilter> {
  throw new Error('to follow');
}
