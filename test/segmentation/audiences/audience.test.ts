import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { standingTable, writeFeatures } from '../../../src/features/compute.ts';
import { silent } from '../../../src/progress.ts';
import type { Audience } from '../../../src/segmentation/audiences/audience.ts';
import {
  buildAudience,
  listAudiences,
  removeAudience,
  showAudience,
} from '../../../src/segmentation/audiences/build-audience.ts';
import { exportAudience } from '../../../src/segmentation/audiences/export-audience.ts';
import { currentModel } from '../../../src/segmentation/current.ts';
import { segmentShop } from '../../../src/segmentation/segment-shop.ts';
import { typical } from '../../../src/segmentation/typical.ts';
import { forgetArrived, storeEvents } from '../../../src/sources/arriving-events.ts';
import { readEvents } from '../../../src/sources/arriving-rows.ts';
import { openState } from '../../../src/state/state.ts';
import { openPostgres } from '../../../src/warehouse/postgres.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type LivedShop, livedShop } from '../refresh/lived-shop.ts';

const options = { customers: 420, ahead: 1 };
let shop: LivedShop;
beforeAll(async () => {
  shop = await livedShop(options);
}, 60_000);
afterAll(() => shop.close());

const build = (filter: unknown, name?: string, of: LivedShop = shop) =>
  buildAudience(of.context, { filter, name, actor: 'ada' });
const count = async (where: string): Promise<number> => {
  const [row] = await shop.context.warehouse.query<{ n: number }>(
    `SELECT count(*) AS n FROM ${standingTable} AS f LEFT JOIN scores AS s ON s.profile_id = f.profile_id WHERE ${where}`,
  );
  return row!.n;
};
const everybody = { field: 'orders', atLeast: 1 };
const nobody = { field: 'orders', above: 1e9 };
/** Segments by size, largest first. */
const keys = async () =>
  (await currentModel(shop.context.state)).segments.toSorted((a, b) => b.size - a.size).map(({ key }) => key);

describe('the figures', () => {
  test('are those of whom the filter finds', async () => {
    const { figures } = await build({
      all: [
        { field: 'orders', atLeast: 3 },
        { field: 'churn_probability', below: 0.6 },
      ],
    });
    const where = 'f.orders >= 3 AND s.churn_probability < 0.6';
    const { warehouse, state } = shop.context;
    const [sums] = await warehouse.query<Record<string, number>>(
      `SELECT sum(CAST(f.revenue AS NUMERIC(18, 2))) AS revenue, sum(CAST(f.revenue_last_year AS NUMERIC(18, 2))) AS year,
         sum(s.expected_orders_90) AS orders, sum(s.lifetime_value) AS lifetime, sum(s.value_at_risk) AS risk
       FROM ${standingTable} AS f JOIN scores AS s ON s.profile_id = f.profile_id WHERE ${where}`,
    );
    expect(figures.customers).toBe(await count(where));
    expect(figures.customers).toBeGreaterThan(20);
    expect(figures).toMatchObject({
      asOf: shop.asOf(0),
      currency: 'GBP',
      share: figures.customers / (await count('TRUE')),
      revenue: sums!.revenue,
      revenueLastYear: sums!.year,
    });
    expect(figures.expectedOrders90).toBeCloseTo(sums!.orders!, 3);
    expect(figures.lifetimeValue! / sums!.lifetime!).toBeCloseTo(1, 3);
    expect(figures.valueAtRisk! / sums!.risk!).toBeCloseTo(1, 3);
    const placed = await warehouse.query(
      `SELECT p.segment_key AS key, count(*) AS customers FROM placements AS p
       JOIN ${standingTable} AS f ON f.profile_id = p.profile_id JOIN scores AS s ON s.profile_id = p.profile_id
       WHERE p.owner = $1 AND ${where} GROUP BY p.segment_key ORDER BY 2 DESC, 1`,
      [state.owner],
    );
    expect(figures.segments.map(({ key, customers }) => ({ key, customers }))).toEqual(placed);
  });

  test('say what each clause met, dropped, and would leave in', async () => {
    const [key] = await keys();
    const parts = ['f.orders >= 3', 's.churn_probability < 0.6', `f.tenure > 100`];
    const { figures } = await build({
      all: [
        { field: 'orders', atLeast: 3 },
        { field: 'churn_probability', below: 0.6 },
        { field: 'tenure', above: 100 },
      ],
    });
    const and = (conditions: readonly string[]) => count(['TRUE', ...conditions].join(' AND '));
    for (const [i, clause] of figures.clauses.entries()) {
      const before = await and(parts.slice(0, i));
      expect(clause).toMatchObject({
        meets: await and([parts[i]!]),
        before,
        dropped: before - (await and(parts.slice(0, i + 1))),
        without: await and(parts.filter((_, j) => j !== i)),
      });
      expect(clause.dropped).toBeGreaterThan(0);
    }
    expect(figures.clauses).toHaveLength(3);
    const single = await build({ not: { segment: key! } });
    expect(single.figures.clauses).toEqual([
      expect.objectContaining({
        meets: single.figures.customers,
        before: await count('TRUE'),
        without: await count('TRUE'),
      }),
    ]);
  });

  test('of nobody and of everybody', async () => {
    const none = await build({ all: [everybody, nobody] });
    expect(none.figures).toMatchObject({
      customers: 0,
      share: 0,
      revenue: 0,
      revenueLastYear: 0,
      expectedOrders90: 0,
      lifetimeValue: 0,
      valueAtRisk: 0,
      traits: [],
      segments: [],
    });
    expect(none.figures.clauses[1]).toMatchObject({ meets: 0, without: await count('TRUE') });
    const all = await build(everybody);
    expect(all.figures).toMatchObject({ customers: await count('TRUE'), share: 1, traits: [] });
    expect(all.figures.segments.map(({ key }) => key)).toContain('set-aside');
  });

  test('without scores say so by null', async () => {
    const young = await livedShop({ customers: 60, ahead: 1 });
    try {
      const { figures } = await build(everybody, undefined, young);
      expect(figures.customers).toBeGreaterThan(40);
      expect(figures).toMatchObject({ expectedOrders90: null, lifetimeValue: null, valueAtRisk: null });
    } finally {
      await young.close();
    }
  });
});

