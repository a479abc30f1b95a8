import { expect, test } from 'vitest';
import type { Decision } from '../../../src/governance/decisions.ts';
import {
  standingBlocks,
  standingBlockWarnings,
} from '../../../src/segmentation/governance/standing-blocks.ts';
import type { Model } from '../../../src/segmentation/model.ts';
import { exampleModel } from '../../state/example-model.ts';

const block = (feature: string): Decision => ({
  feature,
  effect: 'block',
  lawfulBasis: null,
  decidedBy: 'Ann',
  at: '2026-01-01T00:00:00.000Z',
  reason: 'r',
});

function modelOf(categoryWeight: number): Model {
  const model = exampleModel();
  const { recipe } = model;
  return {
    ...model,
    recipe: {
      ...recipe,
      features: [{ id: 'recency', weight: 1 }],
      classWeights: { ...recipe.classWeights, category: categoryWeight },
    },
    embedding: { of: 'category', terms: ['Tea', 'baby shower'], idf: [], components: [], singularValues: [] },
  };
}

test('what is blocked and still has a part in the segments is told, and nothing else', () => {
  const blocked = [{ term: 'Baby-Shower' }, { term: 'coffee' }];
  const found = standingBlocks(modelOf(1), [block('recency'), block('orders')], blocked);
  expect(found).toEqual({ features: ['recency'], terms: ['Baby-Shower'] });
  const [warning] = standingBlockWarnings(found);
  expect(warning).toContain('the feature "recency" and 1 name of what is bought');
  expect(warning).not.toContain('Baby');
});

test('a mix without weight moves nobody, and no model has nothing in it', () => {
  const nothing = { features: [], terms: [] };
  expect(standingBlocks(modelOf(0), [], [{ term: 'baby shower' }])).toEqual(nothing);
  expect(standingBlocks(undefined, [block('recency')], [])).toEqual(nothing);
  expect(standingBlockWarnings(nothing)).toEqual([]);
});
