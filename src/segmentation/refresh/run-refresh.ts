import { standingTable, writeFeatures } from '../../features/compute.ts';
import type { Progress } from '../../progress.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import { measureDrift } from '../drift/measure-drift.ts';
import type { Model } from '../model.ts';
import { sectorsOf } from '../overlays/overlays.ts';
import { restate } from '../restate.ts';
import { adapt } from './adapt.ts';
import { placeAll } from './place.ts';
import type { RefreshRecord } from './record.ts';
import { scoreAt } from './score-at.ts';

/** So many customers tell as well as all of them whether shares and means changed likewise at another time. */
const controlled = 20_000;

export interface RefreshRun {
  /** The standing model, as the record before left it. */
  model: Model;
  /** Records before this one, oldest first; at least one. */
  history: readonly RefreshRecord[];
  asOf: string;
  owner: string;
  createdAt: string;
  /** Where features are written; a backtest has a table of its own. */
  table?: string;
  /** Customers read at once. */
  rowsAtOnce?: number;
}

/**
 * A refresh without the state, inside a transaction that has rewound the history to before the date: features,
 * placements, intervals, moves, drift; and the model as it stands afterwards.
 */
export async function runRefresh(
  tx: Warehouse,
  { model, history, asOf, owner, createdAt, table = standingTable, rowsAtOnce }: RefreshRun,
  progress: Progress = () => {},
): Promise<{ model: Model; record: RefreshRecord }> {
  const features = await writeFeatures(tx, asOf, { table, sectors: sectorsOf(model) });
  const { record, population, measures } = await placeAll(tx, {
    owner,
    model,
    features,
    kind: 'refresh',
    history,
    createdAt,
    progress,
    ...(rowsAtOnce === undefined ? {} : { rowsAtOnce }),
  });
  progress({ stage: 'Looking for drift' });
  const part = Math.min(1, controlled / population.customers);
  const findings = await measureDrift({
    warehouse: tx,
    model,
    scored: population,
    history,
    scoredAt: date => scoreAt(tx, model, date, part),
  });
  const centroids = adapt(
    model.centroids,
    population.segments.map(({ mean }) => mean),
  );
  const segments = record.segments.map((segment, s) => ({ ...segment, centroid: centroids[s] ?? [] }));
  return {
    model: { ...restate(model, measures), centroids },
    record: { ...record, segments, findings },
  };
}
