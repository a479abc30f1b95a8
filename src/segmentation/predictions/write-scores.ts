import { type AsOf, bind, daysAfter } from '../../features/as-of.ts';
import { orderSpan } from '../../features/span.ts';
import type { Progress } from '../../progress.ts';
import { literal, type Warehouse } from '../../warehouse/port.ts';
import type { Model } from '../model.ts';
import { baselineScores } from './baseline-scores.ts';
import { bestModel, calibrate } from './calibration/calibrate.ts';
import { fitPredictions } from './fit-predictions.ts';
import { habitsOf } from './habits/habits.ts';
import { readHistories } from './histories.ts';
import { placedIn } from './placed-in.ts';
import type { Predictions } from './predictions.ts';
import { scoreProfiles } from './score-profiles.ts';
import { churnDays } from './scores.ts';
import { predictionsBySegment } from './segment-predictions.ts';
import { storeScores } from './store-scores.ts';

export interface ScoresRequest {
  /** The state whose scores they are: several may share a warehouse. */
  owner: string;
  /** By whose segments the shop's predictions are told; everybody is placed by it as of the date. */
  model: Model;
  asOf: AsOf;
  /** Names of categories and products that no habit is told of. */
  blockedTerms: readonly string[];
  progress?: Progress | undefined;
}

/** So many customers tell as well as all of them which prediction does best. */
const calibrated = 10_000;

/**
 * Scores everybody as of a date and writes that to the table `scores`, inside a transaction that has placed everybody as
 * of the date; tells what the scores rest on, or why there are none.
 */
export async function writeScores(
  tx: Warehouse,
  { owner, model, asOf, blockedTerms, progress }: ScoresRequest,
): Promise<Predictions> {
  const customers = await countPlaced(tx, owner, asOf);
  progress?.({ stage: 'Holding predictions against the past', rows: customers });
  const outcome = await calibrate(tx, {
    model,
    from: daysAfter(asOf, -churnDays),
    to: asOf,
    part: Math.min(1, calibrated / Math.max(1, customers)),
  });
  if (outcome.kind === 'none') return outcome;
  const { calibration } = outcome;

  progress?.({ stage: 'Predicting what comes next', rows: customers });
  const span = await orderSpan(tx, asOf);
  const histories = await readHistories(tx, { asOf, since: span?.first, last: [churnDays, 30] });
  const { profileIds, paid, last } = histories;
  const habits = await habitsOf(tx, asOf, profileIds, blockedTerms);
  const fitted = fitPredictions(bestModel(calibration), histories);
  const segment = await placedIn(tx, { owner, model, asOf }, profileIds);
  const scored = {
    ...scoreProfiles(histories, fitted.purchases, fitted.orderValue),
    ...baselineScores(calibration, { paid, period: last[0]!, month: last[1]!, segment }),
  };
  const columns = {
    profileIds,
    numbers: {
      ...scored,
      expected_order_value: fitted.orderValue,
      promotion_share: habits.promotionShare,
      favourite_category_share: habits.favouriteCategoryShare,
      replenish_in: habits.replenishIn,
    },
    texts: { favourite_category: habits.favouriteCategory, replenish_product: habits.replenishProduct },
  };
  await storeScores(tx, { owner, asOf }, columns);
  return {
    kind: 'scored',
    purchases: fitted.purchases,
    spend: fitted.spend,
    calibration,
    segments: predictionsBySegment(
      model.segments.map(({ key }) => key),
      segment,
      columns,
    ),
  };
}

async function countPlaced(tx: Warehouse, owner: string, asOf: AsOf): Promise<number> {
  const [row] = await tx.query<{ placed: number }>(
    bind(
      `SELECT count(*) AS placed FROM placements WHERE owner = ${literal(owner)} AND as_of = {as_of}`,
      asOf,
    ),
  );
  return row?.placed ?? 0;
}
