import { afterEach, expect, it } from 'vitest';
import type { CanonicalRow, Cursor } from '../../../src/sources/pull/source.ts';
import { mailchimpSource } from '../../../src/sources/vendors/mailchimp/source.ts';
import { mailchimpVendor } from '../../../src/vendors/mailchimp.ts';
import { memberId } from '../../../src/vendors/mailchimp-api.ts';
import { type MockMailchimp, mockMailchimp } from '../../support/vendors/mailchimp/mock-mailchimp.ts';
import { virtualPlatform } from '../../support/vendors/virtual-platform.ts';

let mock: MockMailchimp;
afterEach(() => mock.close());

async function pull(name: string, cursor: Cursor | null = null, pages = Number.POSITIVE_INFINITY) {
  const rows: Record<string, CanonicalRow[]> = {};
  let received = 0;
  for await (const page of mailchimpSource.streams
    .find(stream => stream.name === name)!
    .pull(mock.connection, cursor, virtualPlatform())) {
    for (const [table, some] of Object.entries(page.rows)) rows[table] = [...(rows[table] ?? []), ...some];
    received += page.received;
    cursor = page.cursor;
    if (--pages <= 0) break;
  }
  return { rows, received, cursor };
}

it('members come as a file of the audience has them', async () => {
  mock = await mockMailchimp({
    mergeFields: [
      { tag: 'MMERGE7', name: 'Phone Number' },
      { tag: 'MMERGE8', name: 'Customer ID' },
    ],
    members: [
      {
        email_address: 'A@shop.example',
        merge_fields: { MMERGE7: '+45 1', MMERGE8: 'C1' },
        location: { country_code: 'dk' },
      },
      { email_address: 'b@shop.example', status: 'unsubscribed', last_changed: '2026-06-01T00:00:00+00:00' },
      { email_address: 'c@shop.example', status: 'cleaned', last_changed: '2026-06-02T00:00:00+00:00' },
      { email_address: 'd@shop.example', status: 'transactional', last_changed: '2026-06-03T00:00:00+00:00' },
    ],
  });
  const { rows } = await pull('members');
  expect(rows.customers).toMatchObject([
    {
      customer_id: memberId('a@shop.example'),
      email: 'a@shop.example',
      phone: '+45 1',
      external_id: 'C1',
      country: 'DK',
      created_at: '2026-05-01T10:00:00+00:00',
      accepts_marketing: true,
    },
    { email: 'b@shop.example', accepts_marketing: false },
    { email: 'c@shop.example', accepts_marketing: false },
    { email: 'd@shop.example', accepts_marketing: null },
  ]);
  expect(rows.consents!.map(({ state }) => state)).toEqual(['granted', 'withdrawn']);
});

it('members who changed in one second are all pulled, stopped anywhere, and later only who changed', async () => {
  mock = await mockMailchimp({
    members: Array.from({ length: 2500 }, (_, i) => ({ email_address: `p${i}@shop.example` })),
    faultOf: request => (['drop', '500', null] as const)[request % 3]!,
  });
  const first = await pull('members', null, 2);
  const rest = await pull('members', first.cursor);
  const ids = [...first.rows.customers!, ...rest.rows.customers!].map(row => row.customer_id);
  expect(new Set(ids).size).toBe(2500);
  mock.addMember({ email_address: 'new@shop.example', last_changed: '2026-07-01T00:00:00+00:00' });
  const later = await pull('members', rest.cursor);
  expect(later.rows.customers!.at(-1)).toMatchObject({ email: 'new@shop.example' });
  expect((await pull('members', later.cursor)).received).toBe(1);
});

it('what people did with campaigns is told by their reports, and only the news of it later', async () => {
  const a = memberId('a@shop.example');
  const opened = { action: 'open', timestamp: '2026-11-01T10:00:00+00:00' };
  mock = await mockMailchimp({
    campaigns: [
      {
        id: 'c1',
        send_time: '2026-11-01T09:00:00+00:00',
        'sent-to': [
          { email_id: a, status: 'sent' },
          { email_id: memberId('b@shop.example'), status: 'hard' },
        ],
        'email-activity': [
          {
            email_id: a,
            activity: [
              opened,
              opened,
              { action: 'click', timestamp: opened.timestamp, url: 'https://shop.example' },
            ],
          },
        ],
        unsubscribed: [{ email_id: a, timestamp: '2026-11-02T10:00:00+00:00' }],
      },
    ],
  });
  const first = await pull('activity', null, 1);
  const rest = await pull('activity', first.cursor);
  const events = [...first.rows.events!, ...rest.rows.events!];
  expect(events.map(({ type }) => type)).toEqual([
    'Email Delivered',
    'Email Opened',
    'Email Link Clicked',
    'Unsubscribed',
  ]);
  expect(events.every(row => row.customer_id === a && row.campaign_id === 'c1')).toBe(true);
  expect(rest.rows.consents).toMatchObject([{ state: 'withdrawn', stated_at: '2026-11-02T10:00:00.000Z' }]);
  mock.campaigns[0]!['email-activity'][0]!.activity.push({
    action: 'open',
    timestamp: '2026-11-22T12:30:00+00:00',
  });
  const news = await pull('activity', rest.cursor);
  expect(news.rows.events!.filter(({ type }) => type === 'Email Opened')).toMatchObject([
    { occurred_at: '2026-11-22T12:30:00.000Z' },
  ]);
  expect(news.rows.events!.some(({ type }) => type === 'Email Delivered')).toBe(false);
});

it('a connection is told who is there, or that there is no such audience', async () => {
  mock = await mockMailchimp();
  const platform = virtualPlatform();
  expect(await mailchimpVendor.test(mock.connection, platform)).toEqual({
    account: 'A shop, audience Newsletter',
    missing: [],
  });
  const other = { ...mock.connection, settings: { ...mock.connection.settings, audience: 'none' } };
  expect((await mailchimpVendor.test(other, platform)).missing).toHaveLength(1);
  const [key] = mailchimpVendor.fields;
  expect(key!.problem!('without a data centre')).not.toBeNull();
});
