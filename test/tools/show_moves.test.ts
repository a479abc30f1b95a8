import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gone, newcomer } from '../../src/segmentation/refresh/record.ts';
import { few } from '../../src/tools/results/values.ts';
import { showMovesTool } from '../../src/tools/show_moves.ts';
import { reportModel } from '../report/fixture.ts';
import { madeDriver, madeHistory, madeMove } from '../segmentation/moves/made-history.ts';
import { call, madeShop } from './made-shop.ts';

interface Moved {
  [field: string]: unknown;
  sentenceKeys: { fromKey: string; toKey: string }[];
  moves: { from: string; to: string; fromKey: string; customers: unknown; revenueLastYear: unknown }[];
  segments: { key: string; customers: unknown; grew: unknown; shrank: unknown }[];
}

const model = { ...reportModel(3), segments: reportModel(3).segments.map(segment => ({ ...segment })) };
model.segments[2] = {
  ...model.segments[2]!,
  key: 'lost',
  persona: { ...model.segments[2]!.persona, name: 'Lost customers', archetype: 'lost' },
};
const names = { 'segment-a': 'Loyal regulars', 'segment-b': 'Bargain seekers', lost: 'Lost customers' };
const drivers = [madeDriver('orders_per_month', 1.2, 2.9)];

const shopOf = (weeks: Parameters<typeof madeHistory>[2]) =>
  madeShop({ model, records: madeHistory(names, [500, 400, 300], weeks) });
const moves = (context: ReturnType<typeof madeShop>, input = {}) =>
  call<Moved>(showMovesTool, context, input);

describe('show_moves', () => {
  const shop = shopOf([
    [madeMove('segment-b', 'segment-a', 40, { drivers }), madeMove(newcomer, 'segment-b', 25)],
    [
      madeMove('segment-b', 'segment-a', 20, { drivers }),
      madeMove('segment-a', 'lost', 15),
      madeMove('lost', 'segment-b', 12),
      madeMove('segment-a', gone, 3),
    ],
  ]);

  it('tells those of the last refresh, with what drove them', async () => {
    const moved = await moves(shop);
    expect(moved).toMatchObject({
      asOf: '2026-01-19',
      from: '2026-01-12',
      refreshes: 1,
      newcomers: { customers: few, revenueLastYear: null },
      lapsed: { customers: 15, revenueLastYear: 3000 },
      cameBack: { customers: 12, revenueLastYear: 2400 },
      sentences: expect.arrayContaining([
        expect.stringContaining('20 bargain seekers became loyal regulars, £4k of yearly revenue, because'),
      ]),
      more: 1,
    });
    expect(moved.moves[0]).toEqual({
      from: 'Bargain seekers',
      to: 'Loyal regulars',
      fromKey: 'segment-b',
      toKey: 'segment-a',
      customers: 20,
      revenueLastYear: 4000,
    });
  });

  it('says by keys who came first to the shop, also where a segment has the same name', async () => {
    const { moves: told, sentenceKeys } = await moves(shop, { to: '2026-01-12' });
    expect(told.map(({ from, fromKey }) => [from, fromKey])).toContainEqual(['First-time buyers', newcomer]);
    expect(sentenceKeys).toEqual([{ fromKey: 'segment-b', toKey: 'segment-a' }]);
  });

  it('joins those of several refreshes', async () => {
    const moved = await moves(shop, { from: '2026-01-05' });
    expect(moved).toMatchObject({ refreshes: 2, newcomers: { customers: 30, revenueLastYear: 5000 } });
    expect(moved.moves[0]).toMatchObject({ customers: 60 });
  });

  it('tells moves between dates in tens, so that those of one refresh do not follow from two pairs of dates', async () => {
    const lived = shopOf([
      [madeMove('segment-b', 'segment-a', 3, { drivers })],
      [madeMove('segment-b', 'segment-a', 24, { drivers })],
    ]);
    const both = await moves(lived, { from: '2026-01-05' });
    const last = await moves(lived, { from: '2026-01-12' });
    expect(both.moves[0]).toMatchObject({ customers: 30 });
    expect(last.moves[0]).toMatchObject({ customers: 20 });
    expect(both.sentences).toEqual([expect.stringContaining('30 bargain seekers became')]);
    for (const { segments } of [both, last])
      for (const { customers, grew, shrank } of segments)
        for (const told of [customers, grew, shrank])
          expect(typeof told === 'number' ? told % 10 : (told ?? few)).toBe(
            typeof told === 'number' ? 0 : few,
          );
  });

  it('tells how a segment changed without telling a size from which a few follow', async () => {
    const { segments } = await moves(shop);
    expect(segments).toEqual([
      { key: 'segment-a', name: 'Loyal regulars', customers: 542, grew: few, shrank: null },
      { key: 'segment-b', name: 'Bargain seekers', customers: 377, grew: null, shrank: few },
      { key: 'lost', name: 'Lost customers', customers: 303, grew: few, shrank: null },
    ]);
  });

  it('says which dates there are where nobody can have moved', async () => {
    await expect(moves(shop, { from: '2026-01-19' })).rejects.toMatchObject({
      next: expect.stringContaining('2026-01-05'),
    });
    await expect(moves(shop, { from: 'last month' })).rejects.toMatchObject({
      message: expect.stringContaining('"from"'),
    });
  });

  it('lists no move of fewer than ten, and lets none follow from a sum', async () => {
    const move = fc.record({
      from: fc.constantFrom(...Object.keys(names), newcomer),
      customers: fc.integer({ min: 1, max: 40 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(move, { selector: ({ from }) => from, minLength: 1 }), async given => {
        const week = given
          .filter(({ from }) => from !== 'segment-a')
          .map(({ from, customers }) => madeMove(from, 'segment-a', customers));
        const { moves: listed, newcomers, cameBack, segments } = await moves(shopOf([week]));
        for (const { customers } of listed) expect(customers).toBeGreaterThanOrEqual(10);
        const hidden = week.filter(({ customers }) => customers < 10);
        const grew = segments[0]!.grew;
        if (hidden.length > 0 && typeof grew === 'number') expect(grew % 10).toBe(0);
        for (const sum of [newcomers, cameBack] as { customers: number | string }[])
          expect(sum.customers === few || Number(sum.customers) >= 10).toBe(true);
      }),
    );
  });
});
