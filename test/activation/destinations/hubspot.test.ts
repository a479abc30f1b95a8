import { afterEach, describe, expect, it } from 'vitest';
import type { Target } from '../../../src/activation/destination.ts';
import { hubspotDestination as hubspot } from '../../../src/activation/destinations/hubspot.ts';
import { InputError } from '../../../src/errors.ts';
import {
  type MockHubspot,
  type MockHubspotOptions,
  mockHubspot,
} from '../../support/vendors/hubspot/mock-hubspot.ts';
import { addContact } from '../../support/vendors/hubspot/world.ts';
import { memberOf, membershipLaw } from '../../support/vendors/membership-law.ts';
import { virtualPlatform } from '../../support/vendors/virtual-platform.ts';

const platform = virtualPlatform();
const wanted: Target = { name: 'Loyal regulars', id: null, options: {} };

let mock: MockHubspot;
const open = async (options?: MockHubspotOptions) => {
  mock = await mockHubspot(options);
  return mock;
};

afterEach(() => mock.close());

const ensure = () => hubspot.ensure(mock.connection, wanted, platform);

describe('a static list of HubSpot', () => {
  it('is made once, with the property in a group of its own', async () => {
    const { world } = await open();
    const first = await ensure();
    expect(await ensure()).toEqual(first);
    expect([...world.lists.values()]).toMatchObject([{ name: 'Loyal regulars', processingType: 'MANUAL' }]);
    expect(world.properties.get('kindred_segment')).toBe('kindred');
  });

  it('is found again where its making had no answer', async () => {
    let lost = 0;
    const { world } = await open({
      faultOf: (_, { method, path }) =>
        method === 'POST' && path.endsWith('/lists/2026-03') && lost++ === 0 ? 'drop after' : null,
    });
    const target = await ensure();
    expect(lost).toBeGreaterThan(1);
    expect([...world.lists.keys()]).toEqual([target.id]);
  });

  it('of which HubSpot chooses the members is refused', async () => {
    const { world } = await open();
    world.lists.set('9', { name: 'Loyal regulars', processingType: 'DYNAMIC', members: new Set() });
    await expect(ensure()).rejects.toThrow(InputError);
  });

  it('holds who was added, with their segment, and tells more than a page of members', async () => {
    const { world } = await open();
    const target = await ensure();
    const people = Array.from({ length: 260 }, (_, i) => `p${String(i).padStart(3, '0')}@shop.example`);
    for (let from = 0; from < people.length; from += 100) {
      const some = people.slice(from, from + 100).map(one => memberOf(one));
      const outcomes = await hubspot.add(mock.connection, target, some, 'b', platform);
      expect(outcomes.every(({ kind }) => kind === 'done')).toBe(true);
    }
    const told: string[] = [];
    for await (const some of hubspot.members!(mock.connection, target, platform)) told.push(...some);
    expect(told.sort()).toEqual(people);
    expect(mock.propertiesOf('p000@shop.example')).toMatchObject({ kindred_segment: 'Loyal' });
    expect(world.contacts.size).toBe(260);
  });

  it('takes everybody but the one address that HubSpot does not take', async () => {
    await open();
    const target = await ensure();
    const some = ['a@shop.example', 'no address@nowhere', 'b@shop.example', null].map(one => memberOf(one));
    const outcomes = await hubspot.add(mock.connection, target, some, 'b', platform);
    expect(
      Object.fromEntries(outcomes.map(one => [one.profileId, 'reason' in one ? one.reason : one.kind])),
    ).toEqual({
      'profile/a@shop.example': 'done',
      'profile/no address@nowhere': 'HubSpot does not take the e-mail address',
      'profile/b@shop.example': 'done',
      'profile/null': 'no e-mail address',
    });
    expect(mock.membersOf('Loyal regulars')).toEqual(['a@shop.example', 'b@shop.example']);
  });

  it('makes a property anew that somebody deleted', async () => {
    const { world } = await open();
    const target = await ensure();
    world.properties.delete('kindred_segment');
    const [outcome] = await hubspot.add(mock.connection, target, [memberOf('a@shop.example')], 'b', platform);
    expect(outcome).toMatchObject({ kind: 'done', key: 'a@shop.example' });
  });

  it('lets somebody go who has another address now, and takes the segment off them', async () => {
    const { world } = await open();
    const target = await ensure();
    await hubspot.add(mock.connection, target, [memberOf('old@shop.example')], 'b', platform);
    const [contact] = world.contacts.values();
    Object.assign(contact!.properties, {
      email: 'new@shop.example',
      hs_additional_emails: 'old@shop.example',
    });
    const gone = [{ profileId: 'p', key: 'old@shop.example' }];
    expect(await hubspot.remove(mock.connection, target, gone, 'b', platform)).toEqual([
      { profileId: 'p', kind: 'done', key: 'old@shop.example' },
    ]);
    expect(mock.membersOf('Loyal regulars')).toEqual([]);
    expect(mock.propertiesOf('new@shop.example')).toMatchObject({ kindred_segment: '' });
  });

  it('tells of contacts that were deleted meanwhile', async () => {
    const { world } = await open();
    const target = await ensure();
    const faulty = { ...platform, fetch: platform.fetch };
    faulty.fetch = async (input, init) => {
      if (String(input).endsWith('/memberships/add')) world.contacts.clear();
      return platform.fetch(input, init);
    };
    const outcomes = await hubspot.add(mock.connection, target, [memberOf('a@shop.example')], 'b', faulty);
    expect(outcomes).toMatchObject([
      { kind: 'again', reason: 'HubSpot did not find the contact for its list' },
    ]);
  });

  it('forgets a person, wholly where that is wished', async () => {
    const { world } = await open();
    const target = await ensure();
    await hubspot.add(
      mock.connection,
      target,
      [memberOf('a@shop.example'), memberOf('b@shop.example')],
      'b',
      platform,
    );
    const person = (email: string) => ({ email, phone: null, keys: [email], targets: [target] });
    await hubspot.erase(mock.connection, person('a@shop.example'), false, platform);
    expect(mock.membersOf('Loyal regulars')).toEqual(['b@shop.example']);
    expect(world.contacts.size).toBe(2);
    const said = await hubspot.erase(mock.connection, person('b@shop.example'), true, platform);
    expect(said).not.toContain('b@shop.example');
    expect(mock.propertiesOf('b@shop.example')).toBeUndefined();
    expect(await hubspot.erase(mock.connection, person('b@shop.example'), true, platform)).toBe(
      'HubSpot has no contact with the address.',
    );
  });

  it('holds what the outcomes say after any adds and removes with any faults', async () => {
    await open();
    const people = ['a', 'b', 'c', 'd', 'e'].map(name => `${name}@shop.example`);
    await membershipLaw(hubspot, people, ['e@shop.example'], async faultOf => {
      const own = await mockHubspot({ faultOf });
      const target = await hubspot.ensure(own.connection, wanted, platform);
      const { id } = addContact(own.world, { email: 'e@shop.example' });
      own.world.lists.get(target.id!)!.members.add(id);
      return {
        connection: own.connection,
        target,
        members: () => own.membersOf(target.name),
        close: own.close,
      };
    });
  });
});