describe('traits', () => {
  test('of a segment are in the figures of its page', async () => {
    const model = await currentModel(shop.context.state);
    for (const segment of model.segments) {
      const { figures } = await build({ segment: segment.key });
      expect(figures.traits.length).toBeGreaterThan(0);
      for (const { field, direction, value, overall } of figures.traits) {
        const summary = segment.features.find(({ id }) => id === field);
        if (!summary) continue;
        expect({ field, value, overall }).toEqual({ field, ...typical(summary, 'GBP') });
        expect(direction).toBe(summary.difference > 0 ? 'above' : 'below');
      }
    }
  });

  test('leave out what the filter settles itself, and what says the same', async () => {
    const { figures } = await build({ field: 'churn_probability', below: 0.5 });
    const told = figures.traits.map(({ field }) => field);
    expect(told.length).toBeGreaterThan(1);
    for (const id of ['churn_probability', 'alive_probability', 'order_probability_30'])
      expect(told).not.toContain(id);
    const twice = await build({
      any: [{ field: 'orders', atLeast: 8 }, { not: { field: 'revenue', below: 900 } }],
    });
    const fields = twice.figures.traits.map(({ field }) => field);
    for (const id of ['orders', 'orders_per_month', 'single_order', 'revenue'])
      expect(fields).not.toContain(id);
  });
});

describe('a saved audience', () => {
  test('has one handle, date and author however often it is asked for, and takes a new name', async () => {
    const [one, other] = await keys();
    const first = await build({ segment: [one!, other!] }, '  Win\u001b[2J   back\n');
    expect(first.audience).toMatchObject({
      handle: expect.stringMatching(/^a-[0-9a-f]{8}$/),
      name: 'Win [2J back',
      createdAt: '2026-11-22T12:00:00.000Z',
      createdBy: 'ada',
    });
    const later = { ...shop.context, now: () => new Date('2027-01-01T00:00:00Z') };
    const again = await buildAudience(later, { filter: { segment: [other!, one!] }, actor: 'bob' });
    expect(again).toEqual(first);
    const renamed = await buildAudience(later, {
      filter: { segment: [other!, one!] },
      name: 'Win-back',
      actor: 'bob',
    });
    expect(renamed.audience).toEqual({ ...first.audience, name: 'Win-back' });
    expect(await showAudience(shop.context, first.audience.handle)).toEqual(renamed);
    const saved = (await shop.context.state.audit.list()).filter(
      ({ subject }) => subject === first.audience.handle,
    );
    expect(saved.map(({ actor, action, details }) => [actor, action, details.name])).toEqual([
      ['ada', 'audience.saved', 'Win [2J back'],
      ['bob', 'audience.saved', 'Win-back'],
    ]);
  });

  test('is named by what it says, cut where that is long', async () => {
    const short = await build({ field: 'orders', atLeast: 7 });
    expect(short.audience.name).toBe('At least 7 orders');
    const long = await build({
      any: Array.from({ length: 20 }, (_, i) => ({ field: 'orders', above: 100 + i })),
    });
    expect(long.audience.name).toMatch(/^More than 100 orders or .{40,} …$/);
    expect(long.audience.name.length).toBeLessThanOrEqual(121);
    for (const name of [' \u0007 ', 'x'.repeat(121)])
      await expect(build({ field: 'orders', atLeast: 7 }, name)).rejects.toMatchObject({ mender: 'asker' });
  });

  test('that another filter has taken the handle of gets a longer one', async () => {
    const { audience } = await build({ field: 'orders', atLeast: 11 });
    const { state } = shop.context;
    const by = { at: audience.createdAt, actor: 'ada' };
    await state.audiences.remove(audience.handle, by);
    const taken: Audience = { ...audience, name: 'Taken', filter: { field: 'orders', atLeast: 12 } };
    await state.audiences.save(taken);
    const longer = await build({ field: 'orders', atLeast: 11 });
    expect(longer.audience.handle).toMatch(new RegExp(`^${audience.handle}[0-9a-f]{8}$`));
    expect(await state.audiences.byId(audience.handle)).toEqual(taken);
    expect((await build({ field: 'orders', atLeast: 11 })).audience).toEqual(longer.audience);
  });

  test('can be removed, and is not found afterwards', async () => {
    const { audience } = await build({ field: 'orders', atLeast: 13 });
    const { handle } = audience;
    expect(await listAudiences(shop.context.state)).toContainEqual(audience);
    expect(await removeAudience(shop.context, { handle, actor: 'bob' })).toEqual(audience);
    expect(await listAudiences(shop.context.state)).not.toContainEqual(audience);
    for (const gone of [
      showAudience(shop.context, handle),
      removeAudience(shop.context, { handle, actor: 'bob' }),
    ])
      await expect(gone).rejects.toMatchObject({
        mender: 'asker',
        message: `There is no audience "${handle}".`,
      });
  });
});

