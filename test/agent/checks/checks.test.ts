import { describe, expect, test } from 'vitest';
import { belittlingWordsIn } from '../../../src/agent/checks/belittling.ts';
import { claimsIn } from '../../../src/agent/checks/claims/find-claims.ts';
import { direction } from '../../../src/agent/checks/direction.ts';
import { groundedness } from '../../../src/agent/checks/groundedness.ts';
import { leakage, leaksIn } from '../../../src/agent/checks/leakage.ts';
import { plainText, sentencesOf } from '../../../src/agent/checks/plain-text.ts';
import { fleschOf, syllablesOf } from '../../../src/agent/checks/reading-ease.ts';
import { tokenSimilarity, trigramSimilarity } from '../../../src/agent/checks/similarity.ts';
import { quantitiesIn } from '../../../src/agent/checks/spelled-numbers.ts';
import type { PersonaDraft } from '../../../src/agent/tasks/naming/draft.ts';
import type { FactSheet, SheetFeature } from '../../../src/agent/tasks/naming/fact-sheet.ts';
import { factsInText } from '../../../src/tools/results/facts.ts';

const feature = (
  id: string,
  label: string,
  unit: SheetFeature['unit'],
  [value, overall]: [string, string],
  difference: number,
): SheetFeature => ({ id, label, unit, class: 'transaction', value, overall, difference, words: '' });

const features = [
  feature('orders_per_month', 'orders per month', 'per month', ['1.2 a month', '0.6 a month'], 1.4),
  feature('order_value', 'order value', 'money', ['£30.10', '£61.40'], -0.9),
  feature('discounted_order_share', 'share of orders with a discount', 'share', ['51 %', '24 %'], 0.8),
  feature('recency', 'days since the last order', 'days', ['124 days', '131 days'], -0.05),
  feature('recent_value_share', 'share of revenue in the last 90 days', 'share', ['33 %', '31 %'], 0.05),
];

function sheetOf(key = 'a', of = features): FactSheet {
  const told = {
    size: '2,635',
    share: '21 %',
    revenue: '£41,200',
    revenueShare: '12 %',
    perCustomer: '£15.64',
  };
  const written = [...Object.values(told), ...of.flatMap(({ value, overall }) => [value, overall])];
  return {
    key,
    name: key,
    ...told,
    features: of,
    rule: null,
    neighbours: [],
    facts: written.flatMap(factsInText),
  };
}

const draftOf = (changes: Partial<PersonaDraft>): PersonaDraft => ({
  key: 'a',
  name: 'Small baskets',
  sentence: 'Customers of the shop.',
  paragraph: 'Nothing.',
  evidence: [],
  action: { channel: null, offer: null, timing: null },
  avoid: 'Nothing.',
  neutralName: 'Spring list',
  misformed: null,
  ...changes,
});

const wrongNumbers = (paragraph: string) =>
  groundedness(draftOf({ paragraph }), sheetOf(), []).failures.map(failure => /^"([^"]+)"/.exec(failure)![1]);
const wrongClaims = (paragraph: string, others: Parameters<typeof direction>[2] = []) =>
  direction(draftOf({ paragraph }), sheetOf(), others).failures;

