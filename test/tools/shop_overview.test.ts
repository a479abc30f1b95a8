import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { few } from '../../src/tools/results/values.ts';
import { shopOverviewTool } from '../../src/tools/shop_overview.ts';
import type { Warehouse } from '../../src/warehouse/port.ts';
import { inMemory, type LivedShop, livedShop } from '../segmentation/refresh/lived-shop.ts';
import { madeContext } from './made-context.ts';
import { call, madeShop } from './made-shop.ts';

interface Overview {
  [field: string]: unknown;
  readiness: {
    enough: boolean;
    why: string[];
    missing: { class: string; features: string[]; brings: string }[];
  };
}

describe('a shop that was segmented and refreshed', () => {
  let shop: LivedShop;
  beforeAll(async () => {
    shop = await livedShop({ customers: 420, ahead: 1 });
    await shop.refresh(1);
  }, 60_000);
  afterAll(() => shop.close());

  it('is told by its size, its span, how fresh its segments are and what waits', async () => {
    const { state } = shop.context;
    await state.proposals.open({
      kind: 'persona',
      subject: 'm-1',
      summary: 'Other names for two segments.',
      body: {},
      createdAt: '2026-11-20T10:00:00Z',
      createdBy: 'ada',
    });
    const overview = await call<Overview>(shopOverviewTool, madeContext({ ...shop.context }));
    const [row] = await shop.context.warehouse.query<{ orders: number; buyers: number }>(
      'SELECT count(*) AS orders, count(DISTINCT profile_id) AS buyers FROM orders',
    );
    const model = (await state.models.current())!;
    expect(overview).toMatchObject({
      asOf: shop.asOf(1),
      currency: 'GBP',
      customers: 10 * Math.round(row!.buyers / 10),
      orders: row!.orders,
      span: { months: expect.any(Number) },
      segments: {
        kind: 'clusters',
        groups: model.segments.length,
        found: shop.asOf(0),
        refreshed: shop.asOf(1),
        refreshes: 1,
        // The only one of unusual volume, whose revenue would follow from the whole.
        setAside: { customers: few, revenueShare: null },
      },
      openProposals: [
        { id: 'p-1', kind: 'persona', summary: 'Other names for two segments.', since: '2026-11-20' },
      ],
      moreProposals: 0,
    });
    const { revenue } = overview.segments as { revenue: number };
    expect(revenue).toBe(Number(model.population.revenue.toPrecision(2)));
    expect(overview.readiness.enough).toBe(false);
    expect(overview.readiness.why[0]).toContain('customers have bought; below 5,000');
  });
});

describe('a shop without segments', () => {
  let warehouse: Warehouse;
  beforeAll(async () => {
    warehouse = await inMemory();
  });
  afterAll(() => warehouse.close());
  const overview = () => call<Overview>(shopOverviewTool, { ...madeShop({ model: null }), warehouse });

  it('and without a row says what every class of data would bring', async () => {
    const told = await overview();
    expect(told).toMatchObject({ asOf: null, customers: few, orders: 0, span: null, segments: null });
    expect(told.readiness.missing.map(each => each.class)).toContain('browse');
    expect(told.readiness.missing[0]!.brings.length).toBeGreaterThan(20);
  });

  it('counts no fewer than ten customers, in words either', async () => {
    const ids = [0, 1, 2];
    await warehouse.append('orders', {
      source: ids.map(() => 'shop'),
      order_id: ids.map(String),
      customer_id: ids.map(String),
      profile_id: ids.map(i => `shop/${i}`),
      ordered_at: ids.map(i => `2026-10-0${i + 1} 10:00:00`),
      total: ids.map(() => 20),
      currency: ids.map(() => 'GBP'),
    });
    const told = await overview();
    expect(told).toMatchObject({ asOf: '2026-10-04', customers: few, orders: 3 });
    expect(told.readiness.why[0]).toBe(
      'Fewer than 10 customers have bought; below 5,000, classical RFM segments serve better.',
    );
  });
});