test('a filter that does not fit the shop saves nothing, and leaves the warehouse as it was', async () => {
  const before = await listAudiences(shop.context.state);
  for (const filter of [
    { segment: 'nobody at all' },
    { field: 'no_such_field', below: 1 },
    'text',
    null,
    { all: [] },
  ])
    await expect(build(filter)).rejects.toMatchObject({ mender: 'asker' });
  expect(await listAudiences(shop.context.state)).toEqual(before);
  expect((await build(everybody)).figures.share).toBe(1);
});

describe('after the shop has changed', () => {
  let own: LivedShop;
  beforeAll(async () => {
    own = await livedShop({ customers: 240, ahead: 1 });
  }, 60_000);
  afterAll(() => own.close());

  test('profiles that were joined are one person, who stands somewhere', async () => {
    const { warehouse } = own.context;
    const before = (await build(everybody, undefined, own)).figures;
    const [one, two] = await warehouse.query<{ profile_id: string }>(
      `SELECT profile_id FROM ${standingTable} ORDER BY place LIMIT 2`,
    );
    const ids = [one!, two!].map(({ profile_id }) => profile_id);
    await warehouse.append('identities', {
      source: ['shop', 'shop'],
      source_id: ids.map(id => id.replace('shop/', '')),
      profile_id: [ids[1]!, ids[1]!],
      reason: ['own id', 'e-mail'],
    });
    // Rows change by imports only, by which features are known to be of other rows.
    await warehouse.append('imports', { import_id: ['accounts'], rows_in: [1], stored: [1], rejected: [0] });
    for (const table of ['customers', 'orders', 'order_lines', 'events', 'tickets'])
      await warehouse.execute(`UPDATE ${table} SET profile_id = $2 WHERE profile_id = $1`, ids);
    const { figures } = await build(everybody, undefined, own);
    expect(figures.customers).toBe(before.customers - 1);
    expect(figures.segments.reduce((sum, { customers }) => sum + customers, 0)).toBe(figures.customers);
    for (const { key, customers } of figures.segments)
      expect((await build({ segment: key }, undefined, own)).figures.customers).toBe(customers);
  });

  test('a question that is refused keeps the features that an import made anew', async () => {
    const { warehouse } = own.context;
    const mark = async () => (await warehouse.query('SELECT mark FROM feature_tables ORDER BY name')).at(0);
    await build({ field: 'orders', atLeast: 2 }, undefined, own);
    const before = await mark();
    await warehouse.execute('UPDATE imports SET rows_in = rows_in + 1');
    await expect(build({ field: 'ordres', atLeast: 2 }, undefined, own)).rejects.toThrow('no field');
    expect(await mark()).not.toEqual(before);
  });

  test('events that arrive leave questions their features; what a refresh takes are computed anew', async () => {
    const { warehouse } = own.context;
    const mark = async () => (await warehouse.query('SELECT mark FROM feature_tables ORDER BY name')).at(0);
    await build({ field: 'orders', atLeast: 2 }, undefined, own);
    const before = await mark();
    const arrives = (type: string) => {
      const occurred_at = `${own.asOf(-1)}T10:00:00Z`;
      const json = { event_id: 'late', customer_id: 'nobody-else', occurred_at, type };
      const post = readEvents([{ json }], own.context.now());
      return warehouse.transaction(async tx => {
        await storeEvents(tx, 'shop', [post], own.context.now());
        await forgetArrived(tx);
      });
    };
    await arrives('Product Viewed');
    await build({ field: 'orders', atLeast: 2 }, undefined, own);
    expect(await mark()).toEqual(before);
    await warehouse.transaction(tx => writeFeatures(tx, own.asOf(0)));
    const refreshed = await mark();
    expect(refreshed).not.toEqual(before);
    // What was stored is not so any more, as where customers are joined: that does not wait.
    await arrives('Product Added');
    await build({ field: 'orders', atLeast: 2 }, undefined, own);
    expect(await mark()).not.toEqual(refreshed);
    expect(await mark()).not.toEqual({ mark: null });
  });

  test('what a saved audience asks for and is no longer there is told, with its handle', async () => {
    const { warehouse, state } = own.context;
    const [largest] = (await currentModel(state)).segments;
    const bySegment = await build({ segment: largest!.key }, 'The largest', own);
    const byCategory = await build({ orders: { category: 'gifts' } }, 'Gifts', own);
    expect(byCategory.figures.customers).toBeGreaterThan(0);
    await warehouse.execute("DELETE FROM order_lines WHERE category = 'gifts'");
    // Whatever changes rows leaves a trace: what is computed of them is kept until there is one.
    await warehouse.execute('UPDATE imports SET stored = stored - 1');
    await segmentShop(own.context, { asOf: own.asOf(0), force: false }, silent);
    const found = (await currentModel(state)).segments.map(({ key }) => key);
    expect(found).not.toContain(largest!.key);
    for (const [{ audience }, gone] of [
      [bySegment, largest!.key],
      [byCategory, 'gifts'],
    ] as const)
      await expect(showAudience(own.context, audience.handle)).rejects.toMatchObject({
        mender: 'asker',
        message: expect.stringMatching(`${audience.handle} \\(${audience.name}\\).*"${gone}"`),
        next: expect.stringContaining(`kindred audience remove ${audience.handle}`),
      });
  });
});

