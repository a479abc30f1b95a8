import { describe, expect, test } from 'vitest';
import { movesBetween } from '../../../src/segmentation/moves/between.ts';
import { reasonOf } from '../../../src/segmentation/moves/driver-phrases.ts';
import { namedMoves } from '../../../src/segmentation/moves/named.ts';
import { asNoun } from '../../../src/segmentation/moves/names.ts';
import type { OverlayId } from '../../../src/segmentation/overlays/overlay.ts';
import { overlays } from '../../../src/segmentation/overlays/overlays.ts';
import type { Move, RefreshRecord } from '../../../src/segmentation/refresh/record.ts';
import { newcomer } from '../../../src/segmentation/refresh/record.ts';
import { rfmCells } from '../../../src/segmentation/rfm-cells.ts';
import { traits } from '../../../src/segmentation/traits.ts';
import { reportModel } from '../../report/fixture.ts';
import { madeDriver, madeHistory, madeMove } from './made-history.ts';

const names = {
  price: 'Price-driven occasional buyers',
  loyal: 'High-frequency loyalists',
  away: 'Lapsed but recoverable',
  rare: 'Light buyers',
};

function named(weeks: readonly (readonly Move[])[], period = {}) {
  const history = madeHistory(names, [5000, 4000, 3000, 2000], weeks);
  return namesAndMoves(history, period);
}

function namesAndMoves(history: RefreshRecord[], period = {}, overlay: OverlayId = 'ecommerce') {
  const model = reportModel(2);
  return namedMoves(movesBetween(history, period, new Set(['away'])), history, {
    ...model,
    recipe: { ...model.recipe, overlay },
  });
}

const oftener = [madeDriver('orders_per_month', 1.2, 2.9)];

describe('moves that matter', () => {
  test('read as a person would say it', () => {
    const [move] = named([[madeMove('price', 'loyal', 212, { revenueLastYear: 41_230, drivers: oftener })]]);
    expect(move!.sentence).toBe(
      '212 price-driven occasional buyers became high-frequency loyalists, £41k of yearly revenue, because they ordered more often (1.2 to 2.9 a month).',
    );
  });

  test('quote a name that cannot stand in the sentence', () => {
    const [move] = named([
      [
        madeMove('loyal', 'away', 1034, {
          revenueLastYear: 1_250_000,
          drivers: [madeDriver('recency', 20, 95)],
        }),
      ],
    ]);
    expect(move!.sentence).toBe(
      '1,034 customers moved from “High-frequency loyalists” to “Lapsed but recoverable”, £1.3m of yearly revenue, because they had not ordered for longer (20 to 95 days).',
    );
  });

  test('come by the revenue that moved, at most five, between segments alone', () => {
    const found = named([
      [
        madeMove('price', 'loyal', 20),
        madeMove('loyal', 'price', 90, { revenueLastYear: 900 }),
        madeMove('away', 'rare', 30),
        madeMove('rare', 'away', 31),
        madeMove('price', 'away', 32),
        madeMove('loyal', 'away', 33),
        madeMove(newcomer, 'rare', 500),
      ],
    ]);
    expect(found.map(({ from, to }) => `${from} ${to}`)).toEqual([
      'loyal away',
      'price away',
      'rare away',
      'away rare',
      'price loyal',
    ]);
  });

  test('come by customers where the shop knows no revenue, and say none', () => {
    const [first] = named([
      [
        madeMove('price', 'loyal', 20, { revenueLastYear: 0 }),
        madeMove('loyal', 'price', 90, { revenueLastYear: 0 }),
      ],
    ]);
    expect(first!.sentence).toBe('90 high-frequency loyalists became price-driven occasional buyers.');
  });

  const quiet = Array.from({ length: 6 }, () => [
    madeMove('price', 'loyal', 40),
    madeMove('loyal', 'rare', 30),
  ]);

  test('what is unusual for the pair comes before what is not, and is told beside it', () => {
    const [first, second] = named([
      ...quiet,
      [madeMove('price', 'loyal', 41), madeMove('loyal', 'rare', 31)],
    ]);
    expect([first!.from, second!.from]).toEqual(['price', 'loyal']);
    expect(first!.usual).toBeCloseTo(40, 9);
    expect(first!.sentence).not.toContain('usually');

    const [more] = named([
      ...quiet,
      [madeMove('price', 'loyal', 60, { revenueLastYear: 24_000 }), madeMove('loyal', 'rare', 90)],
    ]);
    expect(more!.sentence).toBe(
      '90 high-frequency loyalists became light buyers (usually about 30), £18k of yearly revenue.',
    );
  });

  test('a longer period is set against as long a one', () => {
    const history = madeHistory(names, [5000, 4000, 3000, 2000], [...quiet, ...quiet]);
    const [move] = namesAndMoves(history, { from: history[10]!.asOf });
    expect(move!.usual).toBeCloseTo(80, 9);
  });

  test('nothing is usual before there is a history, nor across another model', () => {
    const short = named([...quiet.slice(0, 3), [madeMove('price', 'loyal', 100)]]);
    expect(short[0]!.usual).toBeNull();
    const history = madeHistory(
      names,
      [5000, 4000, 3000, 2000],
      [...quiet, [madeMove('price', 'loyal', 100)]],
    );
    history[5] = { ...history[5]!, kind: 'promotion' };
    expect(namesAndMoves(history)[0]!.usual).toBeNull();
  });

  test('a pair that hardly ever moved is said to be so without a figure', () => {
    const [move] = named([...quiet, [madeMove('rare', 'price', 50)]]);
    expect(move!.sentence).toContain('(usually fewer than 10)');
  });

  test('fewer than ten are not told, however much they spent', () => {
    const few = madeMove('price', 'loyal', 9, { revenueLastYear: 90_000, drivers: oftener });
    expect(named([[few]])).toEqual([]);
    expect(named([[few, madeMove('loyal', 'away', 12)]]).map(({ from }) => from)).toEqual(['loyal']);
  });

  test('a sector’s words stand for customers and orders', () => {
    const history = madeHistory(
      { ...names, loyal: 'Regulars' },
      [5000, 4000, 3000, 2000],
      [[madeMove('away', 'loyal', 20, { revenueLastYear: 0, drivers: oftener })]],
    );
    expect(namesAndMoves(history, {}, 'hospitality')[0]!.sentence).toBe(
      '20 guests moved from “Lapsed but recoverable” to “Regulars”, because they booked more often (1.2 to 2.9 a month).',
    );
  });

  test('a week without moves names none', () => {
    expect(named([[]])).toEqual([]);
  });
});

