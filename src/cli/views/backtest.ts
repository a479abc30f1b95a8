import type { BacktestStep } from '../../segmentation/backtest/backtest.ts';
import { newcomer } from '../../segmentation/refresh/record.ts';
import { formatCount, formatValue } from '../../segmentation/wording.ts';
import { bullet } from './drift.ts';
import { historyView } from './history.ts';
import { textTable } from './table.ts';

/** Each refresh of a backtest with its moves, flapping, alerts and time, then sizes over time. */
export function backtestView(timed: readonly BacktestStep[], width: number): string {
  const right = (head: string) => ({ head, align: 'right' as const });
  const table = textTable(
    [
      { head: 'As of' },
      right('Customers'),
      right('New'),
      right('Moves'),
      right('Flapping'),
      right('Alerts'),
      right('Watch'),
      right('Seconds'),
    ],
    timed.map(({ record, seconds }) => {
      const { asOf, customers, findings, flapping, moves } = record;
      const arrived = moves.reduce((sum, move) => sum + (move.from === newcomer ? move.customers : 0), 0);
      const severe = (severity: string) => findings.filter(finding => finding.severity === severity).length;
      return [
        asOf,
        formatCount(customers),
        formatCount(arrived),
        formatCount(flapping.moves),
        flapping.moves > 0 ? formatValue(flapping.returns / flapping.moves, 'share', null) : '',
        String(severe('alert')),
        String(severe('watch')),
        seconds.toFixed(1),
      ];
    }),
    width,
  );
  const alerts = timed.flatMap(({ record: { asOf, findings } }) =>
    findings
      .filter(({ severity, since }) => severity === 'alert' && since === asOf)
      .map(({ sentence }) => bullet(`${asOf}: ${sentence}`, width)),
  );
  return [
    table,
    alerts.length > 0 ? `Alerts, when each was first raised\n${alerts.join('')}` : '',
    historyView(
      timed.map(({ record }) => record),
      width,
    ),
  ]
    .filter(part => part !== '')
    .join('\n');
}
