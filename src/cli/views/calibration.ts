import { daysAfter, daysBetween } from '../../features/as-of.ts';
import type {
  Accuracy,
  Calibration,
  CalibrationGroup,
  Target,
} from '../../segmentation/predictions/calibration/calibration.ts';
import {
  predictorNames,
  targetNames,
  targetOrder,
  verdict,
} from '../../segmentation/predictions/calibration/words.ts';
import {
  formatMoney,
  formatSize,
  formatValue,
  number,
  SMALLEST_REPORTED,
} from '../../segmentation/wording.ts';
import { bullet } from './drift.ts';
import { textTable } from './table.ts';
import { sizeCell, wrap } from './text.ts';

/** What was predicted at a date of the past against what happened: which predictor wins, by tenth and by segment. */
export function calibrationView(calibration: Calibration, currency: string | null, width: number): string {
  const { targets, notes } = calibration;
  return [
    `${wrap(headline(calibration), width)}\n`,
    ...targetOrder.map(target => targetText(calibration, target, currency, width)),
    groupsText(
      'By tenth of the customers, in order of each prediction',
      'Tenth',
      targetOrder.map(target => targets[target].deciles),
      currency,
      width,
    ),
    targets.orders.segments.length > 0
      ? groupsText(
          'By segment, as everybody would have stood that day',
          'Segment',
          targetOrder.map(target => targets[target].segments),
          currency,
          width,
        )
      : '',
    notes.length > 0 ? `What to know\n${notes.map(note => bullet(note, width)).join('')}` : '',
    `${wrap(glossary, width)}\n`,
  ]
    .filter(part => part !== '')
    .join('\n');
}

const glossary =
  'Total error compares the sums. RMSE is how far off a prediction typically is for one customer, large misses counting more: less is better. AUC is how often, of a customer who ordered and one who did not, the former was ranked higher: 0.5 is no better than a coin, 1 is always. The chance of no order counts as a probability from 0 to 1.';

function headline({ from, to, customers, part }: Calibration): string {
  const who =
    part < 1
      ? `${formatSize(customers)} customers, ${formatValue(part, 'share', null)} of all`
      : `${formatSize(customers)} customers`;
  return `What could have been predicted on ${from}, held against the ${daysBetween(from, to)} days until ${daysAfter(to, -1)}: ${who}.`;
}

function targetText(
  calibration: Calibration,
  target: Target,
  currency: string | null,
  width: number,
): string {
  const { accuracies, used } = calibration.targets[target];
  const right = (head: string) => ({ head, align: 'right' as const });
  const table = textTable(
    [
      { head: targetNames[target] },
      right('Predicted'),
      right('Actual'),
      right('Total\nerror'),
      right('RMSE'),
      right('AUC'),
      { head: '' },
    ],
    accuracies.map(accuracy => [
      predictorNames[accuracy.predictor],
      sumCell(accuracy.predicted, target, currency),
      sumCell(accuracy.actual, target, currency),
      errorCell(accuracy),
      target === 'revenue' ? formatMoney(accuracy.rmse, currency) : accuracy.rmse.toFixed(3),
      accuracy.auc === null ? '' : accuracy.auc.toFixed(3),
      accuracy.predictor === used ? 'used' : '',
    ]),
    width,
  );
  return `${table}${wrap(verdict(calibration, target), width)}\n`;
}

/** Sums over customers: orders, customers without one, money. */
function sumCell(value: number, target: Target, currency: string | null): string {
  return target === 'revenue' ? formatMoney(value, currency) : number(value, 0);
}

function errorCell({ totalError }: Accuracy): string {
  if (totalError === null) return '';
  const share = formatValue(totalError, 'share', null);
  return totalError > 0 ? `+${share}` : share;
}

/** @param byTarget the same groups for each target, in the order of `targetOrder` */
function groupsText(
  title: string,
  head: string,
  byTarget: readonly (readonly CalibrationGroup[])[],
  currency: string | null,
  width: number,
): string {
  const right = (name: string) => ({ head: name, align: 'right' as const });
  const rows = byTarget[0]!.map(({ name, customers }, i) => [
    name,
    sizeCell(customers),
    ...byTarget.flatMap((groups, t) => {
      const { predicted, actual } = groups[i]!;
      // What a few people did is told nowhere.
      if (customers < SMALLEST_REPORTED) return ['', ''];
      return [predicted, actual].map(value => meanCell(value, targetOrder[t]!, currency));
    }),
  ]);
  const table = textTable(
    [
      { head, grows: true },
      right('Customers'),
      right('Orders'),
      right('actual'),
      right('No\norder'),
      right('actual'),
      right('Revenue'),
      right('actual'),
    ],
    rows,
    width,
  );
  return `${wrap(`${title}; means per customer, predicted and actual`, width)}\n${table}`;
}

function meanCell(value: number, target: Target, currency: string | null): string {
  if (target === 'revenue') return formatMoney(value, currency);
  return target === 'churn' ? formatValue(value, 'share', null) : value.toFixed(2);
}
