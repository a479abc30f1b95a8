import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/errors.ts';
import { movesBetween } from '../../../src/segmentation/moves/between.ts';
import { lapsedArchetypes, lapsedCells, lapsedKeys } from '../../../src/segmentation/moves/lapsed.ts';
import { overlays } from '../../../src/segmentation/overlays/overlays.ts';
import { gone, newcomer, setAsideKey } from '../../../src/segmentation/refresh/record.ts';
import { rfmCells } from '../../../src/segmentation/rfm-cells.ts';
import { reportModel } from '../../report/fixture.ts';
import { madeDriver, madeHistory, madeMove, madeRecord, madeSegment } from './made-history.ts';

const names = { loyal: 'Loyal regulars', price: 'Bargain seekers', lost: 'Lost customers' };
const lapsed = new Set(['lost']);

const records = madeHistory(
  names,
  [500, 400, 300],
  [
    [madeMove('price', 'loyal', 40), madeMove(newcomer, 'price', 25), madeMove('loyal', 'lost', 12)],
    [
      madeMove('price', 'loyal', 20),
      madeMove('loyal', 'price', 5),
      madeMove('lost', 'price', 11),
      madeMove('loyal', setAsideKey, 1),
      madeMove('lost', gone, 2),
    ],
  ],
);

describe('moves between two dates', () => {
  test('are those of the last refresh where nothing is said', () => {
    const found = movesBetween(records, {}, lapsed);
    expect([found.from, found.to, found.refreshes]).toEqual(['2026-01-12', '2026-01-19', ['2026-01-19']]);
    expect(found.moves[0]).toMatchObject({ from: 'price', to: 'loyal', customers: 20 });
    expect(found.returned).toEqual({ customers: 11, revenueLastYear: 2200 });
    expect(found.lapsed.customers).toBe(0);
  });

  test('of several refreshes are joined, and each move of a customer counts', () => {
    const found = movesBetween(records, { from: '2026-01-05' }, lapsed);
    expect(found.refreshes).toEqual(['2026-01-12', '2026-01-19']);
    expect(found.moves.slice(0, 3).map(({ from, to, customers }) => [from, to, customers])).toEqual([
      ['price', 'loyal', 60],
      [newcomer, 'price', 25],
      ['loyal', 'lost', 12],
    ]);
    expect(found.newcomers).toEqual({ customers: 25, revenueLastYear: 5000 });
    expect(found.lapsed).toEqual({ customers: 12, revenueLastYear: 2400 });
    const [loyal, , lost] = found.segments;
    expect(loyal).toMatchObject({
      name: 'Loyal regulars',
      before: 500,
      after: 542,
      entered: { fromSegments: { customers: 60 } },
      left: { toSegments: { customers: 5 }, toLapsed: { customers: 12 }, toSetAside: { customers: 1 } },
    });
    // Who leaves a segment of the lapsed for another place has not lapsed.
    expect(lost!.left).toMatchObject({
      toSegments: { customers: 11 },
      toLapsed: { customers: 0 },
      gone: { customers: 2 },
    });
  });

  test('a date between two refreshes stands for the refresh before it', () => {
    const found = movesBetween(records, { from: '2026-01-14', to: '2026-01-25' }, lapsed);
    expect([found.from, found.to]).toEqual(['2026-01-12', '2026-01-19']);
  });

  test('a date before the history stands for its start', () => {
    expect(movesBetween(records, { from: '2020-01-01' }, lapsed).from).toBe('2026-01-05');
  });

  test.each([
    ['a fit alone', records.slice(0, 1), {}],
    ['no record', [], {}],
    ['two dates in one week', records, { from: '2026-01-13', to: '2026-01-14' }],
    ['dates that are swapped', records, { from: '2026-01-19', to: '2026-01-05' }],
    ['a date before everything', records, { to: '2019-01-01' }],
  ])('%s: nobody has moved, and what to do is said', (_, history, period) => {
    expect(() => movesBetween(history, period, lapsed)).toThrow(InputError);
  });

  test('sizes follow from entries and exits, whatever moved', () => {
    const keys = [...Object.keys(names), newcomer, gone, setAsideKey];
    const move = fc
      .tuple(fc.constantFrom(...keys), fc.constantFrom(...keys), fc.integer({ min: 1, max: 30 }))
      .filter(([from, to]) => from !== to && from !== gone && to !== newcomer)
      .map(([from, to, customers]) => madeMove(from, to, customers));
    fc.assert(
      fc.property(fc.array(fc.array(move, { maxLength: 12 }), { minLength: 1, maxLength: 8 }), weeks => {
        const history = madeHistory(names, [5000, 4000, 3000], weeks);
        const found = movesBetween(history, { from: history[0]!.asOf }, lapsed);
        for (const { before, after, entered, left } of found.segments) {
          const total = (flows: Record<string, { customers: number }>) =>
            Object.values(flows).reduce((sum, { customers }) => sum + customers, 0);
          expect(before! + total(entered) - total(left)).toBe(after);
        }
        const all = weeks.flat().reduce((sum, { customers }) => sum + customers, 0);
        expect(found.moves.reduce((sum, { customers }) => sum + customers, 0)).toBe(all);
      }),
    );
  });

  test('another model in between is told, and its changes of segment are not moves', () => {
    const promoted = madeRecord('2026-01-19', {
      kind: 'promotion',
      modelId: 'm-2',
      segments: [madeSegment('loyal', 'Regulars', 600), madeSegment('fresh', 'New customers', 100)],
      moves: [madeMove('price', 'fresh', 90)],
    });
    const found = movesBetween([...records.slice(0, 2), promoted], { from: '2026-01-05' }, lapsed);
    expect(found.replaced).toEqual([{ asOf: '2026-01-19', kind: 'promotion' }]);
    expect(found.refreshes).toEqual(['2026-01-12']);
    expect(found.moves.some(({ to }) => to === 'fresh')).toBe(false);
    expect(found.segments.map(({ key, name, before, after }) => [key, name, before, after])).toEqual([
      ['loyal', 'Regulars', 500, 600],
      ['fresh', 'New customers', null, 100],
      ['price', 'Bargain seekers', 400, null],
      ['lost', 'Lost customers', 300, null],
    ]);
  });

  test('drivers of several refreshes are weighed by the customers who moved', () => {
    const history = madeHistory(
      names,
      [500, 400, 300],
      [
        [madeMove('price', 'loyal', 30, { drivers: [madeDriver('orders_per_month', 1, 3, 0.8)] })],
        [
          madeMove('price', 'loyal', 10, {
            drivers: [madeDriver('orders_per_month', 2, 3, 0.4), madeDriver('recency', 60, 20, 0.5)],
          }),
        ],
      ],
    );
    const [move] = movesBetween(history, { from: '2026-01-05' }, lapsed).moves;
    expect(move!.drivers).toEqual([
      { ...madeDriver('orders_per_month', 1.25, 3), share: 0.7 },
      { ...madeDriver('recency', 60, 20), share: 0.125 },
    ]);
  });
});

