import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildAudience } from '../../src/segmentation/audiences/build-audience.ts';
import { explainAudienceTool } from '../../src/tools/explain_audience.ts';
import { runTool } from '../../src/tools/run-tool.ts';
import { type LivedShop, livedShop } from '../segmentation/refresh/lived-shop.ts';
import { madeContext } from './made-context.ts';

let shop: LivedShop;
beforeAll(async () => {
  shop = await livedShop({ customers: 420, ahead: 1 });
}, 60_000);
afterAll(() => shop.close());

interface Explained {
  customers: unknown;
  clauses: { clause: string; dropped: unknown; without: unknown; more: unknown }[];
  sources: string[];
}

async function explain(filter: unknown): Promise<Explained> {
  const { audience } = await buildAudience(shop.context, { filter, actor: 'ada' });
  const context = madeContext({ ...shop.context, role: 'viewer' });
  const input = { handle: audience.handle };
  return (await runTool(context, 'explain_audience', input, [explainAudienceTool]))
    .output as unknown as Explained;
}

const tens = (customers: number) => 10 * Math.round(customers / 10);

const count = async (where: string): Promise<number> => {
  const [row] = await shop.context.warehouse.query<{ n: number }>(
    `SELECT count(*) AS n FROM features AS f LEFT JOIN scores AS s ON s.profile_id = f.profile_id WHERE ${where}`,
  );
  return row!.n;
};

test('says what would change without each clause, and where the numbers come from', async () => {
  const { clauses, customers, sources } = await explain({
    all: [
      { field: 'orders', atLeast: 3 },
      { field: 'churn_probability', below: 0.6 },
    ],
  });
  const [both, likely] = [
    await count('f.orders >= 3 AND s.churn_probability < 0.6'),
    await count('s.churn_probability < 0.6'),
  ];
  expect(customers).toBe(tens(both));
  expect(likely - both).toBeGreaterThan(10);
  expect(clauses[0]).toMatchObject({
    clause: '{"field":"orders","atLeast":3}',
    without: tens(likely),
    more: tens(likely - both),
  });
  expect(sources.join('\n')).toContain('churn_probability: predictions, not facts.');
  expect(sources.join('\n')).toContain(`orders: computed from imported rows as of ${shop.asOf(0)}`);
});

test('tells of a change of a few that it is of a few', async () => {
  const [row] = await shop.context.warehouse.query<{ bound: number }>(
    'SELECT revenue AS bound FROM features WHERE orders >= 3 ORDER BY revenue DESC LIMIT 1 OFFSET 4',
  );
  const { clauses } = await explain({
    all: [
      { field: 'orders', atLeast: 3 },
      { field: 'revenue', below: row!.bound },
    ],
  });
  expect(clauses[1]).toMatchObject({ dropped: 'fewer than 10', more: 'fewer than 10' });
});

test('words of the data stand in a clause without marks that could say more', async () => {
  const [row] = await shop.context.warehouse.query<{ category: string }>(
    "SELECT min(category) AS category FROM order_lines WHERE category <> ''",
  );
  const { clauses } = await explain({ orders: { category: row!.category } });
  expect(clauses[0]!.clause).toBe(`{"orders":{"category":"${row!.category}"}}`);
});

test('knows only handles that were given', async () => {
  const context = madeContext({ ...shop.context, role: 'viewer' });
  await expect(
    runTool(context, 'explain_audience', { handle: 'a-00000000' }, [explainAudienceTool]),
  ).rejects.toThrow('There is no audience "a-00000000".');
});
