import type { Comparison } from './compare.ts';
import { LEVEL } from './family.ts';
import type { Figures, GroupLift, Metric, MetricLift, Verdict } from './report.ts';

/** Of what those held out do: a lift below it is not worth a campaign. */
const WORTH = 0.1;

/** Fewer returns are good; of all else more. */
const better = (metric: Metric) => (metric === 'returns' ? -1 : 1);

/**
 * A comparison as it is told. What is proven has to be so by its corrected p-value and by its own interval.
 *
 * @param p corrected
 * @param unsound the arms are not what was drawn, so that no difference can be believed
 */
export function judged({ metric, figures, ofFew, why }: Comparison, p: number, unsound: boolean): MetricLift {
  if (figures === null)
    return {
      metric,
      verdict: why === 'early' ? 'too early' : 'cannot tell',
      figures: null,
      p: null,
      why: whyNot[why],
    };
  const verdict = unsound ? 'cannot tell' : verdictOf(metric, figures, p);
  if (ofFew)
    return { metric, verdict, figures: null, p: null, why: 'fewer than 10 of an arm did, or did not' };
  return { metric, verdict, figures, p, why: '' };
}

const whyNot = {
  early: 'not over yet',
  'few customers': 'fewer than 10 customers in an arm',
  'few orders': 'too few orders in an arm',
  '': '',
} as const satisfies Record<Comparison['why'], string>;

function verdictOf(metric: Metric, { difference, low, high, holdout }: Figures, p: number): Verdict {
  const way = better(metric);
  if (p <= LEVEL && (low > 0 || high < 0)) return difference * way > 0 ? 'works' : 'harms';
  const most = way > 0 ? high : -low;
  return most < WORTH * holdout ? 'does not' : 'cannot tell';
}

/** Of a group: what it brings decides; where that is open, whether people order. */
export function verdictOfGroup(metrics: readonly Pick<MetricLift, 'metric' | 'verdict'>[]): Verdict {
  const [revenue, conversion] = (['revenue', 'conversion'] as const).map(
    metric => metrics.find(each => each.metric === metric)!.verdict,
  );
  const proven = [revenue, conversion].find(verdict => verdict === 'works' || verdict === 'harms');
  if (proven) return proven;
  if (revenue === conversion) return revenue!;
  return 'cannot tell';
}

/** What speaks for the verdict of a group; where it is open, whether people order, as that takes fewest to see. */
export function decidedBy({ metrics, verdict }: Pick<GroupLift, 'metrics' | 'verdict'>): MetricLift {
  const [revenue, conversion] = (['revenue', 'conversion'] as const).map(
    metric => metrics.find(each => each.metric === metric)!,
  );
  const order = verdict === 'cannot tell' ? [conversion!, revenue!] : [revenue!, conversion!];
  return order.find(each => each.verdict === verdict && each.figures !== null) ?? conversion!;
}
