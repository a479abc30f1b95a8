import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/features/catalogue.ts';
import { fitOf, matchArchetypes } from '../../src/segmentation/archetype-match.ts';
import { archetypes } from '../../src/segmentation/archetypes.ts';
import type { FeatureSummary } from '../../src/segmentation/model.ts';
import { tellingWord } from '../../src/segmentation/neutral-name.ts';
import { overlays } from '../../src/segmentation/overlays/overlays.ts';
import { rfmCells } from '../../src/segmentation/rfm-cells.ts';
import { traitAdvice, typicalAdvice } from '../../src/segmentation/trait-advice.ts';
import { traits } from '../../src/segmentation/traits.ts';

const ids = new Set(catalogue.map(({ id }) => id));
const idsIn = (text: string) => [...text.matchAll(/\{(\w+)/g)].map(match => match[1]!);

describe('archetypes as data', () => {
  test('speak only of features that exist', () => {
    for (const { wants, gates, clauses } of overlays.flatMap(overlay => overlay.archetypes)) {
      const named = [
        ...Object.keys(wants),
        ...gates.flat().map(({ feature }) => feature),
        ...clauses.flatMap(({ text, when }) => [...idsIn(text), ...(when ? [when.slice(1)] : [])]),
      ];
      expect(named.filter(id => !ids.has(id))).toEqual([]);
    }
    for (const { clauses } of rfmCells) {
      expect(clauses.flatMap(({ text }) => idsIn(text)).filter(id => !ids.has(id))).toEqual([]);
    }
  });

  test('have unique names without numbers, and a first clause that always stands', () => {
    for (const templates of [...overlays.map(overlay => overlay.archetypes), rfmCells]) {
      expect(new Set(templates.map(({ id }) => id)).size).toBe(templates.length);
      expect(new Set(templates.map(({ name }) => name.toLowerCase())).size).toBe(templates.length);
      for (const { name, clauses, action } of templates) {
        expect(name).toMatch(/^[A-Z][a-z A-Z-]+$/);
        expect(clauses[0]!.when).toBeUndefined();
        expect(idsIn(clauses[0]!.text)).toEqual([]);
        expect(action).toMatch(/^[A-Z].+\.$/);
      }
    }
  });

  test('say what not to do, and have names for platforms of others that tell nothing of people', () => {
    const advice = [...Object.values(traitAdvice), typicalAdvice];
    for (const list of [...overlays.map(({ archetypes }) => archetypes), rfmCells, advice]) {
      for (const { avoid, neutralName } of list) {
        expect(avoid).toMatch(/^Do not [^\d]+\.$/);
        expect(neutralName).toMatch(/^[A-Z][a-zA-Z -]{3,29}$/);
        expect(tellingWord(neutralName)).toBeNull();
      }
    }
    for (const templates of [...overlays.map(({ archetypes }) => archetypes), rfmCells])
      expect(new Set(templates.map(({ neutralName }) => neutralName)).size).toBe(templates.length);
  });

  test.each([
    ['Loyal customers', 'Loyal'],
    ['Win-back list', 'Win-back'],
    ['Top spenders', 'Top'],
    ['Autumn VIPs', 'VIPs'],
    ['What we pay for', 'pay'],
    ['Welcome series', null],
    ['Topical letters', null],
    ['What is new', null],
  ])('%s tells of people by %s', (name, word) => {
    expect(tellingWord(name)).toBe(word);
  });

  test('traits know every feature of the catalogue, and what to do about each concept', () => {
    expect([...ids].filter(id => !traits[id])).toEqual([]);
    expect(Object.keys(traits).filter(id => !ids.has(id))).toEqual([]);
    const concepts = new Set(Object.values(traits).map(({ concept }) => concept));
    expect(Object.keys(traitAdvice).toSorted()).toEqual([...concepts].toSorted());
  });
});

function summary(id: string, difference: number, typical: number): FeatureSummary {
  const { label, unit, class: of } = catalogue.find(feature => feature.id === id)!;
  return {
    id,
    label,
    unit,
    class: of,
    mean: typical,
    median: typical,
    overallMean: 1,
    overallMedian: 1,
    difference,
    explained: 0.5,
  };
}

const matched = (...segments: FeatureSummary[][]) =>
  matchArchetypes(
    segments.map(features => ({ features })),
    archetypes,
  ).map(archetype => archetype?.id ?? null);

describe('matching', () => {
  const absent = [
    summary('overdue_ratio', 1.2, 5),
    summary('recency', 1.1, 220),
    summary('recent_value_share', -0.8, 0),
    summary('orders', 0.1, 5),
    summary('revenue', 0, 200),
  ];
  const listening = [
    summary('days_since_visit', -0.4, 6),
    summary('open_rate', 0.6, 0.45),
    summary('click_rate', 0.6, 0.16),
    summary('cart_abandonment', 1.2, 0.6),
  ];
  const silent = [
    summary('days_since_visit', 1.7, 179),
    summary('open_rate', -1.5, 0.02),
    summary('click_rate', -1.2, 0.01),
    summary('sessions', -1.8, 0),
  ];

  test('those who left but still listen are recoverable, those who went silent are not', () => {
    expect(matched([...absent, ...listening], [...absent, ...silent])).toEqual([
      'lapsed_recoverable',
      'churn_risk',
    ]);
    expect(matched([...absent, ...silent])).toEqual(['churn_risk']);
  });

  test('nobody is called lapsed who is within the usual gap', () => {
    const dueLater = [summary('overdue_ratio', 1.2, 1), ...absent.slice(1), ...listening];
    expect(['lapsed_recoverable', 'churn_risk', 'lost', 'at_risk_repeaters']).not.toContain(
      matched(dueLater)[0],
    );
  });

  test('without visits and e-mail the absent are lost or at risk, by their history', () => {
    const little = [...absent.slice(0, 3), summary('orders', -0.6, 1), summary('revenue', -0.7, 40)];
    const much = [
      ...absent.slice(0, 3),
      summary('orders', 1.2, 12),
      summary('revenue', 1, 900),
      summary('single_order', -0.7, 0),
    ];
    expect(matched(little, much)).toEqual(['lost', 'at_risk_repeaters']);
  });

  test('nobody is seasonal who has not been here for most of a year', () => {
    const season = (tenure: number) => [
      summary('seasonal_concentration', 2, 0.8),
      summary('holiday_share', 1.5, 0.7),
      summary('single_order', -0.3, 0.2),
      summary('tenure', 0.1, tenure),
    ];
    expect(matched(season(400))).toEqual(['seasonal_shoppers']);
    expect(matched(season(60))).toEqual([null]);
  });

  test('the second of two alike segments takes another name or none', () => {
    const champion = [
      summary('revenue', 1.5, 900),
      summary('orders', 1.5, 12),
      summary('orders_per_month', 1.5, 2),
      summary('recency', -1, 9),
      summary('tenure', 0.5, 400),
      summary('overdue_ratio', -0.5, 0.5),
    ];
    expect(matched(champion, champion)).toEqual(['champions', 'loyal_regulars']);
  });

  test('a weak fit, or one judged by too little, is not forced', () => {
    const faint = [summary('return_rate', 0.61, 0.21)];
    const returners = archetypes.find(({ id }) => id === 'serial_returners')!;
    expect(fitOf(returners, new Map(faint.map(feature => [feature.id, feature])))).toBe(0);
    expect(
      matched([summary('overdue_ratio', 2, 9), summary('recency', 2, 300), summary('orders', 1, 9)]),
    ).not.toEqual(['churn_risk']);
  });

  test('no features match nothing', () => {
    expect(matched([], [])).toEqual([null, null]);
  });
});
