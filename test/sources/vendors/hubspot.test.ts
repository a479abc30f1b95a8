import { afterEach, describe, expect, it } from 'vitest';
import type { CanonicalRow, Cursor } from '../../../src/sources/pull/source.ts';
import { hubspotSource } from '../../../src/sources/vendors/hubspot/source.ts';
import { hubspotVendor } from '../../../src/vendors/hubspot.ts';
import { type MockHubspot, mockHubspot } from '../../support/vendors/hubspot/mock-hubspot.ts';
import { addContact, addTicket, write } from '../../support/vendors/hubspot/world.ts';
import { virtualPlatform } from '../../support/vendors/virtual-platform.ts';

let mock: MockHubspot;
afterEach(() => mock.close());

/** Pulls to the end, or so many pages; returns the rows by table and where it came to. */
async function pull(name: string, cursor: Cursor | null = null, pages = Number.POSITIVE_INFINITY) {
  const rows: Record<string, CanonicalRow[]> = {};
  const leftOut: object[] = [];
  let received = 0;
  for await (const page of hubspotSource.streams
    .find(stream => stream.name === name)!
    .pull(mock.connection, cursor, virtualPlatform())) {
    for (const [table, some] of Object.entries(page.rows)) rows[table] = [...(rows[table] ?? []), ...some];
    leftOut.push(...page.leftOut);
    received += page.received;
    cursor = page.cursor;
    if (--pages <= 0) break;
  }
  return { rows, leftOut, received, cursor };
}

describe('contacts of HubSpot', () => {
  it('are pulled once each, past ten thousand and past what one millisecond holds', async () => {
    mock = await mockHubspot();
    const { world } = mock;
    for (let i = 0; i < 150; i++) addContact(world, { email: `a${i}@shop.example` });
    const at = new Date(world.clock++).toISOString();
    for (let i = 0; i < 450; i++) addContact(world, { email: `b${i}@shop.example`, lastmodifieddate: at });
    for (let i = 0; i < 150; i++) addContact(world, { email: `c${i}@shop.example` });
    const first = await pull('contacts', null, 3);
    const rest = await pull('contacts', first.cursor);
    const ids = [...first.rows.customers!, ...rest.rows.customers!].map(row => row.customer_id);
    expect(new Set(ids).size).toBe(750);
  });

  it('come again only where they changed', async () => {
    mock = await mockHubspot();
    const { world } = mock;
    for (let i = 0; i < 300; i++) {
      addContact(world, { email: `a${i}@shop.example` });
      world.clock += 60_000;
    }
    const { cursor, received } = await pull('contacts');
    expect(received).toBe(300);
    write(world, world.contacts.get('101')!, { country: 'Denmark' });
    const { rows } = await pull('contacts', cursor);
    expect(rows.customers!.length).toBeLessThan(10);
    expect(rows.customers).toContainEqual(
      expect.objectContaining({ customer_id: '101', country: 'Denmark' }),
    );
  });

  it('tell what was said of mails, and when', async () => {
    mock = await mockHubspot();
    const { id } = addContact(
      mock.world,
      { email: 'A@Shop.example', phone: '+45 1', hs_email_optout: 'true' },
      {
        hs_email_optout: [{ value: 'true', timestamp: '2026-04-02T10:00:00Z' }],
        hs_legal_basis: [{ value: 'Freely given consent from contact', timestamp: '2026-01-02T10:00:00Z' }],
      },
    );
    const { rows } = await pull('contacts');
    expect(rows.customers).toMatchObject([
      { customer_id: id, email: 'a@shop.example', phone: '+45 1', accepts_marketing: false },
    ]);
    expect(rows.consents).toMatchObject([
      { channel: 'email', state: 'withdrawn', stated_at: '2026-04-02T10:00:00.000Z' },
      { channel: 'email', state: 'granted', stated_at: '2026-01-02T10:00:00.000Z' },
    ]);
  });
});

it('tickets of HubSpot come with their contact and their kind, without words of theirs', async () => {
  mock = await mockHubspot({ faultOf: request => (['drop', '429', '500', null] as const)[request % 4]! });
  const { id } = addContact(mock.world, { email: 'a@shop.example' });
  addTicket(mock.world, { hs_ticket_category: 'PRODUCT_ISSUE', subject: 'It broke' }, ['9999', id]);
  addTicket(mock.world, { hs_pipeline: '7' }, [id]);
  addTicket(mock.world, {}, []);
  const { rows, leftOut } = await pull('tickets');
  expect(rows.tickets).toMatchObject([
    { customer_id: id, kind: 'product issue' },
    { customer_id: id, kind: 'Complaints desk' },
  ]);
  expect(leftOut).toEqual([{ reason: 'a ticket of no contact', records: 1 }]);
  expect(JSON.stringify(rows)).not.toContain('broke');
});

describe('a key of HubSpot', () => {
  it('is told what it lacks, without writing anything', async () => {
    mock = await mockHubspot({ scopes: ['crm.objects.contacts.read', 'crm.lists.read'] });
    const { account, missing } = await hubspotVendor.test(mock.connection, virtualPlatform());
    expect(account).toBe('HubSpot account 4711');
    expect(missing.map(one => one.split(':')[0])).toEqual([
      'tickets',
      'crm.objects.contacts.write',
      'crm.schemas.contacts.write',
      'crm.lists.write',
    ]);
  });

  it('that may do all lacks nothing', async () => {
    mock = await mockHubspot();
    expect((await hubspotVendor.test(mock.connection, virtualPlatform())).missing).toEqual([]);
    expect(mock.world.contacts.size + mock.world.lists.size).toBe(0);
  });
});
