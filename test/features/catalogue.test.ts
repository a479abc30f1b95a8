import { describe, expect, test } from 'vitest';
import {
  catalogue,
  catalogueVersion,
  catalogueWith,
  featureById,
  featureRows,
  versionOf,
} from '../../src/features/catalogue.ts';

test('holds at least forty features in five classes for every shop, and more for sectors', () => {
  const core = catalogueWith([]);
  expect(core.length).toBeGreaterThanOrEqual(40);
  expect(new Set(core.map(feature => feature.class)).size).toBe(5);
  expect(catalogueWith(['stays', 'plans', 'usage', 'accounts'])).toEqual(catalogue);
});

test('finds a feature by its id', () => {
  expect(featureById('recency')?.class).toBe('lifecycle');
  expect(featureById('shoe_size')).toBeUndefined();
});

test('ids differ from one another', () => {
  expect(new Set(catalogue.map(({ id }) => id)).size).toBe(catalogue.length);
});

test('counts and times of behaviour are not sensitive', () => {
  expect(catalogue.filter(({ sensitivity }) => sensitivity !== 'none')).toEqual([]);
});

describe.each(catalogue)('$id', feature => {
  test('has a column name and words that stand in a sentence', () => {
    expect(feature.id).toMatch(/^[a-z]+(_[a-z0-9]+)*$/);
    for (const words of [feature.label, feature.high, feature.low])
      expect(words).toMatch(/^[a-z][^.]+[^.\s]$/);
    expect(feature.high).not.toBe(feature.low);
  });

  test('is supported by a count of things', () => {
    if (feature.support !== undefined) expect(featureById(feature.support)?.unit).toBe('count');
    if (feature.counted) expect(feature.support).toBeDefined();
  });
});

describe('the version', () => {
  const changed = (change: object) =>
    versionOf([{ ...catalogue[0]!, ...change }, ...catalogue.slice(1)], featureRows);

  test('changes with what a number means', () => {
    expect(changed({ sql: 'buyers.orders + 1' })).not.toBe(catalogueVersion);
    expect(changed({ transform: 'none' })).not.toBe(catalogueVersion);
    expect(versionOf(catalogue, [{ ...featureRows[0]!, ctes: '' }, ...featureRows.slice(1)])).not.toBe(
      catalogueVersion,
    );
  });

  test('does not change with its words', () => {
    expect(changed({ label: 'how often they came' })).toBe(catalogueVersion);
  });
});
