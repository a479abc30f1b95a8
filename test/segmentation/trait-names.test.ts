import { expect, test } from 'vitest';
import { featureById } from '../../src/features/catalogue.ts';
import type { FeatureSummary } from '../../src/segmentation/model.ts';
import { shopWords } from '../../src/segmentation/overlays/words.ts';
import { nameByTraits } from '../../src/segmentation/trait-names.ts';

function summary(id: string, difference: number, value: number, overall: number): FeatureSummary {
  const { label, unit, class: of } = featureById(id)!;
  const values = { mean: value, median: value, overallMean: overall, overallMedian: overall };
  return { id, label, unit, class: of, ...values, difference, explained: 0.5 };
}

const name = (...features: FeatureSummary[]) => nameByTraits(features, new Set(), shopWords).name;

test('the two strongest traits make the name', () => {
  const evening = summary('evening_share', 1.2, 0.7, 0.3);
  const baskets = summary('basket_items', 0.9, 12, 5);
  expect(name(baskets, evening, summary('return_rate', 0.1, 0.2, 0.15))).toBe(
    'Evening shoppers with large baskets',
  );
});

test('a trait that its own figures do not show makes no name', () => {
  const evening = summary('evening_share', 0.5, 0.7, 0.3);
  // The means differ in the transformed space; the customers in the middle do not.
  expect(name(summary('sessions', 1.2, 4, 4), evening)).toBe('Evening shoppers');
  expect(name(summary('sessions', 1.2, 3, 4), evening)).toBe('Evening shoppers');
});
