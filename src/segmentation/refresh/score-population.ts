import { createHash } from 'node:crypto';
import { mixColumn, readMix, writeMix } from '../../features/category-mix.ts';
import { readFeatures } from '../../features/compute.ts';
import type { PlaceRange, StoredFeatures } from '../../features/feature-store.ts';
import { significant } from '../../features/rounding.ts';
import type { Progress } from '../../progress.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import { countInto, distributionsOf, startCounting } from '../drift/reference.ts';
import type { Model } from '../model.ts';
import { addToFeatures, type FeatureSumming, startFeatureSums } from './feature-sums.ts';
import { addToMoves, type MoveSums } from './move-sums.ts';
import { offer, sampled, startSample } from './sample.ts';
import { confidenceDoubt, type ScoredPopulation } from './scored.ts';
import { scorerOf } from './scorer.ts';
import { addToSegments, type SegmentSums, segmentStats, startSegmentSums } from './segment-sums.ts';
import { standing } from './standing.ts';
import { nowhere } from './sticky.ts';

/** Customers read at once: enough to keep both stores busy, and little memory. */
export const chunkRows = 20_000;
/** Uncertain customers kept, to look for a group among them. */
const sampleRows = 3000;

export interface ScoringOptions {
  /** Whether customers stay where they stood, by the table of where they did. */
  sticky: boolean;
  /** Table to which place, segment and candidate (`aside` is -1) and confidence of everybody go, made before. */
  into: string | null;
  /** Name of a table of its own, of what everybody bought; whoever asked drops it where the model has a mix. */
  mix: string;
  rows?: number;
  progress?: Progress;
}

export interface Scoring {
  population: ScoredPopulation;
  segments: SegmentSums;
  features: FeatureSumming[];
  moves: MoveSums;
  /** Hash of ids and raw values, and of who stands where. */
  data: string;
  placements: string;
}

/**
 * Scores everybody of a feature table against a model, in the order of profile_id and a chunk at a time: what is kept
 * does not grow with the number of customers, and no result depends on the size of a chunk.
 */
export async function scorePopulation(
  warehouse: Warehouse,
  model: Model,
  stored: StoredFeatures,
  { sticky, into, mix, rows: atOnce = chunkRows, progress }: ScoringOptions,
): Promise<Scoring> {
  const { embedding } = model;
  const scorer = scorerOf(model);
  const dimensions = model.transforms.length;
  const moved = model.transforms.map(({ feature }) => feature);
  const customers = await countRows(warehouse, stored.table);
  const segments = startSegmentSums(model.segments.length, dimensions);
  const features = await startFeatureSums(warehouse, stored, model);
  const counting = startCounting(model.reference);
  const sample = startSample(sampleRows, dimensions, model.recipe.seed);
  const moves: MoveSums = new Map();
  const hashes = { ids: createHash('sha256'), values: createHash('sha256'), placed: createHash('sha256') };
  if (embedding) await writeMix(warehouse, stored, embedding, { name: mix });

  for (const range of ranges(customers, atOnce)) {
    progress?.({ stage: 'Scoring customers', done: range.from, total: customers, rows: customers });
    const also = sticky ? standingColumns(range) : undefined;
    const read = await readFeatures(warehouse, stored, { range, ...(also ? { also } : {}) });
    const columns = new Map(stored.features.map(({ id }, j) => [id, read.values[j]!]));
    const rows = read.keys.length;
    for (const id of ['tenure', ...scorer.needs])
      if (!columns.has(id)) columns.set(id, new Float64Array(rows).fill(Number.NaN));
    if (embedding) addMix(columns, await readMix(warehouse, mix, range, embedding));

    const scores = scorer.score(columns, rows);
    const [stood, before] = sticky
      ? read.values.slice(stored.features.length).map(toInts)
      : [undefined, undefined];
    const segment = new Int32Array(rows);
    const confidence = new Float64Array(rows).fill(Number.NaN);
    for (let i = 0; i < rows; i++) {
      segment[i] = stood
        ? scores.place(i, { segment: stood[i]!, candidate: before![i]! })
        : scores.candidate[i]!;
      if (segment[i]! < 0) continue;
      confidence[i] = significant(scores.confidence(i, segment[i]!));
      if (confidence[i]! < confidenceDoubt)
        offer(sample, scores.matrix.data.subarray(i * dimensions, (i + 1) * dimensions));
    }
    const placed = { rows, columns, scores, segment, confidence };
    addToSegments(segments, placed);
    addToFeatures(features, placed);
    if (stood) addToMoves(moves, placed, stood, moved);
    countInto(counting, columns);
    hashes.ids.update(`${read.keys.join('\n')}\n`);
    hashes.values.update(bytesOf(read.values.slice(0, stored.features.length), rows));
    hashes.placed.update(bytesOf([segment, scores.candidate, confidence], rows));
    if (into) {
      const place = Float64Array.from({ length: rows }, (_, i) => range.from + i);
      const told = Array.from(confidence, value => (Number.isNaN(value) ? null : value));
      await warehouse.append(into, { place, segment, candidate: scores.candidate, confidence: told });
    }
  }

  return {
    population: {
      asOf: stored.asOf,
      customers,
      setAside: segments.aside.count,
      segments: segmentStats(segments, model),
      features: distributionsOf(counting),
      uncertainSample: sampled(sample),
    },
    segments,
    features,
    moves,
    data: `${hashes.ids.digest('hex')}${hashes.values.digest('hex')}`,
    placements: hashes.placed.digest('hex'),
  };
}

/** The dimensions of the mix beside the features. */
export function addMix(columns: Map<string, Float64Array>, dimensions: readonly Float64Array[]): void {
  for (const [d, values] of dimensions.entries()) columns.set(mixColumn(d), values);
}

/** The places 0 .. rows - 1 in ranges of at most `size`. */
export function* ranges(rows: number, size: number): Generator<PlaceRange> {
  for (let from = 0; from < rows; from += size) yield { from, to: Math.min(rows, from + size) };
}

export async function countRows(warehouse: Warehouse, table: string): Promise<number> {
  const [row] = await warehouse.query<{ held: number }>(`SELECT count(*) AS held FROM ${table}`);
  return row?.held ?? 0;
}

function standingColumns({ from, to }: PlaceRange) {
  return {
    columns: ['stood.segment', 'stood.candidate'].map(
      column => `CAST(coalesce(${column}, ${nowhere}) AS DOUBLE PRECISION)`,
    ),
    join: `LEFT JOIN (SELECT place, segment, candidate FROM ${standing} WHERE place >= ${from} AND place < ${to}) AS stood
ON stood.place = feature.place`,
  };
}

function toInts(values: Float64Array): Int32Array {
  return Int32Array.from(values);
}

/** Row by row, so that chunks of any size give the same bytes one after the other; NaN and zero get one pattern each. */
function bytesOf(columns: readonly (Float64Array | Int32Array)[], rows: number): Uint8Array {
  const width = columns.length;
  const values = new Float64Array(rows * width);
  for (let j = 0; j < width; j++) {
    const column = columns[j]!;
    for (let i = 0; i < rows; i++) {
      const value = column[i]!;
      values[i * width + j] = Number.isNaN(value) ? Number.NaN : value + 0;
    }
  }
  return new Uint8Array(values.buffer);
}