describe('what moved them', () => {
  test.each([
    [[madeDriver('orders_per_month', 2.9, 1.2)], 'they ordered less often (2.9 to 1.2 a month)'],
    [[madeDriver('discounted_order_share', 0.1, 0.62)], 'they used discounts more (10 to 62 %)'],
    [[madeDriver('order_value', 20, 145.5)], 'they spent more an order (£20.00 to £146)'],
    [
      [
        madeDriver('orders_per_month', 1, 3, 0.6),
        madeDriver('order_value', 20, 30, 0.3),
        madeDriver('recency', 9, 8, 0.1),
      ],
      'they ordered more often (1 to 3 a month) and spent more an order (£20.00 to £30.00)',
    ],
    // Known to the catalogue, without words of its own.
    [
      [{ ...madeDriver('tenure', 100, 200), label: 'days since the first order' }],
      'their days since the first order rose (100 to 200 days)',
    ],
    // The change does not show: what made it next is told.
    [
      [madeDriver('order_value', 250.1, 250.2, 0.6), madeDriver('sessions', 3, 9, 0.3)],
      'they visited more (3 to 9)',
    ],
    [
      [madeDriver('category_mix_1', 0.1, 0.3), madeDriver('category_mix_2', 0.1, 0.2)],
      'they bought in other categories',
    ],
    [[madeDriver('recency', Number.NaN, 3)], ''],
    [[], ''],
  ])('%#', (drivers, text) => {
    expect(reasonOf(drivers, 'GBP')).toBe(text);
  });

  test('a label that is not the catalogue’s is fenced', () => {
    const driver = { ...madeDriver('made_up', 1, 2), label: 'ignore "all" <b>rules</b>' };
    expect(reasonOf([driver], null)).toBe('their “ignore all brules/b” rose (1 to 2)');
  });
});

describe('names within a sentence', () => {
  test('archetypes and traits that are plurals can follow a number, states cannot', () => {
    const heads = Object.values(traits).flatMap(({ high, low }) => [high, low]);
    const all = [...overlays.flatMap(({ archetypes }) => archetypes), ...rfmCells].map(({ name }) => name);
    const told = [...all, ...heads.flatMap(trait => (trait ? [trait.head] : []))];
    for (const name of told) expect(asNoun(name) ?? 'x').toMatch(/^\p{Ll}/u);
    const states = [...new Set(told.filter(name => asNoun(name) === null))];
    expect(states).toEqual([
      'Lapsed but recoverable',
      'Promising',
      'Need attention',
      'About to sleep',
      'At risk',
      'Cannot lose them',
      'Hibernating',
      'Lost',
      'Customers all alike',
    ]);
  });

  test.each([
    ['Evening shoppers with large baskets', 'evening shoppers with large baskets'],
    ['VIPs', 'VIPs'],
    ['E-mail readers', 'e-mail readers'],
    ['Zoë’s "friends"', null],
    ['5 stars', null],
    ['Big business', null],
  ])('%s', (name, noun) => {
    expect(asNoun(name)).toBe(noun);
  });
});
