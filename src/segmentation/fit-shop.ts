import type { KChoice } from '../clustering/choose-k.ts';
import { InputError } from '../errors.ts';
import { catalogueVersion } from '../features/catalogue.ts';
import { computeFeatures, dataFingerprint } from '../features/compute.ts';
import { defaultRecipe } from '../features/defaults.ts';
import type { FeatureTable } from '../features/feature.ts';
import { defaultAsOf } from '../features/span.ts';
import { refuseSensitive } from '../governance/decisions.ts';
import type { Progress } from '../progress.ts';
import type { State } from '../state/state.ts';
import { fitReference } from './drift/reference.ts';
import { fingerprint } from './fingerprint.ts';
import type { Fit } from './fit.ts';
import { fitClusters } from './fit-clusters.ts';
import { fitRfm } from './fit-rfm.ts';
import type { Model, Population, Recipe } from './model.ts';
import { overlayOf, weighedFor } from './overlays/overlays.ts';
import { type Readiness, readiness } from './readiness.ts';
import { revenueOf } from './revenue.ts';
import type { SegmentContext, SegmentRequest } from './segment-shop.ts';
import { withWeights } from './weights.ts';

export type ShopFit = {
  warnings: string[];
  /** What the data could carry, as it was found on the way. */
  readiness: Readiness;
} & (
  | { kind: 'fitted'; model: Model; table: FeatureTable; fit: Fit }
  | { kind: 'no-stable-groups'; choice: KChoice }
);

/**
 * From stored rows to a model that nobody knows of yet: looks at readiness, computes features, fits, describes.
 *
 * @param featureTable where the features go, for whom the standing table is not to be touched
 */
export async function fitShop(
  context: SegmentContext,
  request: SegmentRequest,
  progress: Progress,
  featureTable?: string,
): Promise<ShopFit> {
  const { warehouse, state } = context;
  progress({ stage: 'Looking at the data' });
  const asOf = request.asOf ?? (await defaultAsOf(warehouse));
  if (asOf === null) {
    throw new InputError('There are no orders to segment.', 'Bring some in with `kindred import`.');
  }
  const overlay = overlayOf(request.overlay);
  const ready = await readiness(warehouse, asOf, overlay.id);
  if (ready.customers.buyers === 0) {
    throw new InputError(
      `Nobody had ordered before ${asOf}.`,
      'Choose a later --as-of, or import earlier orders.',
    );
  }
  const thin = !ready.verdict.enough && !request.force;

  progress({ stage: 'Computing features', rows: ready.customers.buyers });
  const table = await computeFeatures(warehouse, asOf, {
    sectors: overlay.adds,
    ...(featureTable === undefined ? {} : { table: featureTable }),
  });
  const recipe = await recipeFor(table, request, state);
  const warnings = [...ready.verdict.why, ...ready.notes, ...withoutEffect(table, request, thin)];

  const fit = thin
    ? fitRfm(table, overlay.id, ready.currency)
    : await fitClusters(context, table, recipe, ready.currency, progress);
  if (fit.kind === 'no-stable-groups') {
    return { kind: 'no-stable-groups', choice: fit.choice, warnings, readiness: ready };
  }
  warnings.push(...fit.notes);

  const parts = {
    recipe,
    catalogueVersion,
    dataFingerprint: dataFingerprint(table),
    centroids: fit.centroids,
  };
  const print = fingerprint(parts);
  const model: Model = {
    id: `m-${print.slice(0, 12)}`,
    kind: fit.kind,
    fingerprint: print,
    ...parts,
    asOf,
    createdAt: context.now().toISOString(),
    asked: { k: request.k ?? null, weights: request.weights ?? null },
    transforms: fit.transforms,
    embedding: fit.embedding,
    choice: fit.choice,
    limits: fit.limits,
    cuts: fit.cuts,
    reference: fitReference(
      table,
      recipe.features.map(({ id }) => id),
    ),
    describedAsOf: asOf,
    population: populationOf(table, fit.setAside, ready),
    segments: fit.segments,
    carrying: fit.carrying,
    map: fit.map,
  };
  return { kind: 'fitted', model, table, fit, warnings, readiness: ready };
}

/** The default recipe with what the request changes and what is blocked; a sensitive feature needs a recorded decision. */
async function recipeFor(table: FeatureTable, request: SegmentRequest, state: State): Promise<Recipe> {
  const decisions = await state.decisions.list();
  const overlay = overlayOf(request.overlay);
  const usual = defaultRecipe(table, decisions);
  const base: Recipe = { overlay: overlay.id, ...usual, features: weighedFor(overlay, usual.features) };
  const weighed = request.weights ? withWeights(base, request.weights, table.features) : base;
  refuseSensitive(table.features, weighed, decisions);
  const blockedTerms = await state.blockedTerms.names();
  return {
    ...weighed,
    k: request.k ?? weighed.k,
    seed: request.seed ?? weighed.seed,
    ...(blockedTerms.length > 0 ? { blockedTerms } : {}),
  };
}

/** What was asked for and changes nothing here. */
function withoutEffect(table: FeatureTable, { k, seed, weights }: SegmentRequest, thin: boolean): string[] {
  if (thin) {
    const asked = k !== undefined || seed !== undefined || weights !== undefined;
    return asked ? ['RFM segments have no use for --k, --seed or --weights; --force looks for groups.'] : [];
  }
  const available = new Set(table.features.map(({ id }) => id));
  const lacking = Object.keys(weights?.features ?? {}).filter(id => !available.has(id));
  return lacking.length > 0
    ? [`This data cannot give what some weights are for: ${lacking.join(', ')}.`]
    : [];
}

function populationOf(table: FeatureTable, setAside: readonly number[], ready: Readiness): Population {
  const revenue = revenueOf(table);
  const total = revenue.reduce((sum, value) => sum + value, 0);
  const aside = setAside.reduce((sum, row) => sum + revenue[row]!, 0);
  return {
    customers: table.profileIds.length,
    setAside: {
      count: setAside.length,
      revenueShare: total > 0 ? aside / total : 0,
      why: 'they buy or look far more than all others (bulk buyers, resellers or bots)',
    },
    withoutOrders: ready.customers.withoutOrders,
    revenue: total,
    currency: ready.currency,
    months: ready.months,
  };
}
