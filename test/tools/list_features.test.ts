import { afterAll, beforeAll, expect, test } from 'vitest';
import { currentModel } from '../../src/segmentation/current.ts';
import { listFeaturesTool } from '../../src/tools/list_features.ts';
import { runTool } from '../../src/tools/run-tool.ts';
import { type LivedShop, livedShop } from '../segmentation/refresh/lived-shop.ts';
import { madeContext } from './made-context.ts';

let shop: LivedShop;
beforeAll(async () => {
  shop = await livedShop({ customers: 420, ahead: 1 });
}, 60_000);
afterAll(() => shop.close());

interface Listed {
  features: Record<string, unknown>[];
  names: string[];
  more: number;
}

const list = async (input: object): Promise<Listed> => {
  const context = madeContext({ ...shop.context, role: 'viewer' });
  return (await runTool(context, 'list_features', input, [listFeaturesTool])).output as unknown as Listed;
};

test('begins with what the segments were found with, heaviest first, and says what is left out', async () => {
  const { features, more } = await list({});
  const { recipe } = await currentModel(shop.context.state);
  expect(features).toHaveLength(20);
  expect(more).toBeGreaterThan(20);
  const weights = features.map(({ weight }) => weight as number);
  expect(weights).toEqual(weights.toSorted((a, b) => b - a));
  expect(recipe.features.map(({ id }) => id)).toContain(features[0]!.id);
  expect(features[0]).toMatchObject({ typical: expect.any(String), explained: expect.any(Number) });
});

test('finds by class, and by words of the id or the label', async () => {
  const scores = await list({ class: 'score', search: 'chance order' });
  expect(scores.features.map(({ id }) => id)).toContain('churn_probability');
  for (const feature of scores.features) expect(feature).toMatchObject({ class: 'score' });
  const [share] = (await list({ search: 'churn_probability' })).features;
  expect(share).toEqual({
    id: 'churn_probability',
    label: 'chance of no order in the next 90 days',
    class: 'score',
    unit: 'share, 0 to 1',
  });
  expect(await list({ search: 'horoscope' })).toMatchObject({ features: [], more: 0 });
});

test('says what is missing for want of which data', async () => {
  const { features } = await list({ class: 'engagement' });
  expect(features.length).toBeGreaterThan(2);
  await shop.context.warehouse.execute("DELETE FROM events WHERE lower(type) = 'email opened'");
  await shop.context.warehouse.execute('UPDATE imports SET rows_in = rows_in + 1');
  const [opens] = (await list({ search: 'open_rate' })).features;
  expect(opens).toMatchObject({ id: 'open_rate', withheld: 'no event says that an e-mail was opened' });
});

test('lists names that ten customers go with at least, and none that tells of a protected trait', async () => {
  const { warehouse } = shop.context;
  const { names } = await list({ names: 'event type' });
  expect(names).toContain('Product Viewed');
  await warehouse.execute(
    "UPDATE order_lines SET category = 'pregnancy tests' WHERE category = (SELECT min(category) FROM order_lines)",
  );
  await warehouse.execute(
    "UPDATE order_lines SET category = 'For Ada only' WHERE line_id = (SELECT min(line_id) FROM order_lines)",
  );
  const categories = (await list({ names: 'category' })).names;
  expect(categories.length).toBeGreaterThan(1);
  expect(categories).not.toContain('pregnancy tests');
  expect(categories).not.toContain('For Ada only');
});
