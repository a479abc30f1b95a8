import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/features/catalogue.ts';
import { archetypes } from '../../src/segmentation/archetypes.ts';
import { findSegments } from '../../src/segmentation/find-segments.ts';
import type { FeatureSummary, Model, Segment } from '../../src/segmentation/model.ts';
import { overlays } from '../../src/segmentation/overlays/overlays.ts';
import { rfmCells } from '../../src/segmentation/rfm-cells.ts';
import { segmentWords } from '../../src/segmentation/segment-words.ts';
import { reportModel } from '../report/fixture.ts';

/** Name, archetype, and differences by feature id. */
const shop: readonly [string, string | null, Readonly<Record<string, number>>][] = [
  [
    'Price-driven occasional buyers',
    'price_driven_occasional',
    { discounted_order_share: 1.8, orders_per_month: -0.8, recency: 0.2 },
  ],
  [
    'Single-category loyalists',
    'single_category_loyalists',
    {
      orders_per_month: 1.5,
      top_category_share: 1.2,
      recency: -0.8,
      revenue: 0.6,
      discounted_order_share: -0.5,
    },
  ],
  [
    'Lapsed but recoverable',
    'lapsed_recoverable',
    { recency: 1.4, overdue_ratio: 1.5, cart_abandonment: 1.6, days_since_visit: -0.7, revenue: 0.2 },
  ],
  [
    'Genuine churn risks',
    'churn_risk',
    { recency: 1.6, overdue_ratio: 1.7, days_since_visit: 1.4, satisfaction: -1.1 },
  ],
  [
    'High-value considered buyers',
    'high_value_considered',
    { order_value: 1.9, revenue: 1.2, orders_per_month: -0.4, session_depth: 1.3 },
  ],
  ['Evening shoppers with few returns', null, { evening_share: 1.6, return_rate: -0.8, tenure: -1.3 }],
];

const bare = reportModel(1).segments[0]!;

const model: Pick<Model, 'segments'> = {
  segments: shop.map(
    ([name, archetype, differences]): Segment => ({
      ...bare,
      key: name.toLowerCase().replaceAll(/[^a-z]+/g, '-'),
      persona: { ...bare.persona, name, archetype, sentence: `Customers called ${name}.`, evidence: [] },
      features: Object.entries(differences).map(
        ([id, difference]): FeatureSummary => ({ ...bare.features[0]!, id, label: id, difference }),
      ),
    }),
  ),
};

const found = (description: string) =>
  findSegments(model, description).matches.map(({ segment }) => segment.persona.name);

describe('segments found by a description', () => {
  it.each([
    ['who are our lapsed but recoverable customers?', 'Lapsed but recoverable'],
    ['lapsed-but-recoverable', 'Lapsed but recoverable'],
    ['people who stopped buying but could be won back', 'Lapsed but recoverable'],
    ['customers who have not ordered for a long time and can still be won back', 'Lapsed but recoverable'],
    ['Who is about to leave us?', 'Genuine churn risks'],
    ['bargain hunters', 'Price-driven occasional buyers'],
    ['people who only buy in the sale', 'Price-driven occasional buyers'],
    ['our loyal customers', 'Single-category loyalists'],
    ['big spenders', 'High-value considered buyers'],
    ['our most valuable customers', 'High-value considered buyers'],
    ['new customers', 'Evening shoppers with few returns'],
    ['those who order in the evening', 'Evening shoppers with few returns'],
    ['abandoned carts', 'Lapsed but recoverable'],
    ['unhappy customers', 'Genuine churn risks'],
  ])('%s', (description, name) => {
    expect(found(description)[0]).toBe(name);
  });

  it('need all that is said, more or less', () => {
    const { matches } = findSegments(model, 'loyal customers who do not buy at a discount');
    expect(matches[0]!.segment.persona.name).toBe('Single-category loyalists');
    expect(matches[0]!.matched).toEqual(['not: order at a discount', 'loyal']);
  });

  it('are not those of whom the opposite is true', () => {
    expect(found('lapsed')).not.toContain('Single-category loyalists');
    expect(found('not lapsed')[0]).toBe('Single-category loyalists');
    expect(found('customers who are not new')).not.toContain('Evening shoppers with few returns');
  });

  it.each(['stopped responding to e-mails', 'who ignore our newsletters', 'hardly open e-mails'])(
    'keep the denial of “%s”',
    description => {
      const { persona, features, ...rest } = model.segments[0]!;
      const reader = {
        ...rest,
        persona: { ...persona, name: 'Readers', archetype: 'email_responsive' },
        features: [{ ...features[0]!, id: 'open_rate', difference: 1.5 }],
      };
      const silent = { ...reader, key: 'silent', persona: { ...persona, name: 'Silent', archetype: null } };
      silent.features = [{ ...features[0]!, id: 'open_rate', difference: -1.5 }];
      const { matches } = findSegments({ segments: [reader, silent] }, description);
      expect(matches.map(({ segment }) => segment.persona.name)).toEqual(['Silent']);
      expect(matches[0]!.matched).toEqual(['not: respond to e-mail']);
    },
  );

  it('that are called so come before others of the kind', () => {
    const [churn, lapsed] = [model.segments[3]!, model.segments[2]!];
    const found = findSegments({ segments: [churn, lapsed] }, 'the lapsed ones');
    expect(found.matches[0]!.segment.key).toBe(lapsed.key);
  });

  it('get the full score by their name alone', () => {
    const { matches } = findSegments(model, 'GENUINE churn risks');
    expect(matches[0]).toMatchObject({ score: 1 });
    expect(matches.slice(1).every(({ score }) => score < 1)).toBe(true);
  });

  it('are none where nothing is understood, and what said nothing is told', () => {
    expect(findSegments(model, 'who likes jazz?')).toEqual({ matches: [], ignored: ['likes', 'jazz'] });
    expect(findSegments(model, '')).toEqual({ matches: [], ignored: [] });
    expect(findSegments({ segments: [] }, 'loyal')).toEqual({ matches: [], ignored: [] });
  });

  it('do not depend on the order of segments', () => {
    const turned = { segments: model.segments.toReversed() };
    const names = findSegments(turned, 'loyal big spenders').matches.map(
      ({ segment }) => segment.persona.name,
    );
    expect(names).toEqual(found('loyal big spenders'));
  });

  it('hold against long and hostile texts', () => {
    expect(() => found(`${'('.repeat(5000)}[a-z]+\\${'not '.repeat(5000)}`)).not.toThrow();
  });
});

describe('the vocabulary', () => {
  it('names archetypes and features that there are', () => {
    const known = new Set([
      ...archetypes.map(({ id }) => id),
      ...overlays.flatMap(overlay => overlay.archetypes.map(({ id }) => id)),
      ...rfmCells.map(({ id }) => id),
    ]);
    const features = new Set(catalogue.map(({ id }) => id));
    for (const { says, archetypes: ids, wants } of segmentWords) {
      expect(
        ids.filter(id => !known.has(id)),
        says,
      ).toEqual([]);
      expect(
        Object.keys(wants).filter(id => !features.has(id)),
        says,
      ).toEqual([]);
    }
  });
});
