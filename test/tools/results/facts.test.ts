import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Fact, unsupportedNumbers } from '../../../src/segmentation/written-numbers.ts';
import { factsInText, toldIn } from '../../../src/tools/results/facts.ts';
import {
  count,
  days,
  few,
  money,
  people,
  peopleOf,
  ratio,
  share,
} from '../../../src/tools/results/values.ts';

const result = z.object({
  name: z.string(),
  customers: people,
  share: share.nullable(),
  revenue: money.optional(),
  lists: z.array(z.object({ gap: days.describe('mean days between orders') })),
  byKind: z.record(z.string(), count),
  either: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('score'), value: ratio }),
    z.object({ kind: z.literal('amount'), value: money }),
  ]),
  open: z.boolean(),
});

const made: z.infer<typeof result> = {
  name: 'Lapsed after 90 days',
  customers: 1234,
  share: 0.1234,
  revenue: 5678.9,
  lists: [{ gap: 24.5 }, { gap: 40 }],
  byKind: { 'Size 42': 7 },
  either: { kind: 'amount', value: 12.5 },
  open: true,
};

/** All numbers, also those that are written in texts. */
const factsOf = (schema: z.ZodType, value: unknown): Fact[] =>
  toldIn(schema, value).flatMap(({ value, unit }) =>
    typeof value === 'string' ? factsInText(value) : [{ value, unit: unit! }],
  );

describe('what a result tells', () => {
  it('gives every number with its unit, and every number in its texts', () => {
    expect(factsOf(result, made)).toEqual([
      { value: 90, unit: 'days' },
      { value: 1234, unit: 'count' },
      { value: 0.1234, unit: 'share' },
      { value: 5678.9, unit: 'money' },
      { value: 24.5, unit: 'days' },
      { value: 40, unit: 'days' },
      { value: 42, unit: 'count' },
      { value: 7, unit: 'count' },
      { value: 12.5, unit: 'money' },
    ]);
  });

  it('takes the unit of the alternative that a value fits', () => {
    const facts = factsOf(result, { ...made, either: { kind: 'score', value: 12.5 } });
    expect(facts.at(-1)).toEqual({ value: 12.5, unit: 'ratio' });
  });

  it('gives nothing for what is left out', () => {
    const facts = factsOf(result, { ...made, share: null, revenue: undefined });
    expect(facts.some(({ unit }) => unit === 'share')).toBe(false);
  });

  it('bears out an answer that rounds, and refuses what was not found', () => {
    const facts = factsOf(result, made);
    expect(unsupportedNumbers('1,234 customers (12 %), who bring £5.7k.', facts)).toEqual([]);
    const invented = unsupportedNumbers('1,235 customers (13 %), who bring £5.9k.', facts);
    expect(invented.map(({ text }) => text)).toEqual(['1,235', '13 %', '£5.9k']);
  });

  it('lets "fewer than 10" be said again, and no count below ten', () => {
    const facts = factsOf(z.object({ customers: people }), { customers: peopleOf(4) });
    expect(unsupportedNumbers(`${few} customers`, facts)).toEqual([]);
    expect(unsupportedNumbers('under 10 customers', facts)).toEqual([]);
    for (let n = 0; n <= 10; n++) expect(unsupportedNumbers(`${n} customers`, facts)).toHaveLength(1);
    expect(unsupportedNumbers('fewer than 8 customers', facts)).toHaveLength(1);
  });

  it('takes a number without a unit for a defect', () => {
    expect(() => factsOf(z.object({ size: z.number() }), { size: 3 })).toThrow('has no unit');
  });

  it('says where each stands, and what counts customers', () => {
    const told = toldIn(result, made);
    expect(told.filter(({ people }) => people).map(({ value }) => value)).toEqual([1234]);
    expect(told.find(({ value }) => value === 40)).toMatchObject({
      path: ['lists', 'gap'],
      within: [made, { gap: 40 }],
    });
  });

  it.each([
    ['plain', people],
    ['described', people.describe('of all')],
    ['null or left out', people.nullable().optional()],
    ['in a list', z.array(people)],
  ])('knows counts of customers that are %s', (_, schema) => {
    const value = schema instanceof z.ZodArray ? [14, few] : 14;
    const [first] = toldIn(z.object({ schema, orders: count }), { schema: value, orders: 99 });
    expect(first).toMatchObject({ value: 14, people: true });
    expect(toldIn(z.object({ schema, orders: count }), { schema: value, orders: 99 }).at(-1)).toMatchObject({
      value: 99,
      people: false,
    });
  });
});
