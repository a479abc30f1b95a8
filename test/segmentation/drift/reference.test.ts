import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { featureById } from '../../../src/features/catalogue.ts';
import type { FeatureTable } from '../../../src/features/feature.ts';
import {
  countInto,
  distributionsOf,
  fitReference,
  startCounting,
} from '../../../src/segmentation/drift/reference.ts';

function tableOf(columns: Record<string, number[]>): FeatureTable {
  const ids = Object.keys(columns);
  return {
    asOf: '2026-01-01',
    profileIds: columns[ids[0]!]!.map((_, i) => `shop/${i}`),
    features: ids.map(id => featureById(id)!),
    values: ids.map(id => Float64Array.from(columns[id]!)),
  };
}

const columnsOf = (table: FeatureTable) =>
  new Map(table.features.map((feature, j) => [feature.id, table.values[j]!]));
const chunk = (table: FeatureTable, from: number, to: number) =>
  new Map(table.features.map((feature, j) => [feature.id, table.values[j]!.slice(from, to)]));
const total = (counts: readonly (readonly number[])[]) => counts.flat().reduce((sum, n) => sum + n, 0);

describe('fitReference', () => {
  it('puts as many customers into each decile where no value repeats', () => {
    const rows = Array.from({ length: 500 }, (_, i) => i);
    const table = tableOf({
      tenure: rows.map(i => 1 + ((i * 7919) % 500)),
      order_value: rows.map(i => 10 + i / 7),
    });
    const [feature] = fitReference(table, ['order_value']).features;
    expect(feature!.edges).toHaveLength(9);
    const byBin = feature!.edges
      .concat(0)
      .map((_, bin) => feature!.counts.reduce((sum, band) => sum + band[bin]!, 0));
    expect(byBin).toEqual(new Array(10).fill(50));
  });

  it('gives a feature of many zeros fewer bins, and a feature that never varies one', () => {
    const rows = Array.from({ length: 300 }, (_, i) => i);
    const table = tableOf({
      tenure: rows.map(i => i + 1),
      sessions: rows.map(i => (i % 3 === 0 ? i : 0)),
      unsubscribed: rows.map(i => (i % 50 === 0 ? 1 : 0)),
      offline_share: rows.map(() => 0),
    });
    const { features } = fitReference(table, ['sessions', 'unsubscribed', 'offline_share']);
    expect(features[0]!.edges).toEqual([0, ...features[0]!.edges.slice(1)]);
    expect(features[0]!.edges).toHaveLength(4);
    expect(features[1]!.edges).toEqual([0]);
    expect(features[2]!.edges).toEqual([]);
  });

  it('leaves the open band to those older than anybody was in training', () => {
    const rows = Array.from({ length: 480 }, (_, i) => i);
    const table = tableOf({ tenure: rows.map(i => i + 1), order_value: rows });
    const reference = fitReference(table, ['order_value']);
    expect(reference.tenureEdges.at(-1)).toBe(480);
    expect(reference.features[0]!.counts.at(-1)).toEqual(new Array(10).fill(0));
    const counting = startCounting(reference);
    countInto(
      counting,
      new Map([
        ['tenure', Float64Array.of(480, 481)],
        ['order_value', Float64Array.of(-5, 9e9)],
      ]),
    );
    const [counted] = distributionsOf(counting);
    expect(counted!.counts.at(-1)!.at(-1)).toBe(1);
    expect(counted!.counts.at(-2)![0]).toBe(1);
  });

  it('counts missing values by band, and everybody where a column is absent', () => {
    const table = tableOf({ tenure: [1, 2, 3, 4], order_value: [5, Number.NaN, 7, Number.NaN] });
    const reference = fitReference(table, ['order_value', 'click_rate']);
    expect(reference.features.map(({ feature }) => feature)).toEqual(['order_value']);
    expect(reference.features[0]!.missing).toEqual([2, 0]);
    const counting = startCounting(reference);
    countInto(counting, new Map([['tenure', Float64Array.of(1, 9)]]));
    expect(distributionsOf(counting)[0]!.missing).toEqual([1, 1]);
  });
});

describe('countInto', () => {
  const value = fc.oneof(
    fc.constant(0),
    fc.constant(Number.NaN),
    fc.double({ min: 0, max: 100, noNaN: true }),
  );
  const rows = fc.array(fc.record({ tenure: fc.integer({ min: 1, max: 900 }), value }), {
    minLength: 1,
    maxLength: 300,
  });

  it('counts everybody once, and gives the same however the rows are cut', () => {
    fc.assert(
      fc.property(rows, rows, fc.nat(), (training, later, cut) => {
        const made = (of: typeof training) =>
          tableOf({ tenure: of.map(row => row.tenure), order_value: of.map(row => row.value) });
        const reference = fitReference(made(training), ['order_value']);
        const table = made(later);
        const whole = startCounting(reference);
        countInto(whole, columnsOf(table));
        const parts = startCounting(reference);
        const at = cut % (later.length + 1);
        countInto(parts, chunk(table, at, later.length));
        countInto(parts, chunk(table, 0, at));
        expect(distributionsOf(parts)).toEqual(distributionsOf(whole));
        const [counted] = distributionsOf(whole);
        expect(total(counted!.counts) + total([counted!.missing])).toBe(later.length);
        const known = training.filter(row => !Number.isNaN(row.value)).length;
        expect(total(reference.features[0]!.counts)).toBe(known);
      }),
      { numRuns: 60 },
    );
  });
});
