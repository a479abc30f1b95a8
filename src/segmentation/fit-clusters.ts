import { assign, confidence, sizesOf } from '../clustering/assign.ts';
import { chooseK, type KChoice } from '../clustering/choose-k.ts';
import { fitKMeans, type KMeansFit } from '../clustering/kmeans.ts';
import { type Matrix, rowsOf, takeRows } from '../clustering/matrix.ts';
import type { Pool } from '../clustering/pool.ts';
import { projectTwo } from '../clustering/projection.ts';
import type { RawColumn } from '../clustering/scaling.ts';
import { type FittedEmbedding, fitEmbedding } from '../features/categories.ts';
import { mixColumn } from '../features/category-mix.ts';
import type { FeatureTable } from '../features/feature.ts';
import type { Progress } from '../progress.ts';
import type { Warehouse } from '../warehouse/port.ts';
import { describeSegments } from './describe.ts';
import type { Fit } from './fit.ts';
import type { MapPoint, Recipe } from './model.ts';
import { prepare } from './prepare.ts';
import { listed } from './wording.ts';

/** Customers shown on the map; more would only cover each other. */
const mapSample = 2000;

export interface NoStableGroups {
  kind: 'no-stable-groups';
  choice: KChoice;
}

/** Finds the groups that the recipe shows, or says that there are none that hold. */
export async function fitClusters(
  context: { warehouse: Warehouse; pool: Pool },
  table: FeatureTable,
  recipe: Recipe,
  currency: string | null,
  progress: Progress,
): Promise<Fit | NoStableGroups> {
  const { warehouse, pool } = context;
  progress({ stage: 'Reading what people buy' });
  const mix = await fitEmbedding(warehouse, table.profileIds, table.asOf, {
    blockedTerms: recipe.blockedTerms ?? [],
  });
  const { transforms, matrix, rowOf, setAside, limits } = prepare(
    table,
    recipe,
    mixColumns(recipe, mix?.values ?? []),
  );

  const range = typeof recipe.k === 'number' ? { min: recipe.k, max: recipe.k } : recipe.k;
  const stage = 'Choosing the number of groups';
  progress({ stage, rows: matrix.rows });
  const choice = await chooseK(matrix, { ...range, seed: recipe.seed }, pool, (done, total) =>
    progress({ stage, done, total, rows: matrix.rows }),
  );
  if (choice.k === null) return { kind: 'no-stable-groups', choice };

  progress({ stage: 'Finding the groups', rows: matrix.rows });
  const fit = await fitKMeans(matrix, { k: choice.k, starts: 10, seed: recipe.seed }, pool);
  const centroids = largestFirst(fit);
  const { labels, own, second } = assign(matrix, centroids);
  const certain = confidence(own, second);

  progress({ stage: 'Describing them', rows: matrix.rows });
  const { segments, carrying } = describeSegments({
    table,
    matrix,
    transforms,
    rowOf,
    labels,
    k: choice.k,
    confidence: certain,
    currency,
    overlay: recipe.overlay,
  });
  const memberOf = new Int32Array(table.profileIds.length).fill(-1);
  const memberConfidence = new Float64Array(table.profileIds.length).fill(Number.NaN);
  rowOf.forEach((row, i) => {
    memberOf[row] = labels[i]!;
    memberConfidence[row] = certain[i]!;
  });
  const { x, y } = projectTwo(matrix, labels, choice.k);
  return {
    kind: 'clusters',
    segments,
    carrying,
    memberOf,
    confidence: memberConfidence,
    centroids: rowsOf(centroids),
    transforms,
    embedding: mix?.embedding ?? null,
    choice,
    limits,
    cuts: null,
    setAside,
    map: mapPoints(x, y, labels),
    notes: screeningNotes(mix),
  };
}

/** The centroids in the order in which people read segments; equal sizes stay in the order of the fit. */
function largestFirst({ centroids, labels }: KMeansFit): Matrix {
  const sizes = sizesOf(labels, centroids.rows);
  const order = Array.from(sizes.keys()).sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  return takeRows(centroids, order);
}

/** The category mix as columns beside the features; each of its dimensions weighs what the recipe says of the class. */
function mixColumns(recipe: Recipe, dimensions: readonly Float64Array[]): RawColumn[] {
  const weight = recipe.classWeights.category ?? 1;
  if (weight === 0) return [];
  return dimensions.map((values, d) => ({
    feature: mixColumn(d),
    values,
    log: false,
    missing: 'zero' as const,
    support: null,
    weight,
  }));
}

/** Says that names were kept out of the mix, and what they tell of; not which, as they are words from the data. */
function screeningNotes(mix: FittedEmbedding | null): string[] {
  const found = mix?.screenedOut ?? [];
  const [one, several] =
    mix?.embedding.of === 'category'
      ? ['category name', 'category names']
      : ['product name', 'product names'];
  const named = (count: number) => `${count} ${count === 1 ? one : several}`;
  const telling = found.filter(({ category }) => category !== 'blocked');
  const blocked = found.length - telling.length;
  const traits = listed([...new Set(telling.map(({ category }) => category))]);
  return [
    ...(telling.length === 0
      ? []
      : [
          `${named(telling.length)} ${telling.length === 1 ? 'tells' : 'tell'} of a protected trait (${traits}) and did not enter the grouping.`,
        ]),
    ...(blocked === 0
      ? []
      : [`${named(blocked)} ${blocked === 1 ? 'is' : 'are'} blocked and did not enter the grouping.`]),
  ];
}

/** Every n-th customer, so that the sample depends on nothing but the order of profile ids. */
function mapPoints(x: Float64Array, y: Float64Array, labels: Int32Array): MapPoint[] {
  const step = Math.max(1, Math.ceil(labels.length / mapSample));
  const points: MapPoint[] = [];
  for (let i = 0; i < labels.length; i += step) {
    points.push({ x: round(x[i]!), y: round(y[i]!), segment: labels[i]! });
  }
  return points;
}

const round = (value: number) => Math.round(value * 1000) / 1000;