/** The text of the file of those who came back, in a shop whose addresses a spreadsheet would run. */
async function exported({ context }: LivedShop): Promise<string> {
  const { warehouse } = context;
  await warehouse.execute(
    "UPDATE customers SET email = '=' || customer_id || '@x.org', accepts_marketing = (country = 'GB') WHERE country <> 'IE'",
  );
  const { audience, figures } = await buildAudience(context, {
    filter: { field: 'orders', atLeast: 2 },
    actor: 'ada',
  });
  const { path, remove } = temporaryFolder();
  try {
    const file = join(path, 'people.csv');
    const { rows, withoutEmail, saidNo } = await exportAudience(context, {
      handle: audience.handle,
      file,
      actor: 'ada',
    });
    const text = readFileSync(file, 'utf8');
    const lines = text.trimEnd().split('\n').slice(1);
    // Four sources know each of them, but for the bulk buyer.
    expect([rows, lines.length]).toEqual([4 * figures.customers - 3, rows]);
    expect(lines.filter(line => line.includes(",'=C")).length).toBe(rows - withoutEmail);
    expect(lines.filter(line => line.includes(',false,')).length).toBe(saidNo);
    expect(Math.min(withoutEmail, saidNo)).toBeGreaterThan(0);
    return text;
  } finally {
    remove();
  }
}

test('Postgres finds the same people and tells the same of them', async () => {
  const url = await freshDatabase();
  const posted = await livedShop({ ...options, open: () => openPostgres({ url }) });
  try {
    const [key] = await keys();
    for (const filter of [
      {
        all: [
          { field: 'orders', atLeast: 3 },
          { field: 'churn_probability', below: 0.6 },
        ],
      },
      { segment: key },
      nobody,
    ])
      expect((await build(filter, undefined, posted)).figures).toEqual((await build(filter)).figures);
    expect(await exported(posted)).toBe(await exported(shop));
    // Another state on the same warehouse segments by itself, and asks of its own.
    const state = await openState({ dataDir: '', url: await freshDatabase() });
    const theirs = { ...posted.context, state };
    try {
      const before = await build({ segment: key }, undefined, posted);
      await segmentShop(theirs, { asOf: posted.asOf(0), force: true, k: 2 }, silent);
      const [segment] = (await currentModel(state)).segments;
      const { figures } = await buildAudience(theirs, { filter: { segment: segment!.key }, actor: 'bob' });
      expect(figures.customers).toBe(segment!.size);
      expect(await showAudience(posted.context, before.audience.handle)).toEqual(before);
      expect((await listAudiences(posted.context.state)).map(({ createdBy }) => createdBy)).not.toContain(
        'bob',
      );
    } finally {
      await state.close();
    }
  } finally {
    await posted.close();
  }
}, 60_000);
