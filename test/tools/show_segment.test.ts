import { expect, it } from 'vitest';
import { unsupportedNumbers } from '../../src/segmentation/written-numbers.ts';
import { factsInText, toldIn } from '../../src/tools/results/facts.ts';
import { showSegmentTool } from '../../src/tools/show_segment.ts';
import { reportModel } from '../report/fixture.ts';
import { call, madeShop, withSizes } from './made-shop.ts';

interface Shown {
  [field: string]: unknown;
  setsApart: { feature: string; here: string; all: string; difference: number }[];
}

const show = (segment: string, context = madeShop()) => call<Shown>(showSegmentTool, context, { segment });

it('tells who they are, what sets them apart, and what to do', async () => {
  const shown = await show('segment-a');
  expect(shown).toMatchObject({
    asOf: '2026-11-01',
    key: 'segment-a',
    customers: 4938,
    persona: { author: 'deterministic', action: 'Thank them, and show them what is new first.' },
    rule: { precision: 0.91, recall: 0.84 },
    confidence: 0.58,
    nearest: [{ key: 'segment-b', distance: 2 }, { key: 'segment-c' }],
  });
  const differences = shown.setsApart.map(({ difference }) => Math.abs(difference));
  expect(differences).toEqual(differences.toSorted((a, b) => b - a));
  expect(shown.setsApart[0]).toEqual({
    feature: 'orders_per_month',
    label: 'orders per month',
    here: '0.21 a month',
    all: '0.6 a month',
    difference: -1.5,
  });
});

it.each(['segment-d', 'Lapsed but recoverable', 'lapsed  BUT recoverable'])(
  'finds it as "%s"',
  async said => {
    expect((await show(said)).key).toBe('segment-d');
  },
);

it('names the nearest where there is none of the name', async () => {
  await expect(show('Lapsed but recovrable')).rejects.toMatchObject({
    message: 'There is no segment "Lapsed but recovrable".',
    next: expect.stringContaining('Did you mean Lapsed but recoverable?'),
  });
});

it('tells of fewer than ten customers nothing that they are like', async () => {
  const model = withSizes(reportModel(3), [900, 500, 9]);
  const shown = await show('segment-c', madeShop({ model }));
  expect(shown).toMatchObject({
    customers: 'fewer than 10',
    persona: null,
    setsApart: [],
    rule: null,
    confidence: null,
    predictions: { lifetimeValue: null, churn: null },
  });
});

it('bears out what an answer says of it, and nothing else', async () => {
  const facts = toldIn(showSegmentTool.output, await show('segment-a')).flatMap(({ value, unit }) =>
    typeof value === 'string' ? factsInText(value) : [{ value, unit: unit! }],
  );
  const said = '4,938 customers (40 %) who order 0.21 times a month, not 0.6, and bring £235k.';
  expect(unsupportedNumbers(said, facts)).toEqual([]);
  expect(unsupportedNumbers('4,983 customers (42 %), £253k', facts)).toHaveLength(3);
});
