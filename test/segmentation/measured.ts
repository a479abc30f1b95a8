import type { Measures } from '../../src/segmentation/refresh/measures.ts';
import type { SummaryInput } from '../../src/segmentation/summary.ts';
import { segmentedValues } from '../../src/segmentation/summary-features.ts';

/** The sums that a refresh streams, taken from rows in memory. */
export function measured(input: SummaryInput, asOf = '2026-02-01'): Measures {
  const { table, matrix, transforms, labels, k, revenue, rowOf, currency } = input;
  const rowsOf = Array.from({ length: k }, (_, s) => [...labels.keys()].filter(i => labels[i] === s));
  const columnOf = new Map(transforms.map(({ feature }, j) => [feature, j]));
  const segmented = new Set(rowOf as Int32Array);
  const aside = [...revenue.keys()].filter(row => !segmented.has(row));
  const total = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value, 0);
  const rawOf = table.features.map((feature, j) => segmentedValues(input, feature, j));
  return {
    asOf,
    population: {
      customers: table.profileIds.length,
      setAside: { count: aside.length, revenue: total(aside.map(row => revenue[row]!)) },
      withoutOrders: 3,
      revenue: total(revenue),
      currency,
      months: 13,
    },
    segments: rowsOf.map(rows => ({
      size: rows.length,
      revenue: total(rows.map(i => revenue[rowOf[i]!]!)),
      confidence: rows.length > 0 ? total(rows.map(i => input.confidence[i]!)) / rows.length : 0,
      mean: Array.from(
        { length: matrix.cols },
        (_, j) => total(rows.map(i => matrix.data[i * matrix.cols + j]!)) / Math.max(1, rows.length),
      ),
    })),
    features: table.features
      .map((feature, j) => ({ feature, raw: rawOf[j]!, column: columnOf.get(feature.id) }))
      .filter(({ feature, column }) => feature.sensitivity === 'none' || column !== undefined)
      .map(({ feature, raw, column }) => {
        const stretched =
          feature.transform === 'log' ? raw.map(value => Math.log1p(Math.max(0, value))) : raw;
        const sorted = [...stretched].filter(Number.isFinite).sort((a, b) => a - b);
        const low = sorted[Math.floor(0.01 * (sorted.length - 1))] ?? 0;
        const high = sorted[Math.ceil(0.99 * (sorted.length - 1))] ?? 0;
        const standardOf = (i: number) =>
          column === undefined
            ? Math.min(high, Math.max(low, stretched[i]!))
            : matrix.data[i * matrix.cols + column]!;
        return {
          feature,
          median: median([...raw]),
          segments: rowsOf.map(rows => {
            const values = rows.map(i => raw[i]!).filter(Number.isFinite);
            const standard = rows.map(standardOf).filter(Number.isFinite);
            return {
              raw: { known: values.length, sum: total(values), median: median(values) },
              standard: {
                known: standard.length,
                sum: total(standard),
                squares: total(standard.map(value => value ** 2)),
              },
            };
          }),
        };
      }),
  };
}

function median(values: readonly number[]): number {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
