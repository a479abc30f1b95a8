import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMatrix } from '../../src/clustering/matrix.ts';
import { describeSegments } from '../../src/segmentation/describe.ts';
import type { Model } from '../../src/segmentation/model.ts';
import { restate } from '../../src/segmentation/restate.ts';
import { rfmCells } from '../../src/segmentation/rfm-cells.ts';
import type { SummaryInput } from '../../src/segmentation/summary.ts';
import { reportModel } from '../report/fixture.ts';
import { type Group, inputOf, madeShop } from './made-table.ts';
import { measured } from './measured.ts';

/** A model described from rows, as a fit does it. */
function modelOf(input: SummaryInput, change: Partial<Model> = {}): Model {
  const rfm = input.matrix.cols === 0;
  const { segments, carrying } = describeSegments({
    ...input,
    overlay: 'ecommerce',
    transforms: [...input.transforms],
    rowOf: Int32Array.from(input.rowOf),
    ...(rfm ? { given: rfmCells.slice(0, input.k) } : {}),
  });
  return { ...reportModel(input.k), kind: rfm ? 'rfm' : 'clusters', segments, carrying, ...change };
}

const shop = (groups: readonly Group[], seed: number): SummaryInput => {
  const made = madeShop(groups, undefined, seed);
  // Some are not known of everybody.
  const values = made.table.values.map((column, j) =>
    column.map((value, i) => ((i * 7 + j * 3) % 11 === 0 && j % 3 === 0 ? Number.NaN : value)),
  );
  return inputOf(made.table.features, values, made.labels, made.k);
};

const loyal = { orders_per_month: 2.4, recency: 9, discounted_order_share: 0.05 };
const lapsed = { overdue_ratio: 6, recency: 320, recent_value_share: 0, sessions: 0.2, open_rate: 0.02 };
const evening = { evening_share: 0.95 };
const groups: Group[] = [
  { size: 160, traits: loyal },
  { size: 90, traits: lapsed },
  { size: 60, traits: evening },
  { size: 200 },
];

/** Figures without their last bits. */
const rounded = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === 'number' ? Number(inner.toPrecision(7)) + 0 : inner,
    ),
  );

