import type { LiftReport } from '../../../activation/lift/report.ts';
import { isMoney, verdictWords } from '../../../activation/lift/words.ts';
import type { LiftChartData } from '../../../charts/lift-chart.ts';
import { formatMoney, tamed } from '../../../segmentation/wording.ts';

/** Differences of what a campaign is judged by, of all customers and of each segment. */
export function liftChartData({
  campaign,
  all,
  segments,
  currency,
  days,
  answered,
}: LiftReport): LiftChartData {
  const groups = [all, ...segments];
  return {
    title: `What “${tamed(campaign.name)}” did`,
    note: `Customers assigned less customers held out, ${days} days after it${answered === null ? '' : `, as of ${answered}`}. Dots are what was measured, lines the 95 % intervals; filled dots are proven, hollow ones may be chance.`,
    panels: (['conversion', 'revenue'] as const).map(metric => ({
      title: metric === 'conversion' ? 'Share who ordered, in points' : 'Revenue per customer assigned',
      format: isMoney(metric)
        ? value => formatMoney(value, currency)
        : value => String(Math.round(value * 1000) / 10),
      rows: groups.map(group => {
        const { figures, verdict } = group.metrics.find(each => each.metric === metric)!;
        return {
          name: tamed(group.name),
          figures,
          verdict: verdictWords[verdict],
          proven: verdict === 'works' || verdict === 'harms',
        };
      }),
    })),
  };
}
