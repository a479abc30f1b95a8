import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { currentModel } from '../../src/segmentation/current.ts';
import { buildAudienceTool } from '../../src/tools/build_audience.ts';
import { inputSchema } from '../../src/tools/inputs/json-schema.ts';
import { few } from '../../src/tools/results/values.ts';
import { runTool } from '../../src/tools/run-tool.ts';
import { type LivedShop, livedShop } from '../segmentation/refresh/lived-shop.ts';
import { madeContext } from './made-context.ts';

let shop: LivedShop;
beforeAll(async () => {
  shop = await livedShop({ customers: 420, ahead: 1 });
}, 60_000);
afterAll(() => shop.close());

interface Built {
  [field: string]: unknown;
  handle: string;
  customers: number | string | null;
  segments: { key: string; customers: number }[];
  clauses: { says: string; meets: unknown; dropped: unknown }[];
}

async function build(input: unknown): Promise<Built> {
  const context = madeContext({ ...shop.context, role: 'viewer' });
  const { output } = await runTool(context, 'build_audience', input, [buildAudienceTool]);
  return output as Built;
}

const tens = (customers: number) => 10 * Math.round(customers / 10);

const count = async (where: string): Promise<number> => {
  const [row] = await shop.context.warehouse.query<{ n: number }>(
    `SELECT count(*) AS n FROM features AS f LEFT JOIN scores AS s ON s.profile_id = f.profile_id WHERE ${where}`,
  );
  return row!.n;
};

