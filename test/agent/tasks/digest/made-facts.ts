import * as fc from 'fast-check';
import type { DigestFacts } from '../../../../src/agent/tasks/digest/facts.ts';
import { asNoun, quoted } from '../../../../src/segmentation/moves/names.ts';
import type { Fact } from '../../../../src/segmentation/written-numbers.ts';
import { listSegmentsTool } from '../../../../src/tools/list_segments.ts';
import { factsInText, toldIn } from '../../../../src/tools/results/facts.ts';
import { few, type People } from '../../../../src/tools/results/values.ts';
import { shopOverviewTool } from '../../../../src/tools/shop_overview.ts';
import { showDriftTool } from '../../../../src/tools/show_drift.ts';
import { showMovesTool } from '../../../../src/tools/show_moves.ts';
import { showPredictionsTool } from '../../../../src/tools/show_predictions.ts';

/** What the words "at risk" and "churn" speak of in every shop: so many days, so many months. */
const definitions: Fact[] = [
  { value: 90, unit: 'days' },
  { value: 12, unit: 'count' },
];

/** Every number that a digest of these facts may write. */
export function numbersOf({ overview, list, moves, drift, predictions, actions }: DigestFacts): Fact[] {
  const results = [
    [shopOverviewTool, overview],
    [listSegmentsTool, list],
    [showMovesTool, moves],
    [showDriftTool, drift],
    [showPredictionsTool, predictions],
  ] as const;
  const told = results.flatMap(([tool, output]) => toldIn(tool.output, output));
  return [
    ...definitions,
    ...told.flatMap(({ value, unit }) =>
      typeof value === 'number' ? [{ value, unit: unit! }] : factsInText(value),
    ),
    ...Object.values(actions).flatMap(factsInText),
  ];
}

const asOf = '2026-11-01';
const from = '2026-10-25';

type Listed = DigestFacts['list']['segments'][number];

export function madeListed(key: string, name: string, change: Partial<Listed> = {}): Listed {
  return {
    key,
    name,
    customers: 812,
    share: 0.2,
    revenueShare: 0.1,
    trend: 'steady',
    valueAtRisk: 41_234.5,
    churn: 0.437,
    sentence: 'They order now and then.',
    ...change,
  };
}

const quietFlow = { customers: few, revenueLastYear: null } as const;

/** A quiet week of three segments. */
export function madeFacts(change: Partial<DigestFacts> = {}): DigestFacts {
  const segments = [
    madeListed('regulars', 'Loyal regulars', { valueAtRisk: 5_000, revenueShare: 0.6 }),
    madeListed('lapsed', 'Lapsed but recoverable', { valueAtRisk: 90_000 }),
    madeListed('bargains', 'Bargain seekers'),
  ];
  return {
    campaigns: [],
    overview: {
      span: { first: '2025-01-01', last: '2026-10-31' },
      segments: { kind: 'clusters', groups: 3, alerts: 0, recluster: [] },
      openProposals: [],
      moreProposals: 0,
    },
    list: {
      asOf,
      currency: 'GBP',
      customers: 2436,
      revenue: 1_234_567.89,
      segments,
      setAside: null,
    },
    moves: {
      from,
      replaced: [],
      newcomers: quietFlow,
      lapsed: quietFlow,
      cameBack: quietFlow,
      sentences: [],
      sentenceKeys: [],
      segments: [],
    },
    drift: { asOf, compared: true, groups: [], recluster: [] },
    predictions: {
      none: null,
      all: { lifetimeValue: 700_000, valueAtRisk: 136_234.5, churn: 0.437 },
      trust: { notes: [] },
    },
    actions: {
      regulars: 'Thank them.',
      lapsed: 'Win them back.',
      bargains: 'Show the sale first.',
    },
    ...change,
  };
}

type Finding = DigestFacts['drift']['groups'][number]['findings'][number];

export function madeFinding(change: Partial<Finding> = {}): Finding {
  return {
    kind: 'hollowing',
    about: 'regulars',
    sentence: 'Loyal regulars place fewer orders: 0.67 orders per customer, where 1.5 were to be expected.',
    since: asOf,
    sure: 'clearly',
    explainedBy: null,
    ...change,
  };
}

export const brokenFeed = (about = 'shop/orders') =>
  madeFinding({
    kind: 'feed-stopped',
    about,
    sentence:
      'Orders from “my. shop: 2” stopped arriving: the last came on 21 October, none in the 11 days since, where about 380 rows a week came before. Until it is mended, what is measured from it shows the silence, not the customers.',
  });

export function withFindings(groups: Partial<Record<string, Finding[]>>, facts = madeFacts()): DigestFacts {
  const titled = Object.entries(groups).map(([title, findings = []]) => ({ title, findings, more: 0 }));
  const alerts = groups.Alerts?.length ?? 0;
  return {
    ...facts,
    overview: { ...facts.overview, segments: { ...facts.overview.segments!, alerts } },
    drift: { ...facts.drift, groups: titled },
  };
}

const names = [
  'Loyal regulars',
  'New customers',
  'Lapsed but recoverable',
  'St. Nicholas: gift buyers',
  'Set aside',
  'Bargain seekers',
  'Buyers of “A. B: c” at 10 %',
  'Lapsed',
];

