import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InputError } from '../../../../src/errors.ts';
import type { Decision } from '../../../../src/governance/decisions.ts';
import { either } from '../../../../src/segmentation/audiences/filter/resolve/errors.ts';
import { resolveFilter } from '../../../../src/segmentation/audiences/filter/resolve/resolve.ts';
import type { FilterShop } from '../../../../src/segmentation/audiences/filter/shop.ts';
import type { Predictions } from '../../../../src/segmentation/predictions/predictions.ts';
import { openDuckDb } from '../../../../src/warehouse/duckdb.ts';
import type { Warehouse } from '../../../../src/warehouse/port.ts';
import { filterRows } from './rows.ts';
import { type FilterShopChange, filterHistory, filterShop, scored, stockFilterShop } from './shop.ts';

let warehouse: Warehouse;
let shop: FilterShop;
beforeAll(async () => {
  warehouse = await openDuckDb({ file: ':memory:', threads: 1 });
  const rows = filterRows(1);
  rows.order_lines.push({ ...rows.order_lines[0]!, line_id: 'X', sku: 'BIB', product: 'Family bible' });
  rows.order_lines.at(-1)!.ordered_at = '2026-01-01 00:00:00';
  await stockFilterShop(warehouse, rows);
  shop = await filterShop(warehouse);
});
afterAll(() => warehouse.close());

async function refusal(filter: unknown, change?: FilterShopChange): Promise<string[]> {
  const asked = change ? await filterShop(warehouse, change) : shop;
  const error = await resolveFilter(filter, asked).catch((caught: unknown) => caught);
  if (!(error instanceof InputError)) throw new Error(`${JSON.stringify(filter)} was not refused: ${error}`);
  return [error.message, error.next];
}

