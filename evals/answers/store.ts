import { buildAudience } from '../../src/segmentation/audiences/build-audience.ts';
import { standingFilter } from '../../src/segmentation/audiences/standing/questions.ts';
import { planBudget } from '../../src/segmentation/budget/plan.ts';
import { currentModel } from '../../src/segmentation/current.ts';
import type { SegmentPredictions } from '../../src/segmentation/predictions/predictions.ts';
import type { RefreshRecord } from '../../src/segmentation/refresh/record.ts';
import type { ToolContext } from '../../src/tools/tool.ts';
import type { EvalShop } from './shops.ts';

export interface SegmentInStore {
  key: string;
  name: string;
  /** From the memberships that last. */
  size: number;
  /** Of all buyers. */
  share: number;
  revenue: number;
  predicted: SegmentPredictions;
  /** Sums and means over the scores of its members. */
  valueAtRisk: number;
  churn: number;
}

/** What the answers of a shop are right by: read from rows and records, past all tools. */
export interface Store {
  asOf: string;
  buyers: number;
  /** Whether a part of the buyers is too small to be told, so that wholes are told coarsely. */
  coarse: boolean;
  /** Largest first. */
  segments: SegmentInStore[];
  record: RefreshRecord;
  /** Customers whose score lies above a bound. */
  above(score: 'churn_probability', bound: number): Promise<number>;
  /** Customers of a standing question. */
  standing(id: string): Promise<number>;
  budget(budget: number, cost: number): Promise<{ contacts: number; first: string }>;
}

interface Placed {
  key: string;
  size: number;
  at_risk: number;
  churn: number;
}

export async function readStore({ context }: EvalShop): Promise<Store> {
  const { warehouse, state, now } = context;
  const model = await currentModel(state);
  const record = (await state.refreshes.latest())!;
  const placed = await warehouse.query<Placed>(
    `SELECT m.segment_key AS key, CAST(count(*) AS INTEGER) AS size, sum(s.value_at_risk) AS at_risk,
       avg(s.churn_probability) AS churn
     FROM memberships m JOIN scores s ON s.owner = m.owner AND s.profile_id = m.profile_id
     WHERE m.owner = $1 AND m.valid_to IS NULL AND s.as_of = $2 GROUP BY m.segment_key`,
    [state.owner, record.asOf],
  );
  const buyers = placed.reduce((sum, { size }) => sum + size, 0);
  const predicted = record.predictions?.kind === 'scored' ? record.predictions.segments : [];
  return {
    asOf: record.asOf,
    buyers,
    coarse: placed.some(({ size }) => size < 10),
    segments: model.segments
      .map(({ key, persona }): SegmentInStore => {
        const { size, at_risk, churn } = placed.find(each => each.key === key)!;
        return {
          key,
          name: persona.name,
          size,
          share: size / buyers,
          revenue: record.segments.find(each => each.key === key)!.revenue,
          predicted: predicted.find(each => each.key === key)!,
          valueAtRisk: at_risk,
          churn,
        };
      })
      .sort((a, b) => b.size - a.size || (a.key < b.key ? -1 : 1)),
    record,
    above: (score, bound) => countAbove(context, record.asOf, score, bound),
    async standing(id) {
      const { filter, name } = await standingFilter({ warehouse, state }, id);
      const { figures } = await buildAudience({ warehouse, state, now }, { filter, name, actor: 'eval' });
      return figures.customers;
    },
    async budget(budget, cost) {
      const terms = { budget, cost, winBack: 0.1, margin: 0.4 };
      const { audiences, total } = await planBudget({ warehouse, state }, { audiences: [], terms });
      return { contacts: total.contacts, first: audiences[0]!.name };
    },
  };
}

async function countAbove({ warehouse, state }: ToolContext, asOf: string, score: string, bound: number) {
  const [row] = await warehouse.query<{ n: number }>(
    `SELECT CAST(count(*) AS INTEGER) AS n FROM scores WHERE owner = $1 AND as_of = $2 AND ${score} > $3`,
    [state.owner, asOf, bound],
  );
  return row!.n;
}
