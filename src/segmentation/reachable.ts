import type { StoredFeatures } from '../features/feature-store.ts';

/**
 * A SELECT of profile_id: buyers who may be written to for marketing, as far as is known. Who unsubscribed, refused or
 * withdrew the consent to e-mail (all three are the feature `unsubscribed`), or does not accept marketing in any of the
 * accounts is left out; who was never asked is not.
 */
export function reachableProfiles({ table, features }: StoredFeatures): string {
  const left = features.some(({ id }) => id === 'unsubscribed') ? 'coalesce(f.unsubscribed, 0) = 0 AND' : '';
  return `SELECT f.profile_id FROM ${table} AS f WHERE ${left} NOT EXISTS (
    SELECT 1 FROM customers AS c WHERE c.profile_id = f.profile_id AND NOT c.accepts_marketing)`;
}
