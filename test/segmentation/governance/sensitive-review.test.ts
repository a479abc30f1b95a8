import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sensitiveReview } from '../../../src/segmentation/governance/sensitive-review.ts';
import { openState, type State } from '../../../src/state/state.ts';
import { stock } from '../../features/shop.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { stores } from '../../warehouse/stores.ts';
import { namedShop } from './shop.ts';

const dir = temporaryFolder();
let state: State;

beforeAll(async () => {
  state = await openState({ dataDir: dir.path });
  const at = '2026-02-01T10:00:00.000Z';
  const decision = { lawfulBasis: null, decidedBy: 'Ann', at, reason: 'r' } as const;
  await state.decisions.record({ ...decision, feature: 'recency', effect: 'allow' });
  await state.decisions.record({ ...decision, feature: 'recency', effect: 'block' });
  await state.blockedTerms.block([
    { term: 'Baby Shower', ground: 'health', reason: 'r', blockedBy: 'Ann', at },
    { term: 'Baby-shower fair', ground: 'proxy', reason: 'r', blockedBy: 'Ann', at },
    { term: 'gone by now', ground: 'proxy', reason: 'r', blockedBy: 'Ann', at },
  ]);
});
afterAll(async () => {
  await state.close();
  dir.remove();
});

describe.each(stores)('in $store', ({ open }) => {
  test('names are found by the lexicon and by what is blocked, with how many customers go with them', async () => {
    const warehouse = await open();
    await stock(warehouse, namedShop());
    const review = await sensitiveReview({ warehouse, state });
    expect(review.asOf).toBe('2026-01-06');
    expect(review.names).toEqual([
      { kind: 'category', name: 'Pregnancy tests', ground: 'health', foundBy: 'lexicon', customers: null },
      { kind: 'category', name: 'baby shower', ground: 'health', foundBy: 'blocked', customers: 12 },
      { kind: 'coupon', name: 'RAMADAN 10', ground: 'belief', foundBy: 'lexicon', customers: 12 },
      { kind: 'channel', name: 'Baby-Shower fair', ground: 'proxy', foundBy: 'blocked', customers: 12 },
    ]);
    expect(review.screened).toEqual({
      category: 3,
      product: 3,
      coupon: 1,
      campaign: 1,
      'ticket kind': 1,
      channel: 2,
      'event type': 1,
    });
    expect(review.features.map(({ id, decision, inModel }) => [id, decision?.effect, inModel])).toEqual([
      ['recency', 'block', false],
    ]);
    expect(review.plainFeatures).toBeGreaterThan(10);
    expect(review.blockedTerms.map(({ term, inModel }) => [term, inModel])).toEqual([
      ['Baby Shower', false],
      ['Baby-shower fair', false],
      ['gone by now', false],
    ]);
    await warehouse.close();
  });

  test('a shop without rows has no names', async () => {
    const warehouse = await open();
    const review = await sensitiveReview({ warehouse, state });
    expect([review.asOf, review.names]).toEqual([null, []]);
    await warehouse.close();
  });
});