describe('groundedness', () => {
  test.each([
    'The 2,635 customers spend £30.10 an order and £41,200 in all.',
    'About 2,600 customers spend £30 an order.',
    'They order 1.2 times a month, against 0.6 a month.',
    'They order twice as often as all customers.',
    'They spend half as much, as their order value shows.',
    'Half of their orders come with a discount.',
    'Their order value is half that of all customers.',
    'About a fifth of customers.',
    'They have been away for about four months.',
    'Their share of revenue in the last 90 days is 33 %.',
    'They seldom buy the same thing twice, at half price or not, in the second half of the year.',
  ])('bears out: %s', text => expect(wrongNumbers(text)).toEqual([]));

  test.each([
    ['They are 2,653 customers.', '2,653'],
    ['They spend £31.10 an order.', '£31.10'],
    ['They spend 30 % an order.', '30 %'],
    ['A discount comes with 24.5 % of orders.', '24.5 %'],
    ['They order three times as often as all customers.', 'three times'],
    ['A third of their orders come with a discount.', 'a third'],
    ['More than half of customers.', 'half'],
    ['They order five times a week.', 'five times a week'],
    ['They come back after nine months.', 'nine months'],
    ['They are 124 people.', '124'],
  ])('does not bear out: %s', (text, number) => expect(wrongNumbers(text)).toEqual([number]));

  test.each([
    ['They use a discount on 33 % of orders.', ['33 %']],
    ['A discount comes with 51 % of orders, against 31 % of all.', ['31 %']],
    ['Their last order was 124 days ago, and the order value is £15.64.', []],
    ['The 21 % of customers with a discount on 51 % of orders bring 12 % of revenue.', []],
  ])('holds a clause to the figures of what it names: %s', (text, numbers) =>
    expect(wrongNumbers(text)).toEqual(numbers),
  );

  test('reads parts in words of what the sentence before names, and multiples of the usual gap', () => {
    const avoid = 'Do not rely on a discount. It comes with half of orders.';
    expect(groundedness(draftOf({ avoid }), sheetOf(), []).failures).toEqual([]);
    const late = [
      feature('overdue_ratio', 'time against the usual gap', 'times', ['2 times', '0.8 times'], 1),
    ];
    const told = (paragraph: string) => groundedness(draftOf({ paragraph }), sheetOf('a', late), []).score;
    expect(told('They have been away for twice the usual gap.')).toBe(1);
    expect(told('They have been away for triple the usual gap.')).toBe(0);
  });

  test('holds evidence to the figures of its own feature', () => {
    const evidence = (says: string) =>
      groundedness(
        draftOf({ evidence: [{ feature: 'order_value', direction: 'below', says }] }),
        sheetOf(),
        [],
      ).score;
    expect(evidence('£30.10 an order, against £61.40')).toBe(1);
    expect(evidence('51 % with a discount')).toBe(0);
  });
});

describe('direction', () => {
  test.each([
    'They order often.',
    'They do not order seldom.',
    'They spend little per order.',
    'They mostly buy with a discount.',
    'Order values are lower than those of all customers.',
    'They used to order rarely.',
    '51 % ordered once only.',
    'In “Frequent buyers of few orders” they buy most.',
    'They visit the site often.',
    'They rarely order at the full price.',
    'They do not place large orders.',
    'They order with a discount on 51 % of visits.',
    'Some rarely order.',
    'Those with large orders are elsewhere.',
  ])('says nothing against: %s', text => expect(wrongClaims(text)).toEqual([]));

  test.each([
    'They rarely order.',
    'They order less often than all customers.',
    'They place larger orders.',
    'They pay the full price.',
    'They hardly use a discount.',
    'They do not order often.',
    'They have not ordered for a long time.',
    'They never order.',
    'They often pay the full price on 51 % of orders.',
  ])('finds what is not so: %s', text => expect(wrongClaims(text)).toHaveLength(1));

  test('measures what is said of two segments between the two', () => {
    const keen = sheetOf('keen', [
      feature('orders_per_month', 'orders per month', 'per month', ['3', '0.6'], 2.5),
    ]);
    const others = [{ sheet: keen, draft: draftOf({ key: 'keen', name: 'Keen collectors' }) }];
    expect(wrongClaims('They order less often than the keen collectors.', others)).toEqual([]);
    expect(
      wrongClaims('Unlike the keen collectors, who order less often, they order often.', others),
    ).toEqual([]);
    expect(wrongClaims('Keen collectors order more often.', others)).toEqual([]);
    expect(wrongClaims('The collectors rarely order; these order often.', others)).toHaveLength(1);
    expect(wrongClaims('No other segment orders more often.', others)).toEqual([]);
    expect(wrongClaims('They order most often of all segments.', others)).toHaveLength(1);
    expect(wrongClaims('They are the most frequent customers of all segments.', others)).toHaveLength(1);
  });

  test('knows the words of the catalogue, in singular and plural', () => {
    expect(claimsIn('They buy the same products again.')[0]!.features).toMatchObject({
      repeat_product_share: 1,
    });
    expect(claimsIn('One-time buyers')[0]!.features).toMatchObject({ single_order: 1 });
    expect(claimsIn('share who ordered once only 0.7 % (all: 36 %)')).toEqual([]);
  });
});