const people: fc.Arbitrary<People> = fc.oneof(fc.constant(few), fc.integer({ min: 10, max: 2_000_000 }));
const amount = fc.option(
  fc.double({ min: 0, max: 5e7, noNaN: true }).map(value => Math.round(value * 100) / 100),
);
const part = fc.option(
  fc.double({ min: 0, max: 1, noNaN: true }).map(value => Math.round(value * 1e4) / 1e4),
);
const flow = fc.record({ customers: people, revenueLastYear: amount });

const finding = fc.record({
  kind: fc.constantFrom('feed-stopped', 'hollowing', 'converging', 'new-category', 'price', 'not known yet'),
  about: fc.constantFrom('s-0', 's-0 + s-1', 'shop/orders', 'klaviyo/e-mail events', 'all feeds', 'rise'),
  sentence: fc.constantFrom(
    'Orders from “my. shop: 2” stopped arriving: none in the 11 days since.',
    'Loyal regulars place fewer orders: 0.67 orders per customer (896 customers).',
    'St. Nicholas: gift buyers shrank by 31 %, from 812 customers to 560.',
    'Nothing to say with a colon',
  ),
  since: fc.constantFrom('2026-10-11', asOf),
  sure: fc.constant('clearly'),
});
const reasons = ['the time of year', 'data that stopped arriving', 'customers growing older'];

/** Facts as tools may tell them, in every mixture. */
export const anyFacts: fc.Arbitrary<DigestFacts> = fc
  .record({
    segments: fc.array(
      fc.record({
        customers: people,
        share: part,
        revenueShare: part,
        trend: fc.constantFrom('growing', 'steady', 'shrinking', null),
        valueAtRisk: amount,
        churn: part,
      }),
      { minLength: 2, maxLength: 8 },
    ),
    alerts: fc.array(finding, { maxLength: 4 }),
    watched: fc.array(finding, { maxLength: 3 }),
    explained: fc.array(fc.record({ finding, by: fc.constantFrom(...reasons) }), { maxLength: 3 }),
    flows: fc.option(fc.record({ newcomers: flow, lapsed: flow, cameBack: flow })),
    moves: fc.array(
      fc.record({
        from: fc.nat(7),
        to: fc.nat(7),
        customers: fc.integer({ min: 10, max: 5000 }),
        revenueLastYear: amount,
      }),
      { maxLength: 6 },
    ),
    compared: fc.boolean(),
    age: fc.boolean(),
    more: fc.nat(3),
  })
  .map(made => {
    const segments = made.segments.map((segment, i) => madeListed(`s-${i}`, names[i]!, segment));
    const at = (i: number) => segments[i % segments.length]!;
    const moves = made.moves
      .map(({ from, to, ...flow }) => ({ from: at(from), to: at(to), ...flow }))
      .filter(({ from, to }) => from !== to);
    const told = segments.filter(({ customers }) => customers !== few);
    return {
      ...madeFacts(),
      overview: {
        ...madeFacts().overview,
        segments: { kind: 'clusters', groups: segments.length, alerts: made.alerts.length, recluster: [] },
        openProposals: [
          { id: 'p-7', kind: 'weights', summary: '2,350 customers (43 %) would change.', since: from },
        ],
        moreProposals: made.more,
      },
      list: { ...madeFacts().list, segments },
      moves: made.flows && {
        from,
        replaced: [],
        ...made.flows,
        sentences: moves.map(sentenceOf),
        sentenceKeys: moves.map(({ to }) => ({ toKey: to.key })),
        segments: segments.map(({ key, customers }, i) => ({
          key,
          grew: i % 2 === 0 ? customers : null,
          shrank: i % 2 === 1 ? few : null,
        })),
      },
      drift: {
        asOf,
        compared: made.compared,
        groups: [
          {
            title: 'Alerts',
            findings: made.alerts.map(each => ({ ...each, explainedBy: null })),
            more: made.more,
          },
          {
            title: 'To watch',
            findings: made.watched.map(each => ({ ...each, explainedBy: null })),
            more: 0,
          },
          {
            title: 'Explained, so no alarm',
            findings: made.explained.map(({ finding, by }) => ({ ...finding, explainedBy: by })),
            more: 0,
          },
        ],
        recluster: made.age ? ['The segments are 98 days old.'] : [],
      },
      actions: Object.fromEntries(told.map(({ key, name }) => [key, `Write to ${name} within 14 days.`])),
    } satisfies DigestFacts;
  });

function sentenceOf({
  from,
  to,
  customers,
  revenueLastYear,
}: {
  from: Listed;
  to: Listed;
  customers: number;
  revenueLastYear: number | null;
}) {
  const [who, what] = [asNoun(from.name), asNoun(to.name)];
  const size = customers.toLocaleString('en-GB');
  const money = revenueLastYear === null ? '' : `, £${revenueLastYear.toFixed(0)} of yearly revenue`;
  return who !== null && what !== null
    ? `${size} ${who} became ${what}${money}.`
    : `${size} customers moved from ${quoted(from.name)} to ${quoted(to.name)}${money}.`;
}
