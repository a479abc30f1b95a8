import type { Row, Shop } from '../../features/shop.ts';

const at = '2026-01-05 10:00:00';
const own = (profile_id: string) => ({ source: 'shop', customer_id: profile_id, profile_id });

/** Twelve customers who buy tea, of whom three buy pregnancy tests as well; with what else a shop gives names to. */
export function namedShop(): Shop {
  const customers = Array.from({ length: 12 }, (_, i) => `p${String(i).padStart(2, '0')}`);
  const line = (profile_id: string, category: string, product: string): Row => ({
    source: 'shop',
    profile_id,
    order_id: `o-${profile_id}`,
    line_id: `l-${profile_id}-${category}`,
    ordered_at: at,
    category,
    product,
    quantity: 1,
  });
  return {
    customers: customers.map((id, i) => ({
      ...own(id),
      email: `person${i}@example.com`,
      phone: `+44700900${100 + i}`,
      created_at: at,
      acquisition_channel: 'Baby-Shower fair',
      accepts_marketing: i % 2 === 0,
    })),
    identities: customers.map(id => ({ source: 'shop', source_id: id, profile_id: id, reason: 'own id' })),
    orders: customers.map(id => ({
      ...own(id),
      order_id: `o-${id}`,
      ordered_at: at,
      total: 20,
      channel: 'web',
      coupon_code: 'RAMADAN 10',
    })),
    order_lines: [
      ...customers.map(id => line(id, 'Tea', 'Green tea')),
      ...customers.slice(0, 3).map(id => line(id, 'Pregnancy tests', 'Test')),
      ...customers.map(id => line(id, 'baby shower', 'Balloons')),
    ],
    events: customers.map(id => ({
      ...own(id),
      event_id: `e-${id}`,
      occurred_at: at,
      type: 'Product Viewed',
      campaign_id: 'spring',
    })),
    tickets: customers.map(id => ({ ...own(id), ticket_id: `t-${id}`, opened_at: at, kind: 'query' })),
    consents: customers.map((id, i) => ({
      ...own(id),
      consent_id: `c-${id}`,
      channel: 'email',
      purpose: 'marketing',
      state: i < 2 ? 'withdrawn' : 'granted',
      stated_at: at,
    })),
    imports: [
      {
        import_id: 'i1',
        file: 'orders.csv',
        format: 'canonical',
        imported_at: '2026-02-01 09:00:00',
        rows_in: 12,
        stored: 12,
        rejected: 0,
        already_there: 0,
      },
    ],
  };
}
