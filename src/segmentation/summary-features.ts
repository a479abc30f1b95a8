import type { Feature } from '../features/feature.ts';
import type { FeatureSummary } from './model.ts';
import type { SummaryInput } from './summary.ts';

/** Where fewer of a segment have a value, it is said of all customers instead of the few. */
export const LEAST_KNOWN = 0.2;

type FeatureInput = Pick<SummaryInput, 'table' | 'matrix' | 'transforms' | 'rowOf' | 'labels' | 'k'>;

/**
 * summaries[segment][feature], in the order of the table. Sensitive features appear only if the recipe used
 * them; features that are known of nobody do not appear. */
export function summariseFeatures(input: FeatureInput): FeatureSummary[][] {
  const columnOf = new Map(input.transforms.map(({ feature }, j) => [feature, j]));
  const summaries: FeatureSummary[][] = Array.from({ length: input.k }, () => []);
  const grouping = groupingOf(input.labels, input.k);
  input.table.features.forEach((feature, j) => {
    const column = columnOf.get(feature.id);
    if (feature.sensitivity !== 'none' && column === undefined) return;
    const raw = segmentedValues(input, feature, j);
    if (!raw.some(Number.isFinite)) return;
    const standard = column === undefined ? standardised(raw, feature) : matrixColumn(input, column);
    const spread = spreadBy(standard, grouping);
    const overall = { mean: mean(raw), median: median(raw) };
    grouped(raw, grouping).forEach((values, segment) => {
      const count = knownOf(values);
      const known = count > 0 && count >= LEAST_KNOWN * values.length;
      summaries[segment]!.push({
        id: feature.id,
        label: feature.label,
        unit: feature.unit,
        class: feature.class,
        mean: known ? mean(values) : overall.mean,
        median: known ? median(values) : overall.median,
        overallMean: overall.mean,
        overallMedian: overall.median,
        difference: known ? spread.differences[segment]! : 0,
        explained: spread.explained,
      });
    });
  });
  return summaries;
}

/**
 * Raw values of the segmented customers. A missing value stands for zero where the feature says so, and for the
 * longest wait where the groups were found with that; else it is not known, stays NaN, and no mean counts it.
 */
export function segmentedValues({ table, rowOf }: FeatureInput, feature: Feature, j: number): Float64Array {
  const column = table.values[j]!;
  const values = new Float64Array(rowOf.length);
  for (let i = 0; i < values.length; i++) values[i] = column[rowOf[i]!]!;
  if (feature.missing === 'median' || (feature.missing === 'max' && !feature.clusters)) return values;
  const fill =
    feature.missing === 'zero' ? 0 : values.reduce((most, value) => (value > most ? value : most), 0);
  return values.map(value => (Number.isNaN(value) ? fill : value));
}

function matrixColumn({ matrix }: FeatureInput, column: number): Float64Array {
  const values = new Float64Array(matrix.rows);
  for (let i = 0; i < values.length; i++) values[i] = matrix.data[i * matrix.cols + column]!;
  return values;
}

/** As the numerical core does it for features that cluster: log1p where skewed, clipped at 1 and 99 %. */
function standardised(raw: Float64Array, feature: Feature): Float64Array {
  const values = feature.transform === 'log' ? raw.map(value => Math.log1p(Math.max(0, value))) : raw;
  const sorted = values.filter(Number.isFinite).sort();
  const low = sorted[Math.floor(0.01 * (sorted.length - 1))] ?? 0;
  const high = sorted[Math.ceil(0.99 * (sorted.length - 1))] ?? 0;
  return values.map(value => Math.min(high, Math.max(low, value)));
}

/** Standardised difference of each group's mean and the share of variance between groups (eta squared). */
function spreadBy(values: Float64Array, grouping: Grouping) {
  const centre = mean(values);
  const total = squares(values, centre);
  const deviation = Math.sqrt(total / Math.max(1, knownOf(values)));
  const flat = !(deviation > 1e-12 * Math.max(1, Math.abs(centre)));
  const shifts = grouped(values, grouping).map(group => {
    const known = knownOf(group);
    return { known, shift: known > 0 ? mean(group) - centre : 0 };
  });
  const between = shifts.reduce((sum, { known, shift }) => sum + known * shift ** 2, 0);
  return {
    differences: shifts.map(({ shift }) => (flat ? 0 : shift / deviation)),
    explained: flat ? 0 : Math.min(1, between / total),
  };
}

/** Rows in the order of their groups; group g is order[starts[g]] .. order[starts[g + 1] - 1]. */
interface Grouping {
  order: Int32Array;
  starts: Int32Array;
}

function groupingOf(labels: Int32Array, k: number): Grouping {
  const starts = new Int32Array(k + 1);
  for (const label of labels) starts[label + 1]!++;
  for (let group = 0; group < k; group++) starts[group + 1]! += starts[group]!;
  const next = starts.slice();
  const order = new Int32Array(labels.length);
  labels.forEach((label, i) => {
    order[next[label]!++] = i;
  });
  return { order, starts };
}

function grouped(values: Float64Array, { order, starts }: Grouping): Float64Array[] {
  const gathered = new Float64Array(values.length);
  for (let i = 0; i < order.length; i++) gathered[i] = values[order[i]!]!;
  return Array.from({ length: starts.length - 1 }, (_, g) => gathered.subarray(starts[g]!, starts[g + 1]!));
}

function knownOf(values: Float64Array): number {
  let known = 0;
  for (const value of values) if (Number.isFinite(value)) known++;
  return known;
}

function mean(values: Float64Array): number {
  let sum = 0;
  let known = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    sum += value;
    known++;
  }
  return known === 0 ? Number.NaN : sum / known;
}

function median(values: Float64Array): number {
  const sorted = values.filter(Number.isFinite).sort();
  if (sorted.length === 0) return Number.NaN;
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function squares(values: Float64Array, centre: number): number {
  let sum = 0;
  for (const value of values) if (Number.isFinite(value)) sum += (value - centre) ** 2;
  return sum;
}
