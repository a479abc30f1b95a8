import { afterAll, beforeAll, expect, it } from 'vitest';
import { storePulled } from '../../../src/sources/pull/store.ts';
import { hubspotSource } from '../../../src/sources/vendors/hubspot/source.ts';
import { mailchimpSource } from '../../../src/sources/vendors/mailchimp/source.ts';
import type { Connection } from '../../../src/vendors/vendor.ts';
import { mockHubspot } from '../../support/vendors/hubspot/mock-hubspot.ts';
import { addContact, addTicket } from '../../support/vendors/hubspot/world.ts';
import { mockMailchimp } from '../../support/vendors/mailchimp/mock-mailchimp.ts';
import { virtualPlatform } from '../../support/vendors/virtual-platform.ts';
import { importedAt, openShop, type Shop } from '../shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

async function pull(source: typeof hubspotSource, connection: Connection): Promise<number> {
  let rejected = 0;
  for (const stream of source.streams)
    for await (const { rows } of stream.pull(connection, null, virtualPlatform())) {
      const told = { source: connection.name, format: stream.title, at: importedAt, suppression: null };
      rejected += (await storePulled(shop.warehouse, { ...told, rows })).rejected;
    }
  return rejected;
}

it('an audience that was imported and pulled is the same people, and no row of either vendor is rejected', async () => {
  const mailchimp = await mockMailchimp({
    mergeFields: [{ tag: 'PHONE', name: 'Phone Number' }],
    members: [
      {
        email_address: 'Ann@shop.example',
        merge_fields: { PHONE: '+45 11 22 33 44' },
        location: { country_code: 'dk' },
        timestamp_signup: '2026-01-02T10:00:00+00:00',
      },
    ],
    campaigns: [{ id: 'c1', send_time: '2026-11-01T09:00:00+00:00' }],
  });
  const hubspot = await mockHubspot();
  const { id } = addContact(hubspot.world, { email: 'ann@shop.example' });
  addTicket(hubspot.world, { hs_pipeline: '7' }, [id]);
  try {
    const file = await shop.file(
      'audience.csv',
      'Email Address,Phone Number,MEMBER_RATING,OPTIN_TIME,CC,LEID,EUID\nAnn@shop.example,+45 11 22 33 44,2,2026-01-02 10:00:00,dk,1,e1\n',
    );
    await shop.import(file);
    expect(await pull(mailchimpSource, mailchimp.connection)).toBe(0);
    expect(await pull(hubspotSource, hubspot.connection)).toBe(0);
    const columns = 'email, phone, created_at, country, accepts_marketing';
    const told = await shop.query(
      `SELECT DISTINCT ${columns}, profile_id FROM customers WHERE source = 'mailchimp'`,
    );
    expect(told).toHaveLength(1);
    expect(await shop.query('SELECT DISTINCT profile_id FROM identities')).toHaveLength(1);
    expect(await shop.query('SELECT kind FROM tickets')).toEqual([{ kind: 'Complaints desk' }]);
  } finally {
    await mailchimp.close();
    await hubspot.close();
  }
});