describe('restating', () => {
  test('the rows that a model was described from gives the same segments, texts and all', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 1000 }),
        fc.boolean(),
        (sizes, seed, rfm) => {
          const made = shop(
            sizes.map((size, g) => ({ ...groups[g]!, size })),
            seed,
          );
          const input = rfm ? { ...made, matrix: createMatrix(made.labels.length, 0), transforms: [] } : made;
          const model = modelOf(input);
          expect(rounded(restate(model, measured(input)).segments)).toEqual(rounded(model.segments));
        },
      ),
      { numRuns: 25 },
    );
  });

  const model = modelOf(shop(groups, 1));
  const later = shop(
    [
      { size: 300, traits: { ...loyal, orders_per_month: 3.1 } },
      { size: 40, traits: lapsed },
      { size: 60, traits: { recency: 4, tickets_per_order: 0.9 } },
      { size: 200 },
    ],
    2,
  );
  const restated = restate(model, measured(later, '2026-03-01'));

  test('keeps key, name, archetype, action and rule, and writes figures and texts anew', () => {
    expect(restated.segments.map(({ size }) => size)).toEqual([300, 40, 60, 200]);
    restated.segments.forEach((segment, s) => {
      const before = model.segments[s]!;
      expect([segment.key, segment.rule]).toEqual([before.key, before.rule]);
      const { name, archetype, action, author } = segment.persona;
      expect({ name, archetype, action, author }).toEqual({
        name: before.persona.name,
        archetype: before.persona.archetype,
        action: before.persona.action,
        author: 'deterministic',
      });
      expect(segment.persona.paragraph).not.toBe(before.persona.paragraph);
    });
    expect(restated.segments[0]!.persona.paragraph).toMatch(/^300 customers \(50 % of all\)/);
    expect(restated.segments[0]!.persona.paragraph).toContain('3.1 times a month');
  });

  test('one that was named by its traits says what its members stand out by now', () => {
    expect(model.segments[2]!.persona).toMatchObject({ archetype: null });
    expect(model.segments[2]!.persona.sentence).toContain('evening orders');
    expect(restated.segments[2]!.persona.sentence).not.toContain('evening orders');
    expect(restated.segments[2]!.persona.sentence).toMatch(/^Customers who stand out by .*support tickets/);
  });

  test('says the date and restates the population', () => {
    const { setAside } = model.population;
    const measures = measured(later, '2026-03-01');
    const aside = {
      ...measures,
      population: { ...measures.population, revenue: 1000, setAside: { count: 2, revenue: 250 } },
    };
    expect(restate(model, aside)).toMatchObject({
      describedAsOf: '2026-03-01',
      asOf: model.asOf,
      population: {
        customers: 600,
        withoutOrders: 3,
        setAside: { count: 2, revenueShare: 0.25, why: setAside.why },
      },
    });
  });

  test('what scores customers is not touched', () => {
    const { centroids, transforms, limits, cuts, reference, embedding } = model;
    expect(restated).toMatchObject({ centroids, transforms, limits, cuts, reference, embedding });
  });

  test('texts of a language model stay, their evidence takes the new figures', () => {
    const [first, ...others] = model.segments;
    const persona = { ...first!.persona, author: 'model' as const, sentence: 'As told.', paragraph: 'So.' };
    const { segments } = restate(
      { ...model, segments: [{ ...first!, persona }, ...others] },
      measured(later),
    );
    expect(segments[0]!.persona).toMatchObject({ sentence: 'As told.', paragraph: 'So.' });
    const rate = segments[0]!.persona.evidence.find(({ feature }) => feature === 'orders_per_month');
    expect(rate?.value).toBe('3.1 a month');
  });

  test('of a text of a language model, sentences whose figures are so no longer give way to those of now', () => {
    const [first, ...others] = model.segments;
    const before = first!.persona;
    const persona = {
      ...before,
      author: 'model' as const,
      name: 'Weekly shoppers',
      sentence: 'They order 2.4 times a month.',
      paragraph: `They come back by themselves. ${before.paragraph} They order 2.4 times a month.`,
      action: 'Write to them by e-mail. Do it as often as they order, 2.4 times a month.',
      avoid: 'Do not write 2.4 times a month.',
    };
    const given = { ...model, segments: [{ ...first!, persona }, ...others] };
    const [restated] = restate(given, measured(later)).segments;
    const [fresh] = restate(model, measured(later)).segments;
    expect(restated!.persona.sentence).toBe(fresh!.persona.sentence);
    expect(restated!.persona.paragraph).toBe(`They come back by themselves. ${fresh!.persona.paragraph}`);
    expect(restated!.persona).toMatchObject({
      name: 'Weekly shoppers',
      author: 'model',
      action: 'Write to them by e-mail.',
      avoid: fresh!.persona.avoid,
    });
    // Once more on the same day changes nothing.
    const again = restate({ ...given, segments: [restated!, ...others] }, measured(later));
    expect(again.segments[0]!.persona).toEqual(restated!.persona);
  });

  test('of a segment that fell under ten customers no text of a language model is left', () => {
    const few = {
      ...later,
      labels: later.labels.map((label, i) => (label === 1 && i % 30 !== 0 ? 3 : label)),
    };
    const told = model.segments.map(segment => ({
      ...segment,
      persona: {
        ...segment.persona,
        author: 'model' as const,
        sentence: 'They buy toys.',
        paragraph: 'So.',
        action: 'Send toys.',
      },
    }));
    const [, small] = restate({ ...model, segments: told }, measured(few)).segments;
    expect(small!.size).toBeLessThan(10);
    expect(small!.persona.sentence).not.toBe('They buy toys.');
    expect(small!.persona.action).not.toBe('Send toys.');
    expect(small!.persona.paragraph).toContain('fewer than 10');
  });

  test('says what not to do where a persona is from before anybody did', () => {
    const old = model.segments.map(segment => ({ ...segment, persona: { ...segment.persona, avoid: '' } }));
    const { segments } = restate({ ...model, segments: old }, measured(later));
    for (const { persona } of segments.filter(({ persona }) => persona.archetype !== null))
      expect(persona.avoid).toMatch(/^Do not /);
  });

  test('a segment that lost everybody says that it is small, and no text or figure breaks', () => {
    const emptied = { ...later, labels: later.labels.map(label => (label === 1 ? 3 : label)) };
    const found = restate(model, measured(emptied));
    expect(found.segments[1]).toMatchObject({ size: 0, share: 0, revenue: 0, confidence: 0 });
    expect(found.segments[1]!.persona.paragraph).toContain('fewer than 10');
    expect(JSON.stringify(found.segments)).not.toMatch(/NaN|undefined|Infinity/);
    expect(JSON.parse(JSON.stringify(found.segments))).toEqual(found.segments);
  });
});
