import type { KChoice } from '../../clustering/choose-k.ts';
import { InputError } from '../../errors.ts';
import { type AsOf, daysAfter, startOf } from '../../features/as-of.ts';
import { writeFeatures } from '../../features/compute.ts';
import { dropFeatures, tableBefore } from '../../features/feature-store.ts';
import type { Progress } from '../../progress.ts';
import { literal, type Warehouse } from '../../warehouse/port.ts';
import { fitShop } from '../fit-shop.ts';
import type { Model } from '../model.ts';
import { sectorsOf } from '../overlays/overlays.ts';
import { placeAll } from '../refresh/place.ts';
import type { RefreshRecord } from '../refresh/record.ts';
import { runRefresh } from '../refresh/run-refresh.ts';
import type { SegmentContext, SegmentRequest } from '../segment-shop.ts';

export interface BacktestRequest
  extends Pick<SegmentRequest, 'k' | 'seed' | 'weights' | 'overlay' | 'force'> {
  /** As-of date of the model. */
  from: AsOf;
  /** No refresh is later than this. */
  to: AsOf;
  /** Days between refreshes. */
  every: number;
}

export interface BacktestStep {
  record: RefreshRecord;
  seconds: number;
}

export type BacktestOutcome =
  | { kind: 'no-stable-groups'; choice: KChoice; warnings: string[] }
  /** The first step is the fit. `model` is as the last refresh left it. */
  | { kind: 'tested'; model: Model; steps: BacktestStep[]; warnings: string[] };

/** A feature table of its own, so that what stands is not computed again because of a backtest. */
const table = 'backtest_features';

/**
 * What refreshes would have shown in the past: fits a model as of `from`, and refreshes it on date after date up to `to`.
 * Its memberships have an owner of their own and go at the end, as does what a killed backtest left; the standing
 * segments are not touched.
 */
export async function backtest(
  context: SegmentContext,
  request: BacktestRequest,
  progress: Progress,
): Promise<BacktestOutcome> {
  const { warehouse, state, now } = context;
  const dates = datesOf(request);
  const owner = `backtest of ${state.owner}`;
  const { from, to: _to, every: _every, ...fitting } = request;
  await clear(warehouse, owner);
  try {
    const begun = now().getTime();
    const fitted = await fitShop(context, { ...fitting, asOf: from }, progress, table);
    const { warnings } = fitted;
    if (fitted.kind === 'no-stable-groups') return { kind: fitted.kind, choice: fitted.choice, warnings };

    const createdAt = now().toISOString();
    let { model } = fitted;
    const { record } = await warehouse.transaction(async tx => {
      const features = await writeFeatures(tx, from, { table, sectors: sectorsOf(model) });
      return placeAll(tx, { owner, model, features, kind: 'fit', history: [], createdAt });
    });
    const steps: BacktestStep[] = [{ record, seconds: (now().getTime() - begun) / 1000 }];
    for (const [i, asOf] of dates.entries()) {
      progress({ stage: 'Refreshing week after week', done: i, total: dates.length });
      const since = now().getTime();
      const history = steps.map(step => step.record);
      const run = await warehouse.transaction(tx =>
        runRefresh(tx, { model, history, asOf, owner, createdAt, table }),
      );
      model = run.model;
      steps.push({ record: run.record, seconds: (now().getTime() - since) / 1000 });
    }
    return { kind: 'tested', model, steps, warnings };
  } finally {
    await clear(warehouse, owner);
  }
}

function datesOf({ from, to, every }: BacktestRequest): AsOf[] {
  const dates: AsOf[] = [];
  for (let asOf = daysAfter(from, every); startOf(asOf) <= startOf(to); asOf = daysAfter(asOf, every))
    dates.push(asOf);
  if (dates.length === 0) {
    throw new InputError(
      `Between ${from} and ${to} there is no refresh every ${every} days.`,
      'Give a later --to, or a shorter --every.',
    );
  }
  return dates;
}

async function clear(warehouse: Warehouse, owner: string): Promise<void> {
  await warehouse.transaction(async tx => {
    for (const own of ['memberships', 'placements'])
      await tx.execute(`DELETE FROM ${own} WHERE owner = ${literal(owner)}`);
    for (const name of [table, tableBefore(table)]) await dropFeatures(tx, name);
  });
}
