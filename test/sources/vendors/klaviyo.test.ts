import { afterEach, expect, test } from 'vitest';
import type { Cursor, Page } from '../../../src/sources/pull/source.ts';
import { countryCode } from '../../../src/sources/vendors/klaviyo/countries.ts';
import { klaviyoSource } from '../../../src/sources/vendors/klaviyo/source.ts';
import { type MockKlaviyo, mockKlaviyo } from '../../support/vendors/klaviyo/mock-klaviyo.ts';
import { virtualPlatform } from '../../support/vendors/virtual-platform.ts';

let klaviyo: MockKlaviyo;
const platform = virtualPlatform();
afterEach(() => klaviyo.close());

async function pull(stream: string, cursor: Cursor | null = null, settings = {}): Promise<Page[]> {
  const { connection } = klaviyo;
  const asked = { ...connection, settings: { ...connection.settings, ...settings } };
  const pages: Page[] = [];
  const found = klaviyoSource.streams.find(({ name }) => name === stream)!;
  for await (const page of found.pull(asked, cursor, platform)) pages.push(page);
  return pages;
}

const day = (n: number) => `2026-10-${String(n).padStart(2, '0')}T09:00:00.000Z`;

test('profiles come by when they changed, and again from the last page on', async () => {
  const profiles = Array.from({ length: 230 }, (_, i) => ({
    email: `p${i}@example.org`,
    updated: new Date(Date.parse(day(1)) + i * 3_600_000).toISOString(),
  }));
  klaviyo = await mockKlaviyo({ now: platform.now, profiles });
  const pages = await pull('profiles');
  expect(pages.map(({ received }) => received)).toEqual([100, 100, 30]);
  const [rest] = await pull('profiles', pages[1]!.cursor);
  expect(rest!.rows.customers?.map(({ email }) => email)).toContain('p229@example.org');
  expect(rest!.received).toBe(31);
});

test('what was stated of e-mail and SMS becomes consents; who never said anything said neither yes nor no', async () => {
  const at = (consent: 'SUBSCRIBED' | 'UNSUBSCRIBED', n: number) => ({ consent, at: day(n) });
  klaviyo = await mockKlaviyo({
    now: platform.now,
    profiles: [
      {
        id: 'A',
        email: 'A@Example.org',
        country: 'United Kingdom',
        emailConsent: at('SUBSCRIBED', 1),
        updated: day(1),
      },
      { id: 'B', emailConsent: at('UNSUBSCRIBED', 2), smsConsent: at('SUBSCRIBED', 3), updated: day(2) },
      { id: 'C', updated: day(3) },
      {
        id: 'D',
        emailConsent: at('SUBSCRIBED', 4),
        suppression: [{ reason: 'SPAM_COMPLAINT', timestamp: day(5) }],
        updated: day(4),
      },
    ],
  });
  const [page] = await pull('profiles');
  expect(page!.rows.customers?.map(row => [row.customer_id, row.accepts_marketing])).toEqual([
    ['A', true],
    ['B', false],
    ['C', null],
    ['D', false],
  ]);
  expect(page!.rows.customers?.[0]).toMatchObject({ email: 'a@example.org', country: 'GB' });
  expect(page!.rows.consents?.map(row => [row.customer_id, row.channel, row.state, row.stated_at])).toEqual([
    ['A', 'email', 'granted', day(1)],
    ['B', 'email', 'withdrawn', day(2)],
    ['B', 'sms', 'granted', day(3)],
    ['D', 'email', 'withdrawn', day(5)],
  ]);
});

const metrics = [
  { id: 'Mo', name: 'Opened Email', integration: { name: 'Klaviyo', category: 'Internal' } },
  { id: 'Ma', name: 'Opened Email', integration: { name: 'API', category: 'API' } },
  { id: 'Mp', name: 'Placed Order', integration: { name: 'Shopify', category: 'eCommerce' } },
];

test('an event comes with its own name and campaign, once, and late ones are found', async () => {
  const properties = { $message: 'CAMPAIGN' };
  klaviyo = await mockKlaviyo({
    now: platform.now,
    metrics,
    profiles: [{ id: 'A' }],
    events: [
      { metric: 'Mo', profile: 'A', at: day(1), properties },
      { metric: 'Ma', profile: 'A', at: day(1), properties },
    ],
  });
  const [first] = await pull('opened');
  expect(first!.rows.events).toHaveLength(1);
  expect(first!.rows.events![0]).toMatchObject({
    customer_id: 'A',
    type: 'Email Opened',
    occurred_at: day(1),
    campaign_id: 'CAMPAIGN',
  });
  klaviyo.addEvent({ metric: 'Mo', profile: 'A', at: '2026-10-01T08:00:00.000Z', properties });
  const [again] = await pull('opened', first!.cursor);
  expect(again!.received).toBe(2);
  expect(again!.cursor).toEqual(first!.cursor);
  expect(await pull('clicked')).toEqual([]);
});

test('placed orders are taken only where the connection says that nothing else brings them', async () => {
  const properties = { $event_id: '1001', $value: 19.9, $currency_code: 'EUR' };
  const events = [{ metric: 'Mp', profile: 'A', at: day(1), properties }];
  klaviyo = await mockKlaviyo({ now: platform.now, metrics, profiles: [{ id: 'A' }], events });
  expect(await pull('orders')).toEqual([]);
  const [page] = await pull('orders', null, { orders: 'yes' });
  expect(page!.rows.orders).toEqual([
    { order_id: '1001', customer_id: 'A', ordered_at: day(1), total: '19.9000', currency: 'EUR' },
  ]);
});

test('countries are known by their names of today', async () => {
  klaviyo = await mockKlaviyo();
  expect(['Germany', 'uk', 'United States', 'fr', 'Nowhere', ' '].map(countryCode)).toEqual([
    'DE',
    'GB',
    'US',
    'FR',
    'Nowhere',
    null,
  ]);
});