describe('what a filter cannot say', () => {
  const example = 'For example {"field":"churn_probability","below":0.6}, or {"all":[…]} of several.';
  const typeExample = 'An example: {"events":{"type":"Product Viewed","count":{"atLeast":3},"within":7}}';
  const orderWords =
    'It may say: count, value, category, product, channel, coupon, discounted, within, since, until.';
  const cases: [unknown, string, string][] = [
    // A coupon may be one customer's own, with the name in it.
    [
      { orders: { coupon: 'SPRUNG' } },
      'There is no coupon "SPRUNG".',
      "Write it as the orders have it: coupons are not listed, as one may be a customer's own.",
    ],
    // Names of fields.
    [
      { field: 'churn_probabilty', below: 0.6 },
      'There is no field "churn_probabilty".',
      'Did you mean churn_probability, alive_probability or order_probability_30?',
    ],
    [{ field: 'churn', below: 0.6 }, 'There is no field "churn".', 'Did you mean churn_probability?'],
    [{ field: 'CLV', above: 1 }, 'There is no field "CLV".', 'Did you mean lifetime_value?'],
    [
      { field: 'segment', is: 'loyal' },
      'There is no field "segment".',
      'Segments have a clause of their own: {"segment":"loyal"}.',
    ],
    [
      { field: 'value_if_back', above: 3 },
      '"value_if_back" (12-month value on the day of the last order) is known of nobody.',
      'The data of this shop cannot carry it; `kindred predictions` tells what is predicted. Leave it out.',
    ],
    [
      { field: 'click_rate', above: 0.1 },
      'This shop has no "click_rate" (e-mail click rate): the data that it needs is missing.',
      '`kindred features` says what each feature needs.',
    ],
    [
      { field: 'nights_per_stay', above: 2 },
      '"nights_per_stay" (nights per stay) is looked at in another sector only.',
      'Leave it out; `kindred features` lists the fields of this one.',
    ],
    // Types of fields.
    [
      { field: 'churn_probability', below: 'high' },
      '"churn_probability" is a share from 0 to 1, not "high".',
      'Write {"field":"churn_probability","above":0.5}, or atLeast, atMost, below, is or known.',
    ],
    [
      { field: 'churn_probability', below: 60 },
      '"churn_probability" is a share from 0 to 1, not 60.',
      'For 60 % write 0.6.',
    ],
    [
      { field: 'churn_probability', below: '0.6' },
      '"churn_probability" is a share from 0 to 1, not "0.6".',
      'Write {"field":"churn_probability","above":0.5}, or atLeast, atMost, below, is or known.',
    ],
    [
      { field: 'recency', is: 'long' },
      '"recency" is a number of days, not "long".',
      'Write {"field":"recency","above":30}, or atLeast, atMost, below, is or known.',
    ],
    [
      { field: 'lifetime_value', isNot: 'high' },
      '"lifetime_value" is an amount of money in £, not "high".',
      'Write {"field":"lifetime_value","above":30}, or atLeast, atMost, below, is or known.',
    ],
    [
      { field: 'country', above: 3 },
      '"country" is a word (country), not 3.',
      'Write {"field":"country","is":"…"}, or isNot, or known.',
    ],
    [
      { field: 'accepts_marketing', is: 'yes' },
      '"accepts_marketing" is true or false (accepts marketing), not "yes".',
      'Write {"field":"accepts_marketing","is":true} or {"field":"accepts_marketing","is":false}.',
    ],
    [
      { field: 'recency' },
      'It is not said what "recency" should be.',
      'Write {"field":"recency","above":30}, or atLeast, atMost, below, is or known.',
    ],
    [
      { field: 'recency', above: 3, known: true },
      '"recency" is said to be several things at once.',
      'Say bounds, is, isNot or known; for several, put a clause for each into {"all":[…]}.',
    ],
    [
      { field: 'recency', equals: 3 },
      '"field" knows no "equals".',
      'It may say: field, atLeast, atMost, above, below, is, isNot, known.',
    ],
    [
      { field: 'recency', below: Number.NaN },
      '"below" has to be a number, not NaN.',
      'An example: {"field":"churn_probability","below":0.6}',
    ],
    // Ranges.
    [
      { field: 'recency', above: 5, below: 3 },
      'Nothing is above 5 and below 3.',
      'Turn the bounds of "recency" round, or put them into {"any":[…]} if either will do.',
    ],
    [
      { field: 'recency', above: 5, atMost: 5 },
      'Nothing is above 5 and at most 5.',
      'Turn the bounds of "recency" round, or put them into {"any":[…]} if either will do.',
    ],
    [
      { field: 'recency', above: 5, atLeast: 3 },
      '"recency" says both atLeast and above.',
      'Say one of the two: above and below leave the bound out.',
    ],
    [{ orders: { count: {} } }, '"orders.count" says no bound.', 'Say atLeast, atMost, above or below.'],
    [
      { orders: { count: 3 } },
      '"orders.count" has to be a range, as {"atLeast":2}: of atLeast, atMost, above and below at least one, not 3.',
      'For exactly 2 write {"atLeast":2,"atMost":2}.',
    ],
    [
      { orders: { count: { atLeast: -1 } } },
      '"orders.count" is a number from 0 on, not -1.',
      'Write a bound of 0 or more.',
    ],
    [
      { orders: { count: { min: 3 } } },
      '"count" knows no "min".',
      'It may say: atLeast, atMost, above, below.',
    ],
    // Periods.
    [
      { orders: { within: 3, since: '2026-05-01' } },
      '"orders" says "within" and "since" at once.',
      'Say either within, as so many days before the as-of date, or since and until, as days of the calendar.',
    ],
    [
      { orders: { since: '2026-05-01', until: '2026-04-01' } },
      '"orders" is since 2026-05-01 and until 2026-04-01, which holds no day.',
      'Turn them round; for the one day write {"since":"2026-05-01","until":"2026-05-02"}.',
    ],
    [
      { events: { type: 'Product Viewed', since: '2026-06-01' } },
      '"events.since" is 2026-06-01, and nothing is known from 2026-06-01 on.',
      'Choose an earlier day, or say within.',
    ],
    [
      { orders: { since: '2026-02-30' } },
      '"orders.since" is no day of the calendar: "2026-02-30".',
      'Write it as 2026-11-01.',
    ],
    [
      { orders: { since: 'last week' } },
      '"orders.since" has to be a day, as "2026-11-01", not "last week".',
      'An example: {"orders":{"category":"Outerwear","count":{"atLeast":2},"since":"2026-01-01"}}',
    ],
    [
      { orders: { within: 0 } },
      '"orders.within" has to be a whole number of days from 1 to 36,500, not 0.',
      'An example: {"orders":{"category":"Outerwear","count":{"atLeast":2},"since":"2026-01-01"}}',
    ],
    [
      { moved: { until: '2026-04-06' } },
      'No refresh lies in that period.',
      'The latest was on 2026-06-01; choose a longer period.',
    ],
    // Names of other things.
    [
      { segment: 'loyal regular' },
      'There is no segment "loyal regular".',
      'Did you mean “Loyal regulars” or “loyal”? The segments are: “Loyal regulars”, “Lapsed but recoverable”, “New buyers”, “set-aside”.',
    ],
    [
      { events: { type: 'Email Link Cliked' } },
      'There is no type of event "Email Link Cliked".',
      'Did you mean “Email Link Clicked”? The types of events are: “Email Link Clicked”, “Product Viewed”, “Something Else”.',
    ],
    [
      { field: 'country', is: ['GB', 'UK'] },
      'There is no country "UK".',
      'The values of "country" are: “Côte d\'Ivoire”, “GB”.',
    ],
    [
      { orders: { product: 'family bible' } },
      'The product “Family bible” can tell of a protected trait (belief), so nobody is chosen by it.',
      'Leave it out: names of goods that match the lexicon of protected traits stay out of segments as well.',
    ],
    // By its SKU it is the same product.
    [
      { orders: { product: 'BIB' } },
      'The product “Family bible” can tell of a protected trait (belief), so nobody is chosen by it.',
      'Leave it out: names of goods that match the lexicon of protected traits stay out of segments as well.',
    ],
    // Shapes.
    [null, 'A filter is an object, not null.', example],
    ['loyal', 'A filter is an object, not "loyal".', example],
    [
      [{ segment: 'loyal' }],
      'A filter is an object, not a list.',
      'Write {"all":[…]} where every one should be met, {"any":[…]} where one will do.',
    ],
    [
      {},
      'The filter says nothing.',
      `It says one of field, segment, moved, orders, events, all, any, not. ${example}`,
    ],
    [{ sgment: 'x' }, 'A filter cannot begin with "sgment".', `Did you mean segment? ${example}`],
    [{ type: 'Product Viewed' }, '"type" stands inside "events", as {"events":{"type":…}}.', example],
    [{ below: 3 }, 'Beside "below" the "field" is missing.', example],
    [
      { segment: 'loyal', field: 'recency' },
      'One clause says "segment" and "field".',
      'Give each a clause of its own: {"all":[{"segment":…},{"field":…}]}.',
    ],
    [
      { events: { type: 'Product Viewed' }, within: 30 },
      '"within" stands beside "events".',
      'Put it inside: {"events":{"within":…}}.',
    ],
    [
      { orders: { categorie: 'x' } },
      '"orders" knows no "categorie".',
      `Did you mean category? ${orderWords}`,
    ],
    [
      { segment: 5 },
      '"segment" has to be the key or name of a segment, or a list of them, not 5.',
      'An example: {"segment":["loyal","new buyers"]}',
    ],
    [{ events: {} }, '"events" needs "type".', 'It is a name, or a list of up to 100 names.'],
    [
      { events: { type: [] } },
      '"events.type" has to be a name, or a list of up to 100 names, not an empty list.',
      typeExample,
    ],
    [
      { events: { type: ['Product Viewed', 5] } },
      '"events.type" has to be a name, or a list of up to 100 names, not a list that holds 5.',
      typeExample,
    ],
    [
      { all: [] },
      '"all" has to be a list of filters, not an empty list.',
      'Write {"all":[{"field":"churn_probability","below":0.6},{"events":{"type":"Product Viewed","count":{"atLeast":3},"within":7}}]}.',
    ],
    [
      { not: { segment: 'loyal' }, segment: null, within: 3 },
      'Beside "not" there may be nothing else: "within".',
      'Leave it out, or put it inside.',
    ],
    // Where it stands.
    [
      { all: [{ segment: 'loyal' }, { any: [{ not: { field: 'recncy', above: 1 } }] }] },
      'Clause 2, alternative 1, inside "not": There is no field "recncy".',
      'Did you mean recency?',
    ],
  ];
  test.each(cases)('%j', async (filter, message, next) => {
    expect(await refusal(filter)).toEqual([message, next]);
  });
});