describe('leakage', () => {
  test.each([
    ['Pregnant shoppers', 'pregnan'],
    ['Mums-to-be on a budget', 'pregnan'],
    ['Women who shop late', 'gender'],
    ['The over-60s', 'age'],
    ['Young families', 'family'],
    ['Devout customers', 'religion'],
    ['Buyers of prayer mats', 'belief'],
    ['Insulin buyers', 'health'],
    ['Write to ann@example.org', 'e-mail'],
  ])('sees %s', (text, trait) =>
    expect(
      leaksIn(text, true)
        .map(leak => leak.trait)
        .join(),
    ).toContain(trait),
  );

  test.each([
    'Customers with a healthy number of orders, a single order or two.',
    'Old stock, new arrivals and mature product lines; long-standing customers.',
    'Buyers from “Women’s shoes” and “Kids’ books”, before Mother’s Day.',
    'He or she who waits for the sale; patient buyers.',
    'Average age of the account: 400 days. Engaged with e-mails.',
    'A conservative estimate; the same age-old rhythm; black and white prints.',
    'Christmas and Easter shoppers, the Boxing Day sale.',
  ])('raises no false alarm: %s', text => expect(leaksIn(text, true)).toEqual([]));

  test('advice may forbid guessing; names may not quote', () => {
    expect(
      leakage(draftOf({ avoid: 'Do not guess at their age or gender.' }), sheetOf(), []).failures,
    ).toEqual([]);
    expect(leakage(draftOf({ name: '“Women’s shoes” buyers' }), sheetOf(), []).failures).toHaveLength(1);
  });
});

test('belittling words are seen, and plain ones are not', () => {
  expect(belittlingWordsIn('Seasonal cheapskates and discount addicts')).toHaveLength(2);
  expect(
    belittlingWordsIn('Buyers of cheap items who return a lot, with bad weather and poor reviews'),
  ).toEqual([]);
});

test('texts are put plainly and cut into sentences', () => {
  expect(plainText('One-time e-mail, £1,234.50 (all: 3).')).toBe(' one time email | £1234.50 | all | 3 | ');
  expect(sentencesOf('They spend £3.50. They “stay”. And go!')).toHaveLength(3);
});

test('quantities leave the room that their words leave', () => {
  const [quantity] = quantitiesIn('nearly half of them');
  expect(quantity!.most).toBe(0.5);
  expect(quantity!.least).toBeLessThan(0.4);
  expect(quantitiesIn('one in five')[0]).toMatchObject({ kinds: ['share'], said: 0.2 });
  expect(quantitiesIn('a third order, the second half, one-off')).toEqual([]);
});

test('likeness is 1 of a text with itself and 0 of texts without a word in common', () => {
  const text = 'Evening shoppers who fill the basket and come back in spring';
  expect([trigramSimilarity(text, text), tokenSimilarity(text, text)]).toEqual([1, 1]);
  expect(tokenSimilarity('Bargain buyers', 'Bargain shoppers')).toBe(1);
  expect(tokenSimilarity('Evening shoppers', 'Lapsed regulars')).toBe(0);
  expect(trigramSimilarity('a b', 'a b')).toBe(0);
});

test('reading ease is that of the formula', () => {
  expect(['make', 'table', 'wanted', 'bought', 'area', 'the'].map(syllablesOf)).toEqual([1, 2, 2, 1, 2, 1]);
  expect(fleschOf('The cat sat on the mat.')).toBeCloseTo(116.145, 3);
  expect(fleschOf('')).toBe(100);
});
