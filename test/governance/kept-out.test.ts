import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keptOut } from '../../src/governance/kept-out.ts';

describe('names that are kept out', () => {
  test('are those of the lexicon and those that are blocked, in the order asked', () => {
    expect(keptOut(['tea', 'Baby shower', 'Pregnancy tests'], ['Baby shower'])).toEqual([
      { term: 'Baby shower', category: 'blocked', matched: 'Baby shower' },
      { term: 'Pregnancy tests', category: 'health', matched: 'pregnancy' },
    ]);
  });

  test('are blocked in whatever way they are written, and only whole', () => {
    const blocked = (term: string) => keptOut([term], ['Baby-Shower']).length > 0;
    expect(['baby shower', 'BABY SHOWER', ' Bäby  shower!'].map(blocked)).toEqual([true, true, true]);
    expect(['baby', 'baby shower balloons', ''].map(blocked)).toEqual([false, false, false]);
  });

  test('are told apart by their signs where they have no letters', () => {
    expect(keptOut(['♂', '♀', '♀ '], ['♀']).map(({ term }) => term)).toEqual(['♀']);
  });

  test('blocking adds to what the lexicon finds and takes nothing away', () => {
    const names = fc.uniqueArray(
      fc.oneof(fc.string(), fc.constantFrom('Insulin', 'tea', 'Tea', 'Prayer rug')),
    );
    fc.assert(
      fc.property(names, names, (terms, blocked) => {
        const found = new Set(keptOut(terms, blocked).map(({ term }) => term));
        for (const { term } of keptOut(terms, [])) expect(found).toContain(term);
        for (const term of terms) if (blocked.includes(term)) expect(found).toContain(term);
      }),
    );
  });
});
