import { createHash } from 'node:crypto';
import { significant } from '../features/rounding.ts';
import type { Recipe } from './model.ts';

export interface FingerprintParts {
  recipe: Recipe;
  catalogueVersion: string;
  dataFingerprint: string;
  centroids: number[][];
}

/** SHA-256 over what makes a model; equal parts give an equal fingerprint whatever the order of their keys. */
export function fingerprint(parts: FingerprintParts): string {
  // The last bits of a sum may differ between machines' maths libraries.
  const centroids = parts.centroids.map(row => row.map(significant));
  return createHash('sha256')
    .update(stableJson({ ...parts, centroids }))
    .digest('hex');
}

/** JSON with keys in alphabetical order at every depth. */
function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
