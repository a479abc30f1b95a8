import { describe, expect, test } from 'vitest';
import { featureById } from '../../src/features/catalogue.ts';
import { allowedBy, type Decision, refuseSensitive } from '../../src/governance/decisions.ts';
import { harmless, lexicon } from '../../src/governance/lexicon.ts';
import { screenTerms } from '../../src/governance/sensitivity.ts';

describe('screening of terms', () => {
  test.each([
    ['Pregnancy test', 'health'],
    ['PREGNANCIES AND BABIES', 'health'],
    ['Crutches', 'health'],
    ['HearingAid batteries', 'health'],
    ['medicine_cupboard-refill', 'health'],
    ['Alzheimer’s care', 'health'],
    ['Schwangerschaftstests', 'health'],
    ['Médicaments sans ordonnance', 'health'],
    ['Hörgeräte', 'health'],
    ['silla de ruedas plegable', 'health'],
    ['Illustrated Bibles', 'belief'],
    ['Kosher salt', 'belief'],
    ['Prayer rugs & mats', 'belief'],
    ['Różaniec drewniany', 'belief'],
    ['Election campaign badges', 'politics'],
    ['Rainbow PRIDE flags', 'sexuality'],
    ['Afro hair care', 'ethnicity'],
    ['Trade-union diary', 'union'],
    ['Gewerkschaftsbedarf', 'union'],
    ['DNA test kit', 'biometric'],
  ])('%s tells of %s', (term, category) => {
    expect(screenTerms([term])).toEqual([{ term, category, matched: expect.any(String) }]);
  });

  test.each([
    ['Scunthorpe mug'],
    ['Essex & Sussex tea towel'],
    ['Church candle holder'],
    ['Christmas baubles'],
    ['Cross-body bag'],
    ['Pride and Prejudice'],
    ['Union Jack bunting'],
    ['Red/green party plates'],
    ['Black and white stripes'],
    ['Depression glass'],
    ["The Gardener's Bible"],
    ['Medicine ball, 5 kg'],
    ['Anti-fingerprint steel fridge'],
    ['Cancer zodiac necklace'],
    ['Bibliotheca shelf'],
    ['Hiver 2024'],
    ['Vegan biscuits'],
    ['First aid kit'],
    [''],
    ['!!!'],
    ['日本茶'],
  ])('"%s" is left in peace', term => {
    expect(screenTerms([term])).toEqual([]);
  });

  test('a harmless phrase does not hide what stands beside it', () => {
    expect(screenTerms(['Medicine ball and insulin pump']).map(({ matched }) => matched)).toEqual([
      'insulin',
    ]);
  });

  test('every entry of the lexicon finds itself, and no harmless phrase is idle', () => {
    for (const [category, entries] of Object.entries(lexicon)) {
      for (const entry of entries) {
        const term = entry.replace('*', 'x');
        expect(screenTerms([term]), term).toEqual([
          { term, category: expect.any(String), matched: expect.any(String) },
        ]);
        expect(entry, `${category}: ${entry}`).toMatch(/^[a-z0-9 ]+\*?$/);
      }
    }
    const words = Object.values(lexicon).flat();
    for (const phrase of harmless)
      expect(
        words.some(word => phrase.includes(word.replace('*', ''))),
        phrase,
      ).toBe(true);
  });
});

describe('decisions', () => {
  const plain = featureById('recency')!;
  const proxy = {
    ...plain,
    id: 'buys_on_saturdays',
    label: 'share of orders on Saturdays',
    sensitivity: 'proxy' as const,
  };
  const special = {
    ...plain,
    id: 'buys_medicine',
    label: 'share of medicine',
    sensitivity: 'special' as const,
  };
  const decision: Decision = {
    feature: proxy.id,
    effect: 'allow',
    lawfulBasis: 'consent',
    decidedBy: 'A. Person',
    at: '2024-01-01T00:00:00Z',
    reason: 'asked and agreed',
  };

  test('are needed for sensitive features only', () => {
    expect(allowedBy([], plain)).toBe(true);
    expect(allowedBy([], proxy)).toBe(false);
    expect(allowedBy([decision], proxy)).toBe(true);
    expect(allowedBy([decision], special)).toBe(false);
  });

  test('the latest on a feature stands, and a block keeps out what is not sensitive too', () => {
    const block: Decision = { ...decision, effect: 'block', lawfulBasis: null };
    expect(allowedBy([decision, block], proxy)).toBe(false);
    expect(allowedBy([block, decision], proxy)).toBe(true);
    expect(allowedBy([{ ...block, feature: plain.id }], plain)).toBe(false);
    expect(allowedBy([{ ...block, feature: 'another' }], plain)).toBe(true);
  });

  test('a recipe with a sensitive feature is refused without one, whoever wrote it', () => {
    const features = [plain, proxy, special];
    const recipe = (...ids: string[]) => ({ features: ids.map(id => ({ id })) });
    expect(() => refuseSensitive(features, recipe('recency'), [])).not.toThrow();
    expect(() => refuseSensitive(features, recipe('recency', proxy.id), [decision])).not.toThrow();
    expect(() => refuseSensitive(features, recipe(proxy.id), [])).toThrow(
      'can stand in for a protected trait',
    );
    expect(() => refuseSensitive(features, recipe(special.id), [decision])).toThrow(
      'tells of a protected trait',
    );
    const block: Decision = { ...decision, feature: 'recency', effect: 'block', lawfulBasis: null };
    expect(() => refuseSensitive(features, recipe('recency'), [block])).toThrow('was blocked on 2024-01-01');
  });
});
