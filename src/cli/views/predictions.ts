import { daysAfter } from '../../features/as-of.ts';
import type { Model } from '../../segmentation/model.ts';
import { targetOrder, trackRecord, verdict } from '../../segmentation/predictions/calibration/words.ts';
import type { Predictions, SegmentPredictions } from '../../segmentation/predictions/predictions.ts';
import { churnDays } from '../../segmentation/predictions/scores.ts';
import { formatMoney, formatValue, number, SMALLEST_REPORTED } from '../../segmentation/wording.ts';
import { bullet } from './drift.ts';
import { textTable } from './table.ts';
import { sizeCell, wrap } from './text.ts';

/** What is expected of each segment from a date on, what predicts it, and how well that did. */
export function predictionsView(model: Model, asOf: string, predictions: Predictions, width: number): string {
  if (predictions.kind === 'none')
    return `${wrap(`Nothing is predicted as of ${asOf}. ${predictions.reason}`, width)}\n`;
  const { calibration, segments } = predictions;
  const { currency } = model.population;
  const facts = [
    ...targetOrder.map(
      target => `${trackRecord(calibration, target, currency)} ${verdict(calibration, target)}`,
    ),
    ...calibration.notes,
  ];
  return [
    `What is expected from ${asOf} on\n`,
    `${table(model, segments, predictions.spend !== null, width)}\n${wrap(legend, width)}\n`,
    `${wrap(`How far that can be believed: the same predicted as of ${calibration.from}, held against what came until ${daysAfter(calibration.to, -1)}`, width)}\n${facts.map(fact => bullet(fact, width)).join('')}${wrap('`kindred calibrate` shows all of it: every predictor, by tenth and by segment.', width)}\n`,
  ].join('\n');
}

const legend = `At risk is what members were worth on the day of their last order beyond what they are worth now: what is lost if nothing changes. Overdue is who has been silent for longer than three in four of their gaps should take. Values are revenue after returns, not margin.`;

function table(
  model: Model,
  segments: readonly SegmentPredictions[],
  withMoney: boolean,
  width: number,
): string {
  const { currency } = model.population;
  const right = (head: string) => ({ head, align: 'right' as const });
  const share = (value: number | null) => (value === null ? '' : formatValue(value, 'share', null));
  const rows = segments.map(segment => {
    const name = model.segments.find(({ key }) => key === segment.key)?.persona.name ?? segment.key;
    // What a few people will do is told nowhere.
    if (segment.customers < SMALLEST_REPORTED) return [name, sizeCell(segment.customers), '', '', '', '', ''];
    return [
      name,
      sizeCell(segment.customers),
      number(segment.expectedOrders90, 0),
      share(segment.churn),
      formatMoney(segment.lifetimeValue, currency),
      withMoney ? formatMoney(segment.valueAtRisk, currency) : '',
      share(segment.overdue),
    ];
  });
  return textTable(
    [
      { head: 'Segment', grows: true },
      right('Customers'),
      right(`Orders,\n${churnDays} days`),
      right('No\norder'),
      right('Value,\n12 months'),
      right('At risk'),
      right('Overdue'),
    ],
    rows,
    width,
  );
}
