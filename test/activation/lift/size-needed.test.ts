import { expect, test } from 'vitest';
import { sizeNeeded, sizeNeededOf } from '../../../src/activation/lift/size-needed.ts';
import { stores } from '../../warehouse/stores.ts';

const base = { customers: 20_000, orderers: 2_000, holdout: 0.1, days: 30 };

test('says what lift can be seen, and how many it takes for a fifth more', () => {
  const { rate, detectable, forFifth, says } = sizeNeededOf(base);
  expect(rate).toBe(0.1);
  expect(detectable).toBeGreaterThan(0.02);
  expect(detectable).toBeLessThan(0.04);
  expect(forFifth).toBeGreaterThan(20_000);
  expect(says).toMatch(
    /^10 % of them ordered in the 30 days before: after 30 days a rise to 1\d % \(2\.\d points\) or more would be seen four times in five\. To see a rise by a fifth takes about [\d,]+ customers\.$/,
  );
});

test('a larger holdout, and more customers, show less of a lift', () => {
  const detectable = (change: Partial<typeof base>) => sizeNeededOf({ ...base, ...change }).detectable!;
  expect(detectable({ holdout: 0.05 })).toBeGreaterThan(detectable({}));
  expect(detectable({ customers: 80_000, orderers: 8_000 })).toBeLessThan(detectable({}));
});

test('so few held out show nothing, and it is said', () => {
  const { detectable, says } = sizeNeededOf({ ...base, customers: 90, orderers: 9 });
  expect(detectable).toBeNull();
  expect(says).toMatch(/^With so few held out no lift could be seen\./);
  expect(sizeNeededOf({ ...base, customers: 0, orderers: 0 })).toMatchObject({
    detectable: null,
    forFifth: null,
  });
  expect(sizeNeededOf({ ...base, orderers: 0 }).says).toMatch(
    /^Nobody of them ordered in the 30 days before/,
  );
});

test.each(stores)('counts who ordered lately among the members, in $store', async ({ open }) => {
  const warehouse = await open();
  try {
    const at = ['2026-05-15 10:00:00', '2026-05-20 10:00:00', '2026-03-01 10:00:00', '2026-06-02 10:00:00'];
    await warehouse.append('orders', {
      source: at.map(() => 'shop'),
      order_id: at.map((_, i) => `o${i}`),
      profile_id: ['shop/1', 'shop/1', 'shop/2', 'shop/3'],
      ordered_at: at,
      total: at.map(() => 10),
    });
    const members =
      "SELECT 'shop/1' AS profile_id UNION ALL SELECT 'shop/2' UNION ALL SELECT 'shop/3' UNION ALL SELECT 'shop/4'";
    const { rate } = await sizeNeeded(warehouse, { members, holdout: 0.1, asOf: '2026-06-01' });
    expect(rate).toBe(0.25);
  } finally {
    await warehouse.close();
  }
});
