import type { StoredFeatures } from '../../features/feature-store.ts';
import type { Decision } from '../../governance/decisions.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import type { Model } from '../model.ts';
import type { RefreshRecord } from '../refresh/record.ts';
import type { Field } from './fields.ts';

/** What a shop's filters are resolved and compiled against; `readFilterShop` makes one. */
export interface FilterShop {
  owner: string;
  model: Model;
  history: readonly RefreshRecord[];
  /** The features of every buyer as of the date on which the segments stand. */
  features: StoredFeatures;
  fields: ReadonlyMap<string, Field>;
  /** Fields that there are and that cannot be used here, by id: why, and what to do. */
  withheld: ReadonlyMap<string, { why: string; next: string }>;
  /** What a column holds before the as-of date; read when first asked for, and then kept. */
  vocabulary(of: VocabularyOf): Promise<readonly Entry[]>;
}

export type VocabularyOf =
  | 'event-type'
  | 'event-category'
  | 'event-product'
  | 'campaign'
  | 'order-category'
  | 'order-product'
  | 'channel'
  | 'coupon'
  | { field: string };

/** A name that may be said, and the value of the column that it stands for. */
export interface Entry {
  name: string;
  value: string;
}

export interface FilterSource {
  owner: string;
  model: Model;
  /** All records, oldest first, as `state.refreshes.list()` gives them. */
  history: readonly RefreshRecord[];
  decisions: readonly Decision[];
  /** As `writeFeatures(tx, model.describedAsOf, ...)` gives them. */
  features: StoredFeatures;
}

/** Everything that filters may name; words that came from data are read when a clause first needs them. */
export async function readFilterShop(_tx: Warehouse, _source: FilterSource): Promise<FilterShop> {
  throw new Error('to follow');
}
