import type { Feature } from '../../features/feature.ts';
import type { StoredFeatures } from '../../features/feature-store.ts';
import { significant } from '../../features/rounding.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import type { Model } from '../model.ts';
import type { FeatureMeasures, FeatureSums } from './measures.ts';
import type { Placed } from './segment-sums.ts';

type Numbers = Record<string, number | null>;

/** Medians asked for at once: a store holds every value of each while it looks. */
const atOnce = 8;

function* batches<T>(list: readonly T[]): Generator<T[]> {
  for (let from = 0; from < list.length; from += atOnce) yield list.slice(from, from + atOnce);
}

/** Running sums of one feature over the members of each segment. */
export interface FeatureSumming {
  feature: Feature;
  /** Its column in the frozen space; -1 where it has none. */
  column: number;
  /** What a missing value stands for; NaN: it is left out. */
  fill: number;
  /** Where values outside the frozen space are clipped, after the logarithm. */
  low: number;
  high: number;
  segments: { known: number; sum: number; standardKnown: number; standardSum: number; squares: number }[];
}

/**
 * The features that texts may speak of: those of the recipe, and others that are not sensitive. Those outside the frozen
 * space are clipped, and waits that never ended filled, by what all buyers show, those set aside included.
 */
export async function startFeatureSums(
  warehouse: Warehouse,
  { table, features }: StoredFeatures,
  model: Model,
): Promise<FeatureSumming[]> {
  const columnOf = new Map(model.transforms.map(({ feature }, j) => [feature, j]));
  const told = features.filter(({ id, sensitivity }) => sensitivity === 'none' || columnOf.has(id));
  const limits = told.flatMap((feature, j) => [
    ...(fillsWithMost(feature) ? [`max(${feature.id}) AS most_${j}`] : []),
    ...(columnOf.has(feature.id)
      ? []
      : ['0.01', '0.99'].map((q, side) => `${quantileSql(q, feature)} AS q${side}_${j}`)),
  ]);
  const row: Numbers = {};
  for (const some of batches(limits))
    Object.assign(row, ...(await warehouse.query<Numbers>(`SELECT ${some.join(', ')} FROM ${table}`)));
  const found = (name: string) => significant(row[name] ?? 0);
  return told.map((feature, j) => {
    const column = columnOf.get(feature.id) ?? -1;
    const most = fillsWithMost(feature) ? found(`most_${j}`) : Number.NaN;
    return {
      feature,
      column,
      fill: feature.missing === 'zero' ? 0 : most,
      low: column < 0 ? stretched(found(`q0_${j}`), feature) : -Infinity,
      high: column < 0 ? stretched(found(`q1_${j}`), feature) : Infinity,
      segments: model.segments.map(() => ({
        known: 0,
        sum: 0,
        standardKnown: 0,
        standardSum: 0,
        squares: 0,
      })),
    };
  });
}

export function addToFeatures(
  summing: readonly FeatureSumming[],
  { rows, columns, scores, segment }: Placed,
): void {
  const { cols, data } = scores.matrix;
  for (const { feature, column, fill, low, high, segments } of summing) {
    const values = columns.get(feature.id);
    for (let i = 0; i < rows; i++) {
      const s = segment[i]!;
      if (s < 0) continue;
      const own = segments[s]!;
      const given = values?.[i] ?? Number.NaN;
      const raw = Number.isNaN(given) ? fill : given;
      if (!Number.isNaN(raw)) {
        own.known++;
        own.sum += raw;
      }
      const standard =
        column >= 0 ? data[i * cols + column]! : Math.min(high, Math.max(low, stretched(raw, feature)));
      if (Number.isNaN(standard)) continue;
      own.standardKnown++;
      own.standardSum += standard;
      own.squares += standard * standard;
    }
  }
}

/** @param scored table of place and segment; -1 for those set aside */
export async function featureMeasures(
  warehouse: Warehouse,
  { table }: StoredFeatures,
  summing: readonly FeatureSumming[],
  scored: string,
): Promise<FeatureMeasures[]> {
  const medians = summing.map(({ feature, fill }, j) => {
    const value = Number.isNaN(fill) ? `f.${feature.id}` : `coalesce(f.${feature.id}, ${double(fill)})`;
    return `percentile_cont(0.5) WITHIN GROUP (ORDER BY ${value}) AS m${j}`;
  });
  const from = `FROM ${table} AS f JOIN ${scored} AS s ON s.place = f.place WHERE s.segment >= 0`;
  const all: Numbers = {};
  const bySegment = new Map<number, Numbers>();
  for (const some of batches(medians)) {
    const list = some.join(', ');
    Object.assign(all, ...(await warehouse.query<Numbers>(`SELECT ${list} ${from}`)));
    const each = await warehouse.query<Numbers>(`SELECT s.segment, ${list} ${from} GROUP BY s.segment`);
    for (const row of each) bySegment.set(row.segment!, { ...bySegment.get(row.segment!), ...row });
  }
  const median = (row: Numbers | undefined, j: number) => {
    const value = row?.[`m${j}`];
    return value === null || value === undefined ? Number.NaN : significant(value);
  };
  return summing.map(({ feature: { id, label, unit, class: of }, segments }, j) => ({
    feature: { id, label, unit, class: of },
    median: median(all, j),
    segments: segments.map(
      ({ known, sum, standardKnown, standardSum, squares }, s): FeatureSums => ({
        raw: { known, sum, median: median(bySegment.get(s), j) },
        standard: { known: standardKnown, sum: standardSum, squares },
      }),
    ),
  }));
}

const fillsWithMost = ({ missing, clusters }: Feature) => missing === 'max' && clusters;

function quantileSql(q: string, feature: Feature): string {
  const value = feature.missing === 'zero' ? `coalesce(${feature.id}, 0)` : feature.id;
  return `percentile_disc(${q}) WITHIN GROUP (ORDER BY ${value})`;
}

function stretched(raw: number, { transform }: Feature): number {
  return transform === 'log' ? Math.log1p(Math.max(0, raw)) : raw;
}

function double(value: number): string {
  return `CAST(${value} AS DOUBLE PRECISION)`;
}
