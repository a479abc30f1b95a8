import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Destination } from '../../../src/activation/destination.ts';
import { activecampaign } from '../../../src/activation/destinations/activecampaign.ts';
import { customerio } from '../../../src/activation/destinations/customerio.ts';
import { google } from '../../../src/activation/destinations/google.ts';
import { hubspotDestination } from '../../../src/activation/destinations/hubspot.ts';
import { klaviyoDestination } from '../../../src/activation/destinations/klaviyo.ts';
import { mailchimpDestination } from '../../../src/activation/destinations/mailchimp.ts';
import { meta } from '../../../src/activation/destinations/meta.ts';
import type { Connection } from '../../../src/vendors/vendor.ts';
import { mockHubspot } from '../../support/vendors/hubspot/mock-hubspot.ts';
import { mockKlaviyo } from '../../support/vendors/klaviyo/mock-klaviyo.ts';
import { mockMailchimp } from '../../support/vendors/mailchimp/mock-mailchimp.ts';
import { connections } from '../../support/vendors/others/connections.ts';
import { mockActivecampaign } from '../../support/vendors/others/mock-activecampaign.ts';
import { mockCustomerio } from '../../support/vendors/others/mock-customerio.ts';
import { mockGoogle } from '../../support/vendors/others/mock-google.ts';
import { mockMeta } from '../../support/vendors/others/mock-meta.ts';
import { virtualPlatform } from '../../support/vendors/virtual-platform.ts';
import { memberOf } from './laws.ts';

const platform = virtualPlatform();

/** A vendor, with what there is to know of it afterwards. */
interface There {
  destination: Destination;
  connection: Connection;
  /** The segment that somebody carries there; blank for none. */
  carried?(email: string): unknown;
  /** Somebody deletes all lists there. */
  deleteLists(): void;
  close(): Promise<void>;
}

const there: Record<string, There> = {};
beforeAll(async () => {
  const hubspot = await mockHubspot({});
  there.HubSpot = {
    ...hubspot,
    destination: hubspotDestination,
    carried: email => hubspot.propertiesOf(email)?.kindred_segment,
    deleteLists: () => hubspot.world.lists.clear(),
  };
  const klaviyo = await mockKlaviyo({ now: platform.now, jobMs: () => 0 });
  there.Klaviyo = {
    ...klaviyo,
    destination: klaviyoDestination,
    carried: email => klaviyo.propertiesOf(email)?.kindred_segment,
  };
  const campaigns = await mockActivecampaign();
  there.ActiveCampaign = {
    destination: activecampaign,
    connection: connections.activecampaign(campaigns.url),
    carried(email) {
      const [field] = [...campaigns.fields].find(([, title]) => title === 'kindred_segment') ?? [];
      const contact = [...campaigns.contacts.values()].find(one => one.email === email);
      return contact?.values.get(field ?? '');
    },
    deleteLists() {
      campaigns.tags.clear();
      for (const { tags } of campaigns.contacts.values()) tags.clear();
    },
    close: campaigns.close,
  };
  const customers = await mockCustomerio();
  there['Customer.io'] = {
    destination: customerio,
    connection: connections.customerio(customers.url),
    carried: email => customers.people.get(email)?.kindred_segment,
    deleteLists: () => customers.segments.clear(),
    close: customers.close,
  };
  const mailchimp = await mockMailchimp({ members: [{ email_address: 'p4@x.org' }] });
  there.Mailchimp = {
    ...mailchimp,
    destination: mailchimpDestination,
    deleteLists: () => mailchimp.segments.clear(),
  };
  const atMeta = await mockMeta();
  there.Meta = {
    destination: meta,
    connection: connections.meta(atMeta.url),
    deleteLists: () => atMeta.audiences.clear(),
    close: atMeta.close,
  };
  const atGoogle = await mockGoogle();
  there.Google = {
    destination: google,
    connection: connections.google(atGoogle.url),
    deleteLists: () => atGoogle.lists.clear(),
    close: atGoogle.close,
  };
});
afterAll(() => Promise.all(Object.values(there).map(({ close }) => close())));

const targetOf = (name: string) => ({ name, id: null, options: {} });

test.each(['HubSpot', 'Klaviyo', 'ActiveCampaign', 'Customer.io'])(
  '%s: whoever leaves loses the name of the segment, unless another audience keeps it on them',
  async name => {
    const { destination, connection, carried } = there[name]!;
    const target = await destination.ensure(connection, targetOf('Autumn'), platform);
    const members = [1, 2, 3].map(i => memberOf(i, { properties: { kindred_segment: 'Regulars' } }));
    await destination.add(connection, target, members, 'b', platform);
    expect(members.map(({ email }) => carried!(email!))).toEqual(['Regulars', 'Regulars', 'Regulars']);
    const known = members.map(({ profileId, email }) => ({ profileId, key: email! }));
    const leaving = [known[0]!, { ...known[1]!, keepsProperty: true }];
    const outcomes = await destination.remove(connection, target, leaving, 'b2', platform);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'done']);
    expect(members.map(({ email }) => carried!(email!) || '')).toEqual(['', 'Regulars', 'Regulars']);
    const person = { email: 'p3@x.org', phone: null, keys: ['p3@x.org'], targets: [target] };
    await destination.erase(connection, person, false, platform);
    expect(carried!('p3@x.org') || '').toBe('');
  },
);

test('Customer.io: nobody is made anew by the property that goes', async () => {
  const { destination, connection, carried } = there['Customer.io']!;
  const target = await destination.ensure(connection, targetOf('Autumn'), platform);
  const gone = { profileId: 'p', key: 'gone@x.org' };
  await destination.remove(connection, target, [gone], 'b', platform);
  expect(carried!('gone@x.org')).toBeUndefined();
});

test.each(['HubSpot', 'Klaviyo', 'ActiveCampaign', 'Customer.io', 'Mailchimp', 'Meta', 'Google'])(
  '%s: of a list that somebody deleted everybody is out and forgotten, and it is made again',
  async name => {
    const { destination, connection, deleteLists } = there[name]!;
    const target = await destination.ensure(connection, targetOf('Winter'), platform);
    const person = memberOf(4);
    await destination.add(connection, target, [person], 'b', platform);
    const { key } = destination.keyOf(connection, person) as { key: string };
    deleteLists();
    const { profileId, email, phone } = person;
    expect(await destination.remove(connection, target, [{ profileId, key }], 'b2', platform)).toEqual([
      { profileId, kind: 'done', key },
    ]);
    await destination.erase(connection, { email, phone, keys: [key], targets: [target] }, false, platform);
    const again = await destination.ensure(connection, target, platform);
    expect(again.id).not.toBe(target.id);
  },
);
