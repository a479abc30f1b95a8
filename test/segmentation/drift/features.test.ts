import { describe, expect, it } from 'vitest';
import { featureSuspects as suspectsOf } from '../../../src/segmentation/drift/features.ts';
import { missingSuspects } from '../../../src/segmentation/drift/missing.ts';
import type { Distribution } from '../../../src/segmentation/drift/reference.ts';
import { viewOf } from '../../../src/segmentation/drift/view.ts';
import type { Model } from '../../../src/segmentation/model.ts';
import type { ScoredPopulation } from '../../../src/segmentation/refresh/scored.ts';
import { distribution, modelOf, population, referenceOf } from './made-records.ts';

const featureSuspects = (of: Model, scored: ScoredPopulation) => suspectsOf(viewOf(of, scored, []));
const edges = { order_value: [20, 30, 40, 60], offline_share: [0], tenure: [50, 100], click_rate: [0.1] };
const trained = [
  distribution('order_value', [200, 200, 200, 200, 200]),
  distribution('offline_share', [800, 200]),
  distribution('tenure', [300, 300, 400]),
  distribution('click_rate', [500, 450], 50),
];
const model = modelOf([], referenceOf(edges, trained));
const as = (...changed: Distribution[]) =>
  population(8, [], {
    features: trained.map(of => changed.find(({ feature }) => feature === of.feature) ?? of),
  });

describe('featureSuspects', () => {
  it('finds nothing where nothing changed', () => {
    expect(featureSuspects(model, as())).toEqual([]);
  });

  it('tells the typical value then and now, with the index and its level', () => {
    const [found, ...others] = featureSuspects(
      model,
      as(distribution('order_value', [60, 110, 180, 250, 400])),
    );
    expect(others).toEqual([]);
    expect(found!.finding).toMatchObject({ kind: 'feature', severity: 'alert', subject: 'order_value' });
    expect(found!.finding.sentence).toMatch(
      /^A shift in order value: typically £52\.00 now, £35\.00 when the segments were made \(population stability index 0\.\d+, alert from 0\.25\)\.$/,
    );
  });

  it('counts customers above the value where they part, where the typical one did not move', () => {
    const [found] = featureSuspects(model, as(distribution('offline_share', [650, 350])));
    expect(found!.finding.severity).toBe('watch');
    expect(found!.finding.sentence).toContain(
      '35 % of customers have more than 0 % now, 20 % had when the segments were made',
    );
  });

  it('waits for more than the noise of few customers', () => {
    const small = [distribution('order_value', [12, 12, 12, 12, 12])];
    const few = modelOf([], referenceOf(edges, small));
    const later = population(8, [], { features: [distribution('order_value', [6, 9, 13, 15, 17])] });
    expect(featureSuspects(few, later)).toEqual([]);
    const many = (of: Distribution) => ({ ...of, counts: of.counts.map(bins => bins.map(n => 20 * n)) });
    const large = modelOf([], referenceOf(edges, small.map(many)));
    expect(featureSuspects(large, { ...later, features: later.features.map(many) })).toHaveLength(1);
  });

  it('compares customers of the same age, and tenure itself not at all', () => {
    const byAge = (feature: string, young: number[], old: number[]): Distribution => ({
      feature,
      counts: [young, old, young.map(() => 0)],
      missing: [0, 0, 0],
    });
    const reference = {
      tenureEdges: [100, 900],
      features: [
        { ...byAge('recency', [450, 50], [100, 400]), edges: [60] },
        { ...byAge('tenure', [500, 0], [0, 500]), edges: [100] },
      ],
    };
    const older = population(8, [], {
      features: [byAge('recency', [180, 20], [240, 960]), byAge('tenure', [200, 0], [0, 1200])],
    });
    expect(featureSuspects(modelOf([], reference), older)).toEqual([]);
    const later = population(8, [], { features: [byAge('recency', [90, 110], [240, 960])] });
    expect(featureSuspects(modelOf([], reference), later)).toHaveLength(1);
  });

  it('calls a change usual that is what changed between two other dates, and no other', () => {
    const [found] = featureSuspects(model, as(distribution('order_value', [60, 110, 180, 250, 400])));
    const before = as(distribution('order_value', [220, 220, 210, 190, 160]));
    const same = as(distribution('order_value', [70, 130, 200, 240, 330]));
    const other = as(distribution('order_value', [350, 250, 200, 120, 80]));
    expect(found!.compare!.usual(before, same)).toBe(true);
    expect(found!.compare!.usual(before, before)).toBe(false);
    expect(found!.compare!.usual(before, other)).toBe(false);
  });
});

describe('missingSuspects', () => {
  it('tells a rise that is large and sure, and no other', () => {
    const with_ = (missing: number) =>
      missingSuspects(model, as(distribution('click_rate', [450, 400], missing)));
    expect(with_(60)).toEqual([]);
    expect(with_(400)[0]!.finding).toMatchObject({
      kind: 'missing',
      severity: 'alert',
      subject: 'click_rate',
    });
    expect(with_(150)[0]!.finding).toMatchObject({ severity: 'watch' });
    expect(with_(150)[0]!.finding.sentence).toBe(
      '15 % of customers have no value for e-mail click rate, 5 % had none when the segments were made (10 percentage points more).',
    );
  });

  it('tells one feature of those that are missing together, and none of those that need a second order', () => {
    const of = (missing: number) =>
      ['open_rate', 'click_rate', 'gap_variation', 'satisfaction'].map((id, i) =>
        distribution(id, [500, 450], missing + 10 * i),
      );
    const inner = { open_rate: [0.1], click_rate: [0.1], gap_variation: [1], satisfaction: [3] };
    const wide = modelOf([], referenceOf(inner, of(20)));
    const found = missingSuspects(wide, population(8, [], { features: of(400) }));
    expect(found.map(({ finding }) => finding.subject)).toEqual(['open_rate', 'satisfaction']);
  });

  it('is silent where few customers leave it to chance', () => {
    const few = modelOf([], referenceOf(edges, [distribution('click_rate', [20, 18], 2)]));
    expect(
      missingSuspects(few, population(8, [], { features: [distribution('click_rate', [18, 17], 5)] })),
    ).toEqual([]);
  });
});
