import { applyTransforms } from '../../clustering/scaling.ts';
import { featureById } from '../../features/catalogue.ts';
import type { CategoryEmbedding } from '../../features/categories.ts';
import { readMix, writeMix } from '../../features/category-mix.ts';
import { readFeatures } from '../../features/compute.ts';
import type { StoredFeatures } from '../../features/feature-store.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import type { Model } from '../model.ts';
import { addRaw, emptyMoveSum, isBetweenSegments, type MoveSum, type MoveSums } from './move-sums.ts';
import { scored } from './placements.ts';
import type { Driver } from './record.ts';
import { addMix, countRows, ranges } from './score-population.ts';
import { scorerOf } from './scorer.ts';
import { standing } from './standing.ts';
import { timestamp } from './timestamp.ts';

/** Of fewer movers a figure would point at people. */
const leastMovers = 10;
const mostDrivers = 3;

export interface Explaining {
  model: Model;
  /** Everybody's features as of the date, and as of the date before. */
  now: StoredFeatures;
  before: StoredFeatures;
  /** The table of what everybody has bought by the date, where the model has a mix. */
  mix: string;
  rowsAtOnce: number;
}

/**
 * What moved people, for each pair of segments that enough of them moved between. A customer at x is nearer to the
 * centroid b than to a by d2(a) - d2(b) = 2 x (b - a) + a constant, a sum over features: so the change of it between two
 * dates is the sum of 2 (x_new - x_old) (b - a) over the features, and each one's part is exact. The category mix counts
 * in the total without being listed: its dimensions have no words.
 */
export async function driversOf(
  tx: Warehouse,
  explaining: Explaining,
  moves: MoveSums,
): Promise<Map<MoveSum, Driver[]>> {
  const { model } = explaining;
  const explained = [...moves.values()].filter(
    move => isBetweenSegments(move) && move.customers >= leastMovers,
  );
  if (explained.length === 0 || model.kind === 'rfm') return new Map();
  const earlier = await sumsBefore(tx, explaining, explained);
  return new Map(explained.map((move, m) => [move, strongest(model, earlier[m]!, move)]));
}

function strongest({ transforms, centroids }: Model, before: MoveSum, now: MoveSum): Driver[] {
  const [a, b] = [centroids[now.from]!, centroids[now.to]!];
  // By mean, as a mover may have no place at the date before: orders may be dated anew.
  const at = ({ position, customers }: MoveSum, j: number) => position[j]! / customers;
  const parts = transforms.map((_, j) => 2 * (at(now, j) - at(before, j)) * (b[j]! - a[j]!));
  const total = parts.reduce((sum, part) => sum + Math.max(0, part), 0);
  return transforms
    .flatMap(({ feature }, j) => {
      const known = featureById(feature);
      if (!known || !(parts[j]! > 0)) return [];
      const mean = ({ raw }: MoveSum) => (raw.known[j]! > 0 ? raw.sum[j]! / raw.known[j]! : null);
      const [was, is] = [mean(before), mean(now)];
      if (was === null || is === null) return [];
      return [{ feature, label: known.label, share: parts[j]! / total, before: was, after: is }];
    })
    .sort((p, q) => q.share - p.share || (p.feature < q.feature ? -1 : 1))
    .slice(0, mostDrivers);
}

/** Where the movers of each pair were at the date before, in sums. */
async function sumsBefore(
  tx: Warehouse,
  { model, now, before, mix, rowsAtOnce }: Explaining,
  explained: readonly MoveSum[],
): Promise<MoveSum[]> {
  const { transforms, embedding } = model;
  await writeMovers(tx, now, before, explained);
  if (embedding) await writeMixBefore(tx, embedding, now, before, mix);
  const sums = explained.map(({ from, to }) => emptyMoveSum(from, to, transforms.length));
  const needs = scorerOf(model).needs;
  for (const range of ranges(await countRows(tx, before.table), rowsAtOnce)) {
    const read = await readFeatures(tx, before, {
      range,
      also: {
        columns: ['mover.place', 'mover.pair'].map(column => `CAST(${column} AS DOUBLE PRECISION)`),
        join: `JOIN ${movers} AS mover ON mover.place = feature.place`,
      },
    });
    const rows = read.keys.length;
    if (rows === 0) continue;
    const columns = new Map(before.features.map(({ id }, j) => [id, read.values[j]!]));
    for (const id of needs) if (!columns.has(id)) columns.set(id, new Float64Array(rows).fill(Number.NaN));
    const [place, pair] = read.values.slice(before.features.length);
    if (embedding) {
      const mixes = await readMix(tx, moversMix, range, embedding);
      addMix(
        columns,
        mixes.map(values => place!.map(at => values[at - range.from]!)),
      );
    }
    const matrix = applyTransforms(columns, transforms);
    const raw = transforms.map(({ feature }) => columns.get(feature));
    for (let i = 0; i < rows; i++) {
      const sum = sums[pair![i]!]!;
      sum.customers++;
      for (let j = 0; j < matrix.cols; j++) sum.position[j]! += matrix.data[i * matrix.cols + j]!;
      addRaw(sum.raw, raw, i);
    }
  }
  await tx.execute(`DROP TABLE ${movers}`);
  if (embedding) await tx.execute(`DROP TABLE ${moversMix}`);
  return sums;
}

const movers = 'refresh_movers';
const moversMix = 'refresh_movers_mix';

/**
 * Those who moved between a pair, by their place in the features of before; `now` is their place of today. Where the
 * features of before were computed again since, profiles that were joined have their name of today there.
 */
async function writeMovers(
  tx: Warehouse,
  now: StoredFeatures,
  before: StoredFeatures,
  explained: readonly MoveSum[],
): Promise<void> {
  const pairs = explained.map(({ from, to }, m) => `(${from}, ${to}, ${m})`).join(', ');
  await tx.execute(`CREATE TEMP TABLE ${movers} AS
SELECT coalesce(known.place, renamed.place) AS place, pair.number AS pair, placed.place AS now
FROM ${scored} AS placed
JOIN ${standing} AS stood ON stood.place = placed.place
JOIN (VALUES ${pairs}) AS pair (origin, target, number)
  ON pair.origin = stood.segment AND pair.target = placed.segment
JOIN ${now.table} AS present ON present.place = placed.place
LEFT JOIN ${before.table} AS known ON known.profile_id = stood.stood_as
LEFT JOIN ${before.table} AS renamed ON renamed.profile_id = present.profile_id
WHERE coalesce(known.place, renamed.place) IS NOT NULL`);
}

/** What movers had bought by the date before: what they have bought by now, less what they bought since. */
async function writeMixBefore(
  tx: Warehouse,
  embedding: CategoryEmbedding,
  now: StoredFeatures,
  before: StoredFeatures,
  mix: string,
): Promise<void> {
  const since = 'refresh_mix_since';
  await writeMix(tx, now, embedding, { name: since, among: `line.ordered_at >= ${timestamp(before.asOf)}` });
  await tx.execute(`CREATE TEMP TABLE ${moversMix} AS
SELECT mover.place, bought.term, bought.lines - coalesce(late.lines, 0) AS lines
FROM ${movers} AS mover
JOIN ${mix} AS bought ON bought.place = mover.now
LEFT JOIN ${since} AS late ON late.place = bought.place AND late.term = bought.term
WHERE bought.lines > coalesce(late.lines, 0)`);
  await tx.execute(`DROP TABLE ${since}`);
}
