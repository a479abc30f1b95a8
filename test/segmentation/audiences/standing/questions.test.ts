import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildAudience } from '../../../../src/segmentation/audiences/build-audience.ts';
import {
  standingFilter,
  standingQuestions,
} from '../../../../src/segmentation/audiences/standing/questions.ts';
import { readShopFacts } from '../../../../src/segmentation/audiences/standing/shop-facts.ts';
import { type LivedShop, livedShop } from '../../refresh/lived-shop.ts';

let shop: LivedShop;
beforeAll(async () => {
  shop = await livedShop({ customers: 420, ahead: 1 });
}, 60_000);
afterAll(() => shop.close());

test('each question is an audience like any other where the shop answers it, and says what it lacks elsewhere', async () => {
  const facts = await readShopFacts(shop.context);
  for (const { id, name, filter } of standingQuestions) {
    if (filter(facts) === null) {
      await expect(standingFilter(shop.context, id)).rejects.toThrow('does not answer');
      continue;
    }
    const standing = await standingFilter(shop.context, id);
    const { audience, figures } = await buildAudience(shop.context, {
      filter: standing.filter,
      name,
      actor: 'ada',
    });
    expect(audience).toMatchObject({ name });
    expect(figures.share).toBeLessThan(0.8);
  }
  await expect(standingFilter(shop.context, 'lapsed')).rejects.toThrow(
    'There is no standing question "lapsed"',
  );
});

test('what is usual is measured on those who have a value', async () => {
  const { usualCartShare, topFifthRevenue, has } = await readShopFacts(shop.context);
  const rows = await shop.context.warehouse.query<{ cart: number | null; revenue: number }>(
    'SELECT cart_abandonment AS cart, revenue FROM features',
  );
  const carts = rows.flatMap(({ cart }) => (cart === null ? [] : [cart]));
  expect(usualCartShare).toBeCloseTo(carts.reduce((sum, cart) => sum + cart, 0) / carts.length, 3);
  const above = rows.filter(({ revenue }) => revenue >= topFifthRevenue!).length;
  expect(above / rows.length).toBeGreaterThanOrEqual(0.2);
  expect(above / rows.length).toBeLessThan(0.21);
  expect(has('alive_probability')).toBe(true);
  expect(has('plan_tier')).toBe(false);
});