test('of very many names, those that are near are told, or some', async () => {
  const names = Array.from({ length: 21 }, (_, i) => `Campaign ${String.fromCharCode(65 + i).repeat(9)}`);
  const entries = names.map(name => ({ name, value: name }));
  const asked = { ...shop, vocabulary: async () => entries };
  const events = { type: 'Campaign AAAAAAAAA' };
  const told = async (campaign: string) =>
    (await resolveFilter({ events: { ...events, campaign } }, asked).catch(
      (error: InputError) => error,
    )) as InputError;
  expect((await told('Campaign BBBBBBBBA')).next).toMatch(/^Did you mean “Campaign BBBBBBBBB”/);
  expect((await told('xyzzy')).next).toBe(
    'There are 21 campaigns, as “Campaign AAAAAAAAA”, “Campaign BBBBBBBBB”, “Campaign CCCCCCCCC”, “Campaign DDDDDDDDD” or “Campaign EEEEEEEEE”.',
  );
});

test('a shop without scores says why', async () => {
  const none: Predictions = { kind: 'none', reason: 'its orders go back 100 days only.' };
  expect(await refusal({ field: 'churn_probability', below: 0.6 }, { predictions: none })).toEqual([
    'This shop has no predictions: its orders go back 100 days only.',
    'Leave out what asks for them.',
  ]);
  const before = filterHistory(undefined);
  expect(await refusal({ field: 'churn_probability', below: 0.6 }, { history: before })).toEqual([
    'Nothing was predicted as of the date on which the segments stand.',
    'Run `kindred refresh`, which makes the predictions.',
  ]);
});

