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

  test('are blocked in capitals and in small letters, also where capitals stand within a word', () => {
    const blocked = (term: string, by: string) => keptOut([term], [by]).length > 0;
    expect(blocked('IPHONE CASE', 'iPhone case')).toBe(true);
    expect(blocked('McCallum', 'mccallum')).toBe(true);
  });

  test('are blocked where they are, though the lexicon finds them: it is not asked about channels and events', () => {
    expect(keptOut(['Pharmacy app'], ['pharmacy app'])).toEqual([
      { term: 'Pharmacy app', category: 'blocked', matched: 'pharmacy app' },
    ]);
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