test('what moved a few does not speak for the many whose reasons are not known', () => {
  const weeks = [9, 10, 9].map(customers => [
    madeMove('price', 'loyal', customers, {
      drivers: customers < 10 ? [] : [madeDriver('orders_per_month', 1, 3)],
    }),
  ]);
  const history = madeHistory(names, [500, 400, 300], weeks);
  expect(movesBetween(history, { from: history[0]!.asOf }, lapsed).moves[0]!.drivers).toEqual([]);
  expect(movesBetween(history, { from: history[1]!.asOf }, lapsed).moves[0]!.drivers).toHaveLength(1);
});

test('segments of those who stay away are told by their archetype, or by their RFM cell', () => {
  const model = reportModel(4);
  const archetyped = (ids: (string | null)[]) =>
    model.segments.map((segment, i) => ({
      ...segment,
      persona: { ...segment.persona, archetype: ids[i]! },
    }));
  expect([
    ...lapsedKeys({
      kind: 'clusters',
      segments: archetyped(['champions', 'lapsed_recoverable', null, 'fading']),
    }),
  ]).toEqual(['segment-b', 'segment-d']);
  expect([
    ...lapsedKeys({ kind: 'rfm', segments: archetyped(['champions', 'at_risk', 'fading', 'hibernating']) }),
  ]).toEqual(['segment-b', 'segment-d']);
});

test('each archetype of those who stay away is one that a segment can have', () => {
  const ids = overlays.flatMap(({ archetypes }) => archetypes.map(({ id }) => id));
  for (const id of lapsedArchetypes) expect(ids).toContain(id);
  for (const id of lapsedCells) expect(rfmCells.map(cell => cell.id)).toContain(id);
});