test('nobody is chosen by what is blocked, goods or not, however it is written', async () => {
  const blockedTerms = ['product viewed'];
  const next =
    'Leave it out: what is blocked stays out of segments as well. `kindred governance report` says why it is.';
  expect(await refusal({ events: { type: 'Product Viewed' } }, { blockedTerms })).toEqual([
    'The type of event “Product Viewed” is blocked, so nobody is chosen by it.',
    next,
  ]);
  expect(await refusal({ field: 'country', is: 'GB' }, { blockedTerms: ['gb'] })).toEqual([
    'The country “GB” is blocked, so nobody is chosen by it.',
    next,
  ]);
});

test('nobody has moved before the first refresh', async () => {
  const history = filterHistory(scored).slice(0, 1);
  expect(await refusal({ moved: { to: 'loyal' } }, { history })).toEqual([
    'Nobody has moved: there has been no refresh since the shop was segmented.',
    'Moves are told from the next `kindred refresh` on.',
  ]);
});

test('a sensitive feature serves only where a decision allows it', async () => {
  const filter = { field: 'recency', above: 30 };
  const sensitivity = { recency: 'proxy' } as const;
  expect(await refusal(filter, { sensitivity })).toEqual([
    '"recency" (days since the last order) can stand in for a protected trait, and no decision allows it.',
    'Leave it out, or record who allows it and why: kindred allow recency --basis BASIS --by NAME --reason TEXT',
  ]);
  const decision: Decision = {
    feature: 'recency',
    effect: 'allow',
    lawfulBasis: 'consent',
    decidedBy: 'Ann',
    at: '2026-01-01T00:00:00.000Z',
    reason: 'needed',
  };
  const allowed = await filterShop(warehouse, { sensitivity, decisions: [decision] });
  expect((await resolveFilter(filter, allowed)).filter).toEqual(filter);
});

test('a feature that was blocked serves no longer, sensitive or not, and who blocked it is not told', async () => {
  const filter = { field: 'recency', above: 30 };
  const block: Decision = {
    feature: 'recency',
    effect: 'block',
    lawfulBasis: null,
    decidedBy: 'Ann',
    at: '2026-01-01T00:00:00.000Z',
    reason: 'not fair',
  };
  expect(await refusal(filter, { decisions: [block] })).toEqual([
    '"recency" (days since the last order) was blocked on 2026-01-01.',
    'Leave it out, or record who allows it and why: kindred allow recency --basis BASIS --by NAME --reason TEXT',
  ]);
  const allowed = await filterShop(warehouse, {
    decisions: [block, { ...block, effect: 'allow', lawfulBasis: 'legitimate-interests' }],
  });
  expect((await resolveFilter(filter, allowed)).filter).toEqual(filter);
});

test('a list of names leaves the names as they are written', () => {
  expect(either(['Home and Garden'])).toBe('Home and Garden');
  expect(either(['Home and Garden', 'Sand and Sea'])).toBe('Home and Garden or Sand and Sea');
  expect(either(['a', 'b', 'Salt, oil and vinegar'])).toBe('a, b or Salt, oil and vinegar');
});
