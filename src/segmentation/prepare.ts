import { type Matrix, takeRows } from '../clustering/matrix.ts';
import { fitOutliers, type OutlierLimits, outlierScores } from '../clustering/outliers.ts';
import {
  applyTransforms,
  type ColumnTransform,
  fitTransforms,
  type RawColumn,
} from '../clustering/scaling.ts';
import type { Feature, FeatureClass, FeatureTable, Unit } from '../features/feature.ts';
import type { Recipe } from './model.ts';

/** Customers placed in the transformed space, with those of unusual volume set aside. */
export interface Prepared {
  transforms: ColumnTransform[];
  /** Transformed rows of the customers that are segmented. */
  matrix: Matrix;
  /** rowOf[i]: the row of the feature table that matrix row i is. */
  rowOf: Int32Array;
  /** Rows of the feature table that were set aside. */
  setAside: number[];
  /** By which they were. */
  limits: OutlierLimits;
}

/** Turns raw features into the space in which distance means likeness, as the recipe says. */
export function prepare(table: FeatureTable, recipe: Recipe, extra: readonly RawColumn[]): Prepared {
  const columns = [...recipeColumns(table, recipe), ...extra];
  const { transforms } = fitTransforms(columns);
  const byId = new Map(table.features.map((feature, j) => [feature.id, table.values[j]!]));
  for (const column of extra) byId.set(column.feature, column.values);
  const volumes = transforms.filter(({ feature }) =>
    isVolume(table.features.find(({ id }) => id === feature)),
  );
  const names = volumes.map(({ feature }) => feature);
  const amounts = applyTransforms(byId, volumes, { winsorise: false });
  const limits = fitOutliers(amounts, names);
  const scores = outlierScores(amounts, names, limits);
  const all = applyTransforms(byId, transforms);
  const kept: number[] = [];
  const setAside: number[] = [];
  for (let i = 0; i < all.rows; i++) (scores[i]! > limits.threshold ? setAside : kept).push(i);
  return { transforms, matrix: takeRows(all, kept), rowOf: Int32Array.from(kept), setAside, limits };
}

const amountUnits: readonly Unit[] = ['count', 'money', 'per month', 'per order'];
const volumeClasses: readonly FeatureClass[] = ['transaction', 'browse', 'engagement', 'lifecycle'];

/**
 * How much somebody buys or looks. A share or a wait may be rare, but not bulk; who needs help is a customer; and a long
 * stay or a large account is what a sector is about.
 */
function isVolume(feature: Feature | undefined): boolean {
  return feature !== undefined && amountUnits.includes(feature.unit) && volumeClasses.includes(feature.class);
}

function recipeColumns(table: FeatureTable, recipe: Recipe): RawColumn[] {
  const position = new Map(table.features.map((feature, j) => [feature.id, j]));
  const columns: RawColumn[] = [];
  for (const { id, weight } of recipe.features) {
    const j = position.get(id);
    if (j === undefined) continue;
    const feature = table.features[j]!;
    const classWeight = recipe.classWeights[feature.class] ?? 1;
    if (weight * classWeight === 0) continue;
    columns.push({
      feature: id,
      values: table.values[j]!,
      log: feature.transform === 'log',
      missing: feature.missing,
      support: supportOf(table, feature, position),
      weight: weight * classWeight,
    });
  }
  return columns;
}

function supportOf(
  table: FeatureTable,
  feature: Feature,
  position: ReadonlyMap<string, number>,
): RawColumn['support'] {
  if (feature.support === undefined) return null;
  const j = position.get(feature.support);
  return j === undefined ? null : { feature: feature.support, values: table.values[j]! };
}
