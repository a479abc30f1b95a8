import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { auc, rmse } from '../../../src/forecasting/accuracy.ts';
import { fitPurchases } from '../../../src/forecasting/fit-purchases.ts';
import { historyAt } from '../../../src/forecasting/purchase-history.ts';
import { purchaseModels } from '../../../src/forecasting/purchase-models.ts';
import type { CalibrationOutcome } from '../../../src/segmentation/predictions/calibration/calibrate.ts';
import type { Predictions } from '../../../src/segmentation/predictions/predictions.ts';
import { readCdnow } from '../../forecasting/cdnow.ts';
import { folder, kindred } from '../../support/terminal.ts';

const root = new URL('../../../', import.meta.url);
const docs = readFileSync(new URL('docs/predictions.md', root), 'utf8');
const sample = fileURLToPath(new URL('samples/online-retail/online-retail.parquet', root));

test('the backtest that the documentation shows is what its commands print', async () => {
  const dir = await folder();
  const data = ['--data', join(dir, 'data')];
  expect((await kindred(['import', sample, ...data])).code).toBe(0);
  expect((await kindred(['segment', '--as-of', '2011-09-01', ...data])).code).toBe(0);

  const period = ['--from', '2011-09-01', '--to', '2011-12-01'];
  const chart = join(dir, 'charts', 'calibration.svg');
  const shown = await kindred(['calibrate', ...period, ...data], {}, { columns: 100 });
  expect(docs).toContain(`\`\`\`text\n${shown.out.trim()}\n\`\`\``);
  const asked = await kindred(['calibrate', ...period, '--chart', chart, '--json', ...data]);
  const outcome = asked.json<CalibrationOutcome>();
  if (outcome.kind === 'none') throw new Error(outcome.reason);
  const { targets, notes } = outcome.calibration;
  expect(targets.orders.accuracies[0]!.actual).toBe(4265);
  const churn = targets.churn.accuracies.find(({ predictor }) => predictor === targets.churn.used)!;
  expect(churn.auc).toBeGreaterThan(0.73);
  for (const { predictor, auc: area } of targets.churn.accuracies)
    if (predictor === 'last-period' || predictor === 'segment-mean') expect(area).toBeLessThan(churn.auc!);
  const idle = targets.churn.deciles.map(({ actual }) => actual);
  expect(idle).toEqual(idle.toSorted((a, b) => a - b));
  expect(notes.join(' ')).toContain('do not go back far enough to see a season');
  expect(readFileSync(chart, 'utf8')).toMatch(/^<svg role="img" [^>]*>\n<title>Bars and dots by tenths/);

  const summer = await kindred([
    'calibrate',
    '--from',
    '2011-06-03',
    '--to',
    '2011-09-01',
    '--json',
    ...data,
  ]);
  const before = summer.json<Extract<CalibrationOutcome, { kind: 'calibrated' }>>().calibration;
  const orders = before.targets.orders.accuracies.find(
    ({ predictor }) => predictor === before.targets.orders.used,
  )!;
  expect(Math.abs(orders.totalError!)).toBeLessThan(0.03);

  // The refresh of that day calibrated on the same days by itself.
  const told = (await kindred(['predictions', '--json', ...data])).json<{
    asOf: string;
    predictions: Predictions;
  }>();
  expect(told.asOf).toBe('2011-09-01');
  expect(told.predictions).toMatchObject({ kind: 'scored', calibration: before });

  const late = await kindred(['calibrate', '--from', '2011-11-01', ...data]);
  expect([late.code, late.err]).toEqual([1, expect.stringContaining('The orders end on 2011-12-09')]);
  const young = await kindred(['calibrate', '--to', '2011-04-01', ...data], {}, { columns: 80 });
  expect(young.out).toMatch(/^\nNothing can be predicted yet\. Orders go back 31 days before 2011-01-01\./);
  for (const line of young.out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

test('the reference table that the documentation shows is what the models give', () => {
  const { histories, holdout } = readCdnow();
  const names = { 'bg-nbd': 'BG/NBD', 'mbg-nbd': 'MBG/NBD', 'pareto-nbd': 'Pareto/NBD' };
  const row = (name: string, predicted: Float64Array, rank: Float64Array) => {
    const sum = predicted.reduce((total, value) => total + value, 0);
    const cells = [
      Math.round(sum).toLocaleString('en-GB'),
      rmse(predicted, holdout).toFixed(3),
      auc(rank, holdout)!.toFixed(3),
    ];
    return `| ${[name, ...cells].join(' | ')} |`;
  };
  for (const model of Object.values(purchaseModels)) {
    const { parameters, logLikelihood } = fitPurchases(model, histories);
    const each = (say: (i: number) => number) => Float64Array.from(holdout, (_, i) => say(i));
    expect(docs).toContain(
      row(
        names[model.name],
        each(i => model.expectedPurchases(parameters, historyAt(histories, i), 39)),
        each(i => model.purchaseProbability(parameters, historyAt(histories, i), 39)),
      ),
    );
    const fit = parameters.map(value => value.toPrecision(6)).join(', ');
    expect(docs).toContain(
      `| ${names[model.name]} ${model.parameters.join(', ')} | ${fit} | ${logLikelihood.toFixed(4)} |`,
    );
  }
  const plain = histories.repeats.map((x, i) => (x * 39) / histories.age[i]!);
  expect(docs).toContain(row('as often as so far (39 x / T)', plain, plain));
});
