import { expect, test } from 'vitest';
import { sizesOverTime, trendOf } from '../../../src/segmentation/history/sizes.ts';
import { newcomer } from '../../../src/segmentation/refresh/record.ts';
import { madeHistory, madeMove, madeRecord, madeSegment } from '../moves/made-history.ts';

const records = madeHistory(
  { a: 'Champions', b: 'Lost customers' },
  [100, 50],
  [[madeMove('a', 'b', 10)], [madeMove(newcomer, 'a', 30)]],
);

test('sizes of each segment, date by date', () => {
  const found = sizesOverTime(records);
  expect(found.dates).toEqual(['2026-01-05', '2026-01-12', '2026-01-19']);
  expect(found.segments.map(({ name, sizes }) => [name, sizes])).toEqual([
    ['Champions', [100, 90, 120]],
    ['Lost customers', [50, 60, 60]],
  ]);
  expect(found.customers).toEqual([150, 150, 180]);
  // The first record is where it begins, not where anything was replaced.
  expect(found.replaced).toEqual([]);
});

test('segments that another model brought or ended have gaps, and names are the last ones', () => {
  const promoted = madeRecord('2026-01-26', {
    kind: 'promotion',
    segments: [madeSegment('c', 'New customers', 40), madeSegment('a', 'Best customers', 130)],
  });
  const found = sizesOverTime([...records, promoted]);
  expect(found.replaced).toEqual([{ asOf: '2026-01-26', kind: 'promotion' }]);
  expect(found.segments).toEqual([
    { key: 'c', name: 'New customers', stands: true, sizes: [null, null, null, 40] },
    { key: 'a', name: 'Best customers', stands: true, sizes: [100, 90, 120, 130] },
    { key: 'b', name: 'Lost customers', stands: false, sizes: [50, 60, 60, null] },
  ]);
});

test('no history has no sizes', () => {
  expect(sizesOverTime([]).segments).toEqual([]);
});

test.each([
  [[100, 100, 101], 'steady'],
  [[100, 100, 120], 'growing'],
  [[100, 100, 80], 'shrinking'],
  // What lay longer ago than four refreshes says nothing of now.
  [[900, 100, 100, 100, 100, 101], 'steady'],
  [[null, null, 10], null],
  [[10], null],
  [[10, null], null],
  [[0, 0], 'steady'],
  [[0, 5], 'growing'],
])('%j is %s', (sizes, trend) => {
  expect(trendOf(sizes)).toBe(trend);
});
