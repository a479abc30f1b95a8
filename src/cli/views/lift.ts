import type { GroupLift, LiftReport, MetricLift } from '../../activation/lift/report.ts';
import { intervalText, metricTitles, tenth, valueText, verdictWords } from '../../activation/lift/words.ts';
import { formatSize } from '../../segmentation/wording.ts';
import { textTable } from './table.ts';
import { oneLine, sizeCell, wrap } from './text.ts';

/** The plain answer, the figures that it rests on, the segments, and what to bear in mind. */
export function liftView(report: LiftReport, width: number): string {
  const { segments, verdict, notes } = report;
  const parts = [
    oneLine(report.says),
    subject(report),
    ...(verdict === 'too early' ? [] : [metricTable(report, width)]),
    ...(segments.length > 0
      ? ['By segment, as customers stood when they were assigned:', segmentTable(report, width)]
      : []),
    ...notes,
  ];
  return `${parts.map(part => (part.endsWith('\n') ? part : `${wrap(part, width)}\n`)).join('\n')}`;
}

function subject({ campaign, all, asOf, exposed, days, answered }: LiftReport): string {
  const when = exposed.first === exposed.last ? exposed.first : `${exposed.first} to ${exposed.last}`;
  const what =
    campaign.id === null
      ? `sync ${campaign.sync}`
      : `campaign ${oneLine(campaign.id)}, sync ${campaign.sync}`;
  return `${what}, ${oneLine(campaign.connection)}: ${formatSize(all.treated)} customers assigned and ${formatSize(all.heldOut)} held out, ${when}; orders of ${days} days after it${answered === null ? '' : `, as of ${answered}`}. Figures of ${asOf}.`;
}

const right = (head: string) => ({ head, align: 'right' as const });

function metricTable({ all, currency }: LiftReport, width: number): string {
  return textTable(
    [
      { head: '', grows: true },
      right('Assigned'),
      right('Held out'),
      right('Difference'),
      right('95 % interval'),
      right('p'),
      { head: 'Answer' },
    ],
    all.metrics.map(lift => {
      const { metric, figures } = lift;
      const title = metricTitles[metric];
      if (figures === null) return [`${title} (${lift.why})`, '', '', '', '', '', verdictWords[lift.verdict]];
      const { treated, holdout } = figures;
      return [
        title,
        valueText(metric, treated, currency),
        valueText(metric, holdout, currency),
        difference(lift, currency),
        intervalText(metric, figures, currency),
        pText(lift.p!),
        verdictWords[lift.verdict],
      ];
    }),
    width,
  );
}

function segmentTable({ segments, currency }: LiftReport, width: number): string {
  return textTable(
    [
      { head: 'Segment', grows: true },
      right('Assigned'),
      right('Held out'),
      right('Ordered'),
      right('95 % interval'),
      right('Revenue'),
      right('95 % interval'),
      { head: 'Answer' },
    ],
    segments.map(segment => [
      oneLine(segment.name),
      sizeCell(segment.treated),
      sizeCell(segment.heldOut),
      ...cells(segment, 'conversion', currency),
      ...cells(segment, 'revenue', currency),
      verdictWords[segment.verdict],
    ]),
    width,
  );
}

function cells(
  { metrics }: GroupLift,
  metric: 'conversion' | 'revenue',
  currency: string | null,
): [string, string] {
  const lift = metrics.find(each => each.metric === metric)!;
  return lift.figures === null
    ? ['', '']
    : [difference(lift, currency), intervalText(metric, lift.figures, currency)];
}

/** "+2.1 points", "-£0.40". */
function difference({ metric, figures }: MetricLift, currency: string | null): string {
  const value = figures!.difference;
  const sign = value < 0 ? '-' : '+';
  return metric === 'revenue' || metric === 'order-value'
    ? `${sign}${valueText(metric, Math.abs(value), currency)}`
    : `${sign}${tenth(value)} points`;
}

const pText = (p: number) => (p < 0.001 ? '<0.001' : p > 0.995 ? '1' : p.toFixed(p < 0.1 ? 3 : 2));
