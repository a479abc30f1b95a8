import { expect, test } from 'vitest';
import { calibrationView } from '../../../src/cli/views/calibration.ts';
import { predictionsView } from '../../../src/cli/views/predictions.ts';
import { reportModel } from '../../report/fixture.ts';
import { madeCalibration, madePredictions } from '../../segmentation/predictions/made-calibration.ts';

const model = reportModel(4);
const named = model.segments.map(({ key, persona }) => ({ key, name: persona.name }));
const lines = (text: string) => text.split('\n');

test('predictions are told by segment, with what predicts them and how that did', () => {
  const text = predictionsView(model, '2026-11-01', madePredictions(model), 140);
  expect(text).toContain('What is expected from 2026-11-01 on');
  const row = lines(text).find(line => line.startsWith('Price-driven occasional buyers'))!;
  expect(row.split(/ {2,}/)).toEqual([
    'Price-driven occasional buyers',
    '1,000',
    '1,234',
    '62 %',
    '£98,765',
    '£4,321',
    '31 %',
  ]);
  expect(text).toMatch(/held against what came until\s+2026-10-31/);
  const plain = text.replace(/\s+/g, ' ');
  expect(plain).toContain(
    'Orders: 2,700 were foretold where 3,200 came, 16 % too few. Repeating the last period comes closer here',
  );
  expect(plain).toContain(
    'Revenue after returns: £3,000 was foretold where £3,200 came, 6.3 % too little. On your shop, the segment’s mean does better than every model, so it is used.',
  );
  expect(plain).not.toMatch(/NaN|undefined|null/);
});

test('a segment of a few people is named and not told', () => {
  const row = (text: string) => lines(text).filter(line => line.startsWith('Lapsed but recoverable'));
  expect(row(predictionsView(model, '2026-11-01', madePredictions(model), 100))).toEqual([
    expect.stringMatching(/^Lapsed but recoverable +<10$/),
  ]);
  expect(row(calibrationView(madeCalibration(named), 'GBP', 100))).toEqual([
    expect.stringMatching(/^Lapsed but recoverable +<10$/),
  ]);
});

test('where nothing is predicted, the reason stands there', () => {
  const none = { kind: 'none', reason: 'Orders go back 100 days.' } as const;
  expect(predictionsView(model, '2026-11-01', none, 100)).toBe(
    'Nothing is predicted as of 2026-11-01. Orders go back 100 days.\n',
  );
});

test('tables fit into a narrow terminal', () => {
  for (const text of [
    predictionsView(model, '2026-11-01', madePredictions(model), 80),
    calibrationView(madeCalibration(named), 'GBP', 80),
  ])
    for (const line of lines(text)) expect(line.length, line).toBeLessThanOrEqual(80);
});

test('without a model of spend no money is told at risk', () => {
  const text = predictionsView(model, '2026-11-01', { ...madePredictions(model), spend: null }, 100);
  expect(text).not.toContain('£4,321');
});

test.each([80, 100, 160])(
  'a calibration of width %i says what is used for each target, and what its words mean',
  width => {
    const text = calibrationView(madeCalibration(named), 'GBP', width);
    expect(lines(text)[0]).toMatch(/^What could have been predicted on 2026-08-03/);
    expect(text).toMatch(/4,000\s+customers,\s+25 % of all/);
    const used = lines(text).filter(line => line.endsWith('  used'));
    expect(used.map(line => line.split(/ {2,}/)[0])).toEqual([
      'MBG/NBD model',
      'MBG/NBD model',
      'Mean of the segment',
    ]);
    expect(lines(text).filter(line => /^tenth \d/.test(line))).toHaveLength(10);
    for (const told of ['Total error compares', 'RMSE is', 'AUC is', 'A season: expect <more> orders'])
      expect(text.replace(/\s+/g, ' ')).toContain(told);
    // Tables are as wide as their figures; words keep to the width.
    for (const line of lines(text).filter(line => !/ {2,}/.test(line)))
      expect(line.length).toBeLessThanOrEqual(width);
  },
);
