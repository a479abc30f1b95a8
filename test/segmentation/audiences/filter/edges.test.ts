import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FilterShop } from '../../../../src/segmentation/audiences/filter/shop.ts';
import type { Warehouse } from '../../../../src/warehouse/port.ts';
import { stores } from '../../../warehouse/stores.ts';
import type { EventRow, OrderRow, Rows, StayRow } from './rows.ts';
import { filterShop, stockFilterShop, whoMeets } from './shop.ts';

const order = (who: string, ordered_at: string, more: Partial<OrderRow> = {}): OrderRow => ({
  source: 'shop',
  order_id: `${who} ${ordered_at}`,
  profile_id: `shop/${who}`,
  ordered_at,
  total: 10,
  discount: null,
  refunded: null,
  refunded_at: null,
  channel: null,
  coupon_code: null,
  status: null,
  ...more,
});
const viewed = (who: string, occurred_at: string): EventRow => ({
  event_id: `${who} ${occurred_at}`,
  profile_id: `shop/${who}`,
  occurred_at,
  type: 'Product Viewed',
  category: null,
  sku: null,
  campaign_id: null,
});
const stay = (
  who: string,
  segment_key: string,
  valid_from: string,
  valid_to: string | null = null,
): StayRow => ({
  profile_id: who.includes('/') ? who : `shop/${who}`,
  segment_key,
  valid_from,
  valid_to,
});

const people = ['a', 'b', 'c', 'd'];
const rows: Rows = {
  customers: [],
  orders: [
    order('a', '2026-05-02 00:00:00'),
    order('b', '2026-05-01 23:59:59', { refunded: 4, refunded_at: '2026-06-01 00:00:00' }),
    order('c', '2026-05-31 23:59:59', { refunded: 4, refunded_at: '2026-05-31 00:00:00' }),
    order('d', '2026-01-01 12:00:00'),
    order('d', '2026-06-01 00:00:00'),
  ],
  order_lines: [],
  events: [
    viewed('a', '2026-05-02 00:00:00'),
    viewed('b', '2026-05-01 23:59:59'),
    viewed('c', '2026-05-31 23:59:59'),
    viewed('d', '2026-06-01 00:00:00'),
  ],
  // What was "old" is "d" by now.
  identities: [...people, 'old'].map(source_id => ({
    source: 'shop',
    source_id,
    profile_id: `shop/${source_id === 'old' ? 'd' : source_id}`,
  })),
  scores: [],
  placements: [],
  memberships: [
    stay('a', 'loyal', '2026-03-02', '2026-05-04'),
    stay('a', 'new-buyers', '2026-05-04'),
    stay('b', 'loyal', '2026-03-02', '2026-06-01'),
    stay('b', 'lapsed-but-recoverable', '2026-06-01'),
    stay('c', 'new-buyers', '2026-06-01'),
    stay('old', 'loyal', '2026-03-02', '2026-06-01'),
    stay('d', 'loyal', '2026-06-01'),
  ],
};

describe.each(stores)('in $store', ({ open }) => {
  let warehouse: Warehouse;
  let shop: FilterShop;
  beforeAll(async () => {
    warehouse = await open();
    await stockFilterShop(warehouse, rows);
    shop = await filterShop(warehouse);
  });
  afterAll(() => warehouse.close());

  const view = { type: 'Product Viewed' };
  const cases: [string, object, string[]][] = [
    ['the first day of a period counts from its first second', { orders: { within: 30 } }, ['a', 'c']],
    ['since is included', { events: { ...view, since: '2026-05-02' } }, ['a', 'c']],
    ['until is not', { events: { ...view, until: '2026-05-02' } }, ['b']],
    ['one day', { orders: { since: '2026-05-02', until: '2026-05-03' } }, ['a']],
    ['the as-of date itself is not there', { events: view }, ['a', 'b', 'c']],
    ['nor are its orders', { orders: { count: { atLeast: 2 } } }, []],
    ['what is paid back later still counts', { orders: { value: { atLeast: 10 } } }, ['a', 'b', 'd']],
    ['a bound of pence is exact', { orders: { value: { above: 5.99, below: 6.01 } } }, ['c']],
    ['never', { events: { ...view, count: { atMost: 0 } } }, ['d']],
    ['the latest refresh', { moved: {} }, ['b']],
    ['a move happened before its refresh', { moved: { within: 28 } }, ['b']],
    ['and one day more reaches the refresh before', { moved: { within: 29 } }, ['a', 'b']],
    ['since a refresh', { moved: { since: '2026-05-04', until: '2026-06-01' } }, ['a']],
    ['who has a new id did not move, who had not bought before is new', { moved: { from: 'new' } }, ['c']],
    ['from a segment or new', { moved: { from: ['loyal', 'new'] } }, ['b', 'c']],
    ['not is all other buyers', { not: { field: 'days_between_orders', below: 1 } }, people],
  ];
  test.each(cases)('%s: %j', async (_why, filter, who) => {
    expect(await whoMeets(warehouse, shop, filter)).toEqual(who.map(id => `shop/${id}`));
  });
});
