import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { currentModel } from '../../src/segmentation/current.ts';
import { buildAudienceTool } from '../../src/tools/build_audience.ts';
import { inputSchema } from '../../src/tools/inputs/json-schema.ts';
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
      customers: members,
      // One is set aside here, who would follow from the number of all.
      buyers: 10 * Math.round(buyers / 10),
      share: Math.round((members / buyers) * 100) / 100,
      withheld: null,
      meaning: null,
      export: expect.stringContaining(`kindred audience export ${built.handle}`),
    });
    expect(members).toBeGreaterThan(20);
    const [third] = built.clauses;
    expect(third).toMatchObject({
      says: 'at least 3 orders',
      meets: await count('f.orders >= 3'),
      dropped: 10 * Math.round((await count('NOT f.orders >= 3')) / 10),
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
    expect(built.clauses.map(({ dropped }) => dropped)).toEqual(['fewer than 10', null]);
  });

  test('that finds all but a few tells no figure from which those few follow', async () => {
    const [row] = await shop.context.warehouse.query<{ bound: number }>(
      'SELECT revenue AS bound FROM features ORDER BY revenue DESC LIMIT 1 OFFSET 4',
    );
    const all = await build({ filter: { field: 'revenue', below: row!.bound } });
    expect(all).toMatchObject({ customers: null, share: null, revenue: null, clauses: [{ meets: null }] });
    const { segments } = await currentModel(shop.context.state);
    const [segment] = segments.toSorted((a, b) => b.size - a.size);
    const [within] = await shop.context.warehouse.query<{ bound: number }>(
      `SELECT f.tenure AS bound FROM features AS f JOIN placements AS p ON p.profile_id = f.profile_id
       WHERE p.segment_key = '${segment!.key}' ORDER BY f.tenure DESC LIMIT 1 OFFSET 3`,
    );
    const part = await build({
      filter: { all: [{ segment: segment!.key }, { field: 'tenure', below: within!.bound }] },
    });
    expect(part).toMatchObject({ customers: null, revenue: null, segments: [] });
    expect(part.clauses[0]).toMatchObject({ meets: segment!.size });
    expect(part.clauses[1]).toMatchObject({ dropped: 'fewer than 10' });
  });

  test('never tells counts that leave a few between them', async () => {
    const { segments } = await currentModel(shop.context.state);
    const sizes = new Map(segments.map(({ key, size }) => [key, size]));
    const buyers = await count('TRUE');
    const clause = fc.oneof(
      fc.integer({ min: 1, max: 12 }).map(atLeast => ({ field: 'orders', atLeast })),
      fc.integer({ min: 0, max: 400 }).map(below => ({ field: 'recency', below })),
      fc.constantFrom(...segments.map(({ key }) => ({ segment: key }))),
      fc.integer({ min: 0, max: 20 }).map(n => ({ not: { field: 'churn_probability', above: n / 20 } })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(clause, { minLength: 1, maxLength: 3 }), async all => {
        const { customers, segments: parts, elsewhere, clauses } = await build({ filter: { all } });
        const numbers = [customers, ...clauses.flatMap(({ meets, dropped }) => [meets, dropped])];
        for (const told of numbers) if (typeof told === 'number') expect(told).toBeGreaterThanOrEqual(10);
        const few = (a: unknown, b: unknown) =>
          typeof a === 'number' && typeof b === 'number' && a !== b && Math.abs(a - b) < 10;
        // All are told to the nearest ten, as one of them is set aside.
        const fewerThanAll = (a: unknown) => a !== 10 * Math.round(buyers / 10) && few(a, buyers);
        expect(fewerThanAll(customers)).toBe(false);
        for (const { meets } of clauses) {
          expect(fewerThanAll(meets)).toBe(false);
          if (meets !== 10 * Math.round(buyers / 10)) expect(few(meets, customers)).toBe(false);
        }
        for (const { key, customers: told } of parts) expect(few(told, sizes.get(key))).toBe(false);
        if (typeof customers === 'number' && customers !== 10 * Math.round(buyers / 10))
          expect(parts.reduce((sum, part) => sum + part.customers, (elsewhere as number | null) ?? 0)).toBe(
            customers,
          );
        // Who is left after each clause, where it follows from what was dropped: after the first, and before the last.
        const [first, ...rest] = clauses;
        for (const [from, steps, sign] of [
          [first!.meets === 10 * Math.round(buyers / 10) ? null : first!.meets, rest, -1],
          [customers === 10 * Math.round(buyers / 10) ? null : customers, rest.toReversed(), 1],
        ] as const) {
          let left: unknown = from;
          for (const { dropped } of steps) {
            left = typeof left === 'number' && typeof dropped === 'number' ? left + sign * dropped : null;
            expect(fewerThanAll(left) || few(left, customers)).toBe(false);
          }
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);

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
