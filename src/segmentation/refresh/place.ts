import { createHash } from 'node:crypto';
import { startOf } from '../../features/as-of.ts';
import { writeFeatures } from '../../features/compute.ts';
import {
  dropFeatures,
  type StoredFeatures,
  storedFeatures,
  tableBefore,
} from '../../features/feature-store.ts';
import type { Progress } from '../../progress.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import type { Model } from '../model.ts';
import { sectorsOf } from '../overlays/overlays.ts';
import { driversOf } from './drivers.ts';
import { featureMeasures } from './feature-sums.ts';
import { countReturns, updateIntervals } from './intervals.ts';
import type { Measures } from './measures.ts';
import type { MoveSum } from './move-sums.ts';
import { betweenSegments, movesOf } from './moves.ts';
import { createScored, scored, writePlacements } from './placements.ts';
import type { Driver, Flapping, Move, RefreshRecord } from './record.ts';
import { chunkRows, type Scoring, scorePopulation } from './score-population.ts';
import type { ScoredPopulation } from './scored.ts';
import { shopFigures } from './shop-figures.ts';
import { countGone, standing, writeStanding } from './standing.ts';

export interface Placing {
  owner: string;
  /** What everybody is scored against. */
  model: Model;
  /** Everybody's features as of the date. */
  features: StoredFeatures;
  /** `refresh`: customers stay where they stood unless they clearly moved; else each goes where the scoring says. */
  kind: RefreshRecord['kind'];
  /** The records before this one, oldest first. */
  history: readonly RefreshRecord[];
  createdAt: string;
  progress?: Progress;
  rowsAtOnce?: number;
}

export interface PlacedAll {
  /** Without findings, and with the centroids that were scored against. */
  record: RefreshRecord;
  population: ScoredPopulation;
  measures: Measures;
}

/** What everybody bought, where the model has a mix. */
const mix = 'refresh_mix';
/** A return counts as flapping within as many refreshes. */
const flappingRefreshes = 3;

/**
 * Places everybody as of the date of the features, inside a transaction that has rewound the history to before the
 * date: scores, placements, intervals, moves.
 */
export async function placeAll(tx: Warehouse, placing: Placing): Promise<PlacedAll> {
  const { owner, model, features, kind, history, progress, rowsAtOnce = chunkRows } = placing;
  const { asOf } = features;
  const last = history.at(-1);
  const sticky = kind === 'refresh';
  if (sticky) {
    if (!last) throw new Error('A refresh has a record before it.');
    await writeStanding(tx, { owner, model, asOf: last.asOf, features });
  }
  await createScored(tx);
  const scoring = await scorePopulation(tx, model, features, {
    sticky,
    into: scored,
    mix,
    rows: rowsAtOnce,
    ...(progress ? { progress } : {}),
  });

  progress?.({ stage: 'Keeping who is where', rows: scoring.population.customers });
  await writePlacements(tx, { owner, model, features });
  await updateIntervals(tx, { owner, asOf, modelId: model.id, anew: kind === 'fit' });
  const moves = sticky ? await movesSince(tx, placing, scoring, last!, rowsAtOnce) : [];
  const flapping = await flappingOf(tx, placing, moves);
  const measures = await measure(tx, placing, scoring);
  await tx.execute(`DROP TABLE ${scored}`);
  await tx.execute(`DROP TABLE IF EXISTS ${mix}`);
  if (sticky) await tx.execute(`DROP TABLE ${standing}`);

  const { population } = scoring;
  const record: RefreshRecord = {
    modelId: model.id,
    asOf,
    kind,
    createdAt: placing.createdAt,
    previous: last?.asOf ?? null,
    fingerprint: fingerprintOf(placing, scoring),
    customers: population.customers,
    setAside: population.setAside,
    segments: population.segments,
    moves,
    flapping,
    findings: [],
    features: population.features,
  };
  return { record, population, measures };
}

async function movesSince(
  tx: Warehouse,
  { owner, model, features }: Placing,
  { moves }: Scoring,
  last: RefreshRecord,
  rowsAtOnce: number,
): Promise<Move[]> {
  const left = await countGone(tx, owner, last.asOf);
  const before = await featuresBefore(tx, model, features, last.asOf);
  const drivers: Map<MoveSum, Driver[]> = await driversOf(
    tx,
    { model, now: features, before, mix, rowsAtOnce },
    moves,
  );
  return movesOf(model, moves, left, drivers);
}

/**
 * The features of the date before; computed again where something else was looked at in between: another date, or the
 * shop as one of another sector.
 */
async function featuresBefore(
  tx: Warehouse,
  model: Model,
  { table, features }: StoredFeatures,
  asOf: string,
): Promise<StoredFeatures> {
  const name = tableBefore(table);
  const known = await storedFeatures(tx, name);
  const classes = new Set(known?.stored.features.map(feature => feature.class));
  if (known?.stored.asOf === asOf && features.every(feature => classes.has(feature.class)))
    return known.stored;
  await dropFeatures(tx, name);
  return writeFeatures(tx, asOf, { table: name, sectors: sectorsOf(model) });
}

async function flappingOf(
  tx: Warehouse,
  { owner, model, features, kind, history }: Placing,
  moves: readonly Move[],
): Promise<Flapping> {
  // Changes of segment at a fit or a promotion are no moves.
  const begun = history.findLastIndex(record => record.kind !== 'refresh') + 1;
  const refreshes = history.slice(begun).slice(-flappingRefreshes);
  const since = refreshes[0]?.asOf;
  const returns =
    kind === 'refresh' && since !== undefined
      ? await countReturns(tx, {
          owner,
          asOf: features.asOf,
          since,
          keys: model.segments.map(({ key }) => key),
        })
      : 0;
  return { moves: betweenSegments(moves), returns };
}

async function measure(tx: Warehouse, { features, model }: Placing, scoring: Scoring): Promise<Measures> {
  const { population, segments } = scoring;
  const figures = await shopFigures(tx, features.asOf);
  const revenue = segments.segments.reduce((sum, { totals }) => sum + totals.revenue, segments.aside.revenue);
  return {
    asOf: features.asOf,
    population: {
      customers: population.customers,
      setAside: segments.aside,
      withoutOrders: figures.profiles - population.customers,
      revenue,
      currency: figures.currency,
      months: figures.months,
    },
    segments: population.segments.map(({ size, revenue: own, confidence, mean }) => ({
      size,
      revenue: own,
      confidence,
      mean: model.kind === 'rfm' ? [] : mean,
    })),
    features: await featureMeasures(tx, features, scoring.features, scored),
  };
}

/** Not of the time at which it was computed, nor of texts. */
function fingerprintOf({ model, features, kind, history }: Placing, { data, placements }: Scoring): string {
  const parts = {
    model: model.fingerprint,
    kind,
    asOf: startOf(features.asOf),
    features: features.features.map(({ id }) => id),
    keys: model.segments.map(({ key }) => key),
    data,
    placements,
    before: history.at(-1)?.fingerprint ?? null,
  };
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