describe('a filter', () => {
  test('gives counts, money, what sets its members apart, and a handle that it is kept under', async () => {
    const filter = {
      all: [
        { field: 'orders', atLeast: 3 },
        { field: 'churn_probability', below: 0.6 },
      ],
    };
    const built = await build({ filter, name: 'Steady ones' });
    const members = await count('f.orders >= 3 AND s.churn_probability < 0.6');
    const buyers = await count('TRUE');
    expect(built).toMatchObject({
      name: 'Steady ones',
      asOf: shop.asOf(0),
      currency: 'GBP',
      customers: tens(members),
      buyers: tens(buyers),
      share: expect.closeTo(tens(members) / tens(buyers), 4),
      withheld: null,
      meaning: null,
      export: expect.stringContaining(`kindred audience export ${built.handle}`),
    });
    expect(members).toBeGreaterThan(20);
    const [third] = built.clauses;
    expect(third).toMatchObject({
      says: 'at least 3 orders',
      meets: tens(await count('f.orders >= 3')),
      dropped: tens(await count('NOT f.orders >= 3')),
    });
    expect(await shop.context.state.audiences.byId(built.handle)).toMatchObject({
      name: 'Steady ones',
      createdBy: 'ada',
    });
  });

  test('that finds a few tells no figure of them', async () => {
    const [row] = await shop.context.warehouse.query<{ bound: number }>(
      'SELECT revenue AS bound FROM features ORDER BY revenue DESC LIMIT 1 OFFSET 4',
    );
    const built = await build({
      filter: {
        all: [
          { field: 'orders', atLeast: 1 },
          { field: 'revenue', atLeast: row!.bound },
        ],
      },
    });
    expect(built).toMatchObject({
      customers: 'fewer than 10',
      share: null,
      revenue: null,
      lifetimeValue: null,
      standsOut: [],
      segments: [],
      elsewhere: null,
      withheld: 'Nothing more is told of so few.',
    });
    const buyers = await count('TRUE');
    const dropped = [few, tens(buyers - (await count(`f.revenue >= ${row!.bound}`)))];
    expect(built.clauses.map(clause => clause.dropped)).toEqual(dropped);
  });

  test('that finds all but a few tells no figure from which those few follow', async () => {
    const [row] = await shop.context.warehouse.query<{ bound: number }>(
      'SELECT revenue AS bound FROM features ORDER BY revenue DESC LIMIT 1 OFFSET 4',
    );
    const all = await build({ filter: { field: 'revenue', below: row!.bound } });
    expect(all).toMatchObject({ share: null, revenue: null, lifetimeValue: null, standsOut: [] });
    expect(all.withheld).toMatch(/^All but a few/);
    const { segments } = await currentModel(shop.context.state);
    const [segment] = segments.toSorted((a, b) => b.size - a.size);
    const [within] = await shop.context.warehouse.query<{ bound: number }>(
      `SELECT f.tenure AS bound FROM features AS f JOIN placements AS p ON p.profile_id = f.profile_id
       WHERE p.segment_key = '${segment!.key}' ORDER BY f.tenure DESC LIMIT 1 OFFSET 3`,
    );
    const part = await build({
      filter: { all: [{ segment: segment!.key }, { field: 'tenure', below: within!.bound }] },
    });
    expect(part).toMatchObject({ customers: tens(segment!.size - 4), revenue: null, standsOut: [] });
    expect(part.clauses[1]).toMatchObject({ dropped: few });
  });

  test('tells counts in tens and sums in three digits, so that no two filters tell of the few between them', async () => {
    const { segments } = await currentModel(shop.context.state);
    const clause = fc.oneof(
      fc.integer({ min: 1, max: 12 }).map(atLeast => ({ field: 'orders', atLeast })),
      fc.integer({ min: 0, max: 400 }).map(below => ({ field: 'recency', below })),
      fc.constantFrom(...segments.map(({ key }) => ({ segment: key }))),
      fc.integer({ min: 0, max: 20 }).map(n => ({ not: { field: 'churn_probability', above: n / 20 } })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(clause, { minLength: 1, maxLength: 3 }), async all => {
        const built = await build({ filter: { all } });
        const { customers, buyers, segments: parts, elsewhere, clauses } = built;
        const counts = [customers, buyers, elsewhere, ...parts.map(part => part.customers)];
        for (const told of [...counts, ...clauses.flatMap(({ meets, dropped }) => [meets, dropped])])
          if (typeof told === 'number') expect([told > 0, told % 10]).toEqual([true, 0]);
          else expect([few, null]).toContain(told);
        const { revenue, revenueLastYear, lifetimeValue, valueAtRisk, expectedOrders90 } = built;
        for (const sum of [revenue, revenueLastYear, lifetimeValue, valueAtRisk, expectedOrders90])
          if (sum !== null) expect(Number((sum as number).toPrecision(3))).toBe(sum);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  test('and what it leaves out together tell no more of all than ten of them, by whatever words', async () => {
    const { segments, population } = await currentModel(shop.context.state);
    const [segment] = segments.toSorted((a, b) => b.size - a.size);
    // So many are set aside that they are withheld: they are all buyers but those of segments.
    expect(population.setAside.count).toBeLessThan(10);
    const inIt = { segment: segment!.key };
    for (const others of [
      { not: inIt },
      { not: { all: [inIt, { field: 'orders', atLeast: 1 }] } },
      { any: [{ not: inIt }, { field: 'orders', below: 0 }] },
    ])
      expect(await build({ filter: others })).toMatchObject({
        customers: tens(population.customers - segment!.size),
      });
    expect((await build({ filter: { field: 'orders', atLeast: 1 } })).customers).toBe(
      tens(population.customers),
    );
  });

  test('that was saved before keeps the name that a person gave it', async () => {
    // No other test asks it.
    const filter = { field: 'orders', atLeast: 5, below: 12_345 };
    await build({ filter, name: 'Our best' });
    expect(await build({ filter, name: 'Approved by all, send at once' })).toMatchObject({
      name: 'Our best',
    });
    const { handle } = await build({ filter });
    expect(await shop.context.state.audiences.byId(handle)).toMatchObject({ name: 'Our best' });
  });

  test('has a name of words alone, whatever was written', async () => {
    const { name } = await build({
      filter: { field: 'orders', atLeast: 6, below: 12_345 },
      name: '<b>“VIPs”</b> {now}',
    });
    expect(name).toBe('bVIPs/b now');
  });

  test('that does not fit is refused with what would', async () => {
    await expect(build({ filter: { field: 'churn_probabilty', below: 0.5 } })).rejects.toThrow(
      'There is no field "churn_probabilty".',
    );
    await expect(build({})).rejects.toThrow(InputError);
    await expect(build({ filter: { segment: 'x' }, question: 'overdue' })).rejects.toThrow('say either');
    await expect(build({ filter: 'orders > 3' })).rejects.toThrow('"filter"');
  });
});

test('a standing question says whom it means', async () => {
  const built = await build({ question: 'overdue' });
  expect(built).toMatchObject({ name: 'Overdue for an order' });
  expect(built.meaning).toMatch(/^They came back at least twice/);
});

test('the schema that models read knows every word of a filter, and is short', () => {
  const schema = inputSchema(buildAudienceTool);
  const { filter } = schema.properties as Record<string, { properties: Record<string, object> }>;
  expect(Object.keys(filter!.properties)).toEqual(
    expect.arrayContaining([
      'field',
      'atLeast',
      'is',
      'segment',
      'moved',
      'orders',
      'events',
      'all',
      'any',
      'not',
    ]),
  );
  expect(filter!.properties.events).toMatchObject({
    properties: { type: {}, campaign: {}, within: { type: 'integer' } },
  });
  expect(JSON.stringify(schema).length).toBeLessThan(3600);
});
