import type { DroppedColumn } from './scaling.ts';

interface Column {
  feature: string;
  weight: number;
  length: number;
  at(i: number): number;
}

const limit = 0.8;
/** Rows that correlations are taken over, evenly spread: their error is then below 0.01. */
const sampleSize = 20_000;

/** Columns that say what another, heavier or earlier one already says. */
export function findDuplicates(columns: readonly Column[]): DroppedColumn[] {
  const byWeight = [...columns].sort((a, b) => b.weight - a.weight);
  const kept: { feature: string; values: Float64Array }[] = [];
  const dropped: DroppedColumn[] = [];
  for (const column of byWeight) {
    const values = standardisedSample(column);
    const twin = kept.find(other => Math.abs(dot(values, other.values)) > limit);
    if (twin) {
      const r = dot(values, twin.values).toFixed(2);
      dropped.push({ feature: column.feature, why: `it says what ${twin.feature} says (correlation ${r})` });
    } else {
      kept.push({ feature: column.feature, values });
    }
  }
  return dropped;
}

/** Up to `sampleSize` values, centred and scaled to unit length, so that a dot product is a correlation. */
function standardisedSample({ length, at }: Column): Float64Array {
  const step = Math.max(1, length / sampleSize);
  const values = Float64Array.from({ length: Math.min(length, sampleSize) }, (_, s) =>
    at(Math.floor(s * step)),
  );
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const norm = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0));
  return values.map(value => (norm > 0 ? (value - mean) / norm : 0));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
