import { z } from 'zod';
import { measurable } from '../activation/lift/campaign.ts';
import { lift } from '../activation/lift/lift.ts';
import type { GroupLift, LiftReport, Metric, MetricLift } from '../activation/lift/report.ts';
import { isMoney, metricTitles, verdictWords } from '../activation/lift/words.ts';
import { InputError } from '../errors.ts';
import { tamed } from '../segmentation/wording.ts';
import { audienceName } from './results/audience-result.ts';
import { coarsePeople, coarseSum } from './results/coarse.ts';
import { roundedScore } from './results/rounding.ts';
import { currencyOf } from './results/segment-figures.ts';
import { count, day, money, people, ratio, share } from './results/values.ts';
import { tool } from './tool.ts';

const verdict = z.enum(Object.values(verdictWords));

/** `low` and `high`: the 95 % interval of the difference, treated less held out; of shares it is in points. */
const rate = z.object({
  treated: share,
  heldOut: share,
  points: ratio,
  low: ratio,
  high: ratio,
  p: ratio,
});
const amount = z.object({
  treated: money,
  heldOut: money,
  difference: money,
  low: money,
  high: money,
  p: ratio,
});

const compared = {
  verdict,
  /** null where too few are in an arm, or it is not over yet: `why` says it. */
  rate: rate.nullable(),
  money: amount.nullable(),
  why: z.string(),
};

const MOST_SEGMENTS = 8;
const MOST_OTHERS = 6;

export const liftTool = tool({
  name: 'lift',
  title: 'Show what a campaign did',
  description:
    'Whether a campaign works: customers sent it against a holdout, by segment; orders, revenue, returns, retention, with intervals and corrected p-values. Without a campaign: the latest.',
  input: z.object({
    campaign: z
      .string()
      .min(1)
      .max(120)
      .optional()
      .describe('a sync (s-3), its audience, or a campaign id of e-mail events'),
  }),
  output: z.object({
    asOf: day,
    currency: z.string().nullable(),
    sync: z.string(),
    name: z.string(),
    verdict,
    says: z.string(),
    days: count,
    answered: day.nullable(),
    next: day.nullable(),
    treated: people,
    heldOut: people,
    metrics: z.array(z.object({ metric: z.string(), ...compared })),
    segments: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        verdict,
        treated: people,
        heldOut: people,
        ordered: rate.nullable(),
        revenue: amount.nullable(),
      }),
    ),
    more: count,
    notes: z.array(z.string()),
    /** Other campaigns that can be asked for. */
    others: z.array(z.object({ sync: z.string(), name: z.string(), connection: z.string() })),
  }),
  effect: 'read',
  role: 'viewer',
  slow: true,
  async run({ warehouse, state }, { campaign }) {
    const all = await measurable({ state });
    const [latest] = all;
    if (!latest)
      throw new InputError(
        'No audience was sent anywhere yet.',
        'Lift is measured against customers who are held out of a sync.',
      );
    const report = await lift({ warehouse, state }, { campaign: campaign ?? latest.sync.id });
    return {
      ...liftResult(report),
      others: all
        .filter(({ sync }) => sync.id !== report.campaign.sync)
        .slice(0, MOST_OTHERS)
        .map(({ sync, name }) => ({
          sync: sync.id,
          name: audienceName(name),
          connection: tamed(sync.connection),
        })),
    };
  },
});

function liftResult({ campaign, all, segments, verdict, ...report }: LiftReport) {
  const { asOf, currency, says, days, answered, next, notes } = report;
  const shown = segments.slice(0, MOST_SEGMENTS);
  return {
    asOf,
    currency: currencyOf({ currency }),
    sync: campaign.sync,
    name: audienceName(campaign.name),
    verdict: verdictWords[verdict],
    says,
    days,
    answered,
    next,
    treated: coarsePeople(all.treated),
    heldOut: coarsePeople(all.heldOut),
    metrics: all.metrics.map(metric => ({
      metric: metricTitles[metric.metric],
      verdict: verdictWords[metric.verdict],
      rate: rateOf(metric),
      money: moneyOf(metric),
      why: metric.why,
    })),
    segments: shown.map(group => ({
      key: group.key!,
      name: tamed(group.name),
      verdict: verdictWords[group.verdict],
      treated: coarsePeople(group.treated),
      heldOut: coarsePeople(group.heldOut),
      ordered: rateOf(metricOf(group, 'conversion')),
      revenue: moneyOf(metricOf(group, 'revenue')),
    })),
    more: segments.length - shown.length,
    notes,
  };
}

const metricOf = ({ metrics }: GroupLift, metric: Metric) => metrics.find(each => each.metric === metric)!;

function rateOf({ metric, figures, p }: MetricLift): z.input<typeof rate> | null {
  if (isMoney(metric) || figures === null) return null;
  // A tenth of a point is as exact as any of it is.
  const points = (value: number) => Math.round(value * 1e3) / 10;
  const told = (value: number) => Math.round(value * 1e3) / 1e3;
  const { treated, holdout, difference, low, high } = figures;
  return {
    treated: told(treated),
    heldOut: told(holdout),
    points: points(difference),
    low: points(low),
    high: points(high),
    p: roundedScore(p!),
  };
}

function moneyOf({ metric, figures, p }: MetricLift): z.input<typeof amount> | null {
  if (!isMoney(metric) || figures === null) return null;
  const { treated, holdout, difference, low, high } = figures;
  return {
    treated: coarseSum(treated),
    heldOut: coarseSum(holdout),
    difference: coarseSum(difference),
    low: coarseSum(low),
    high: coarseSum(high),
    p: roundedScore(p!),
  };
}
