import { afterEach, describe, expect, it } from 'vitest';
import type { Target } from '../../../src/activation/destination.ts';
import { mailchimpDestination as mailchimp } from '../../../src/activation/destinations/mailchimp.ts';
import { InputError } from '../../../src/errors.ts';
import { memberId } from '../../../src/vendors/mailchimp-api.ts';
import {
  type MockMailchimp,
  type MockMailchimpOptions,
  mockMailchimp,
} from '../../support/vendors/mailchimp/mock-mailchimp.ts';
import { memberOf, membershipLaw } from '../../support/vendors/membership-law.ts';
import { virtualPlatform } from '../../support/vendors/virtual-platform.ts';

const platform = virtualPlatform();
const wanted: Target = { name: 'Loyal regulars', id: null, options: {} };
const asTags: Target = { ...wanted, options: { as: 'tags' } };
const people = ['a', 'b', 'c', 'd', 'e'].map(name => `${name}@shop.example`);
const audience = people.map(email_address => ({ email_address }));

let mock: MockMailchimp;
const open = async (options: MockMailchimpOptions = { members: audience }) => {
  mock = await mockMailchimp(options);
};

afterEach(() => mock.close());

describe.each([wanted, asTags])('an audience at Mailchimp with options $options', asked => {
  it('is made once and found by its name', async () => {
    await open();
    const first = await mailchimp.ensure(mock.connection, asked, platform);
    expect(await mailchimp.ensure(mock.connection, asked, platform)).toEqual(first);
    expect(mock.segments.size).toBe(1);
  });

  it('takes only who is in the Mailchimp audience, whatever their state', async () => {
    await open({ members: [...audience, { email_address: 'gone@shop.example', status: 'unsubscribed' }] });
    const target = await mailchimp.ensure(mock.connection, asked, platform);
    const some = ['a@shop.example', 'stranger@shop.example', 'gone@shop.example', null].map(one =>
      memberOf(one),
    );
    const outcomes = await mailchimp.add(mock.connection, target, some, 'b', platform);
    expect(
      Object.fromEntries(outcomes.map(one => [one.profileId, 'reason' in one ? one.reason : one.kind])),
    ).toEqual({
      'profile/a@shop.example': 'done',
      'profile/stranger@shop.example': 'not in the Mailchimp audience',
      'profile/gone@shop.example': 'done',
      'profile/null': 'no e-mail address',
    });
    expect(mock.members.size).toBe(6);
    const told: string[] = [];
    for await (const page of mailchimp.members!(mock.connection, target, platform)) told.push(...page);
    expect(told.sort()).toEqual(['a@shop.example', 'gone@shop.example']);
  });

  it('forgets a person, wholly where that is wished', async () => {
    await open();
    const target = await mailchimp.ensure(mock.connection, asked, platform);
    await mailchimp.add(
      mock.connection,
      target,
      people.map(one => memberOf(one)),
      'b',
      platform,
    );
    const person = (email: string) => ({ email, phone: null, keys: [email], targets: [target] });
    await mailchimp.erase(mock.connection, person('a@shop.example'), false, platform);
    expect(mock.membersOf('Loyal regulars')).not.toContain('a@shop.example');
    expect(mock.members.has(memberId('a@shop.example'))).toBe(true);
    const said = await mailchimp.erase(mock.connection, person('b@shop.example'), true, platform);
    expect(said).not.toContain('b@shop.example');
    expect(mock.members.has(memberId('b@shop.example'))).toBe(false);
  });

  it('holds what the outcomes say after any adds and removes with any faults', async () => {
    await open();
    await membershipLaw(mailchimp, people, ['e@shop.example'], async faultOf => {
      const own = await mockMailchimp({ members: audience, faultOf });
      const target = await mailchimp.ensure(own.connection, asked, platform);
      own.segments.get(Number(target.id))!.members.add(memberId('e@shop.example'));
      return {
        connection: own.connection,
        target,
        members: () => own.membersOf(target.name),
        close: own.close,
      };
    });
  });
});

describe('a static segment', () => {
  it('takes all but the one that is no address', async () => {
    await open();
    const target = await mailchimp.ensure(mock.connection, wanted, platform);
    const some = ['a@shop.example', 'no address@nowhere', 'b@shop.example'].map(one => memberOf(one));
    const outcomes = await mailchimp.add(mock.connection, target, some, 'b', platform);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'refused', 'done']);
    expect(mock.membersOf('Loyal regulars')).toEqual(['a@shop.example', 'b@shop.example']);
  });

  it('takes five hundred in one request', async () => {
    const many = Array.from({ length: 500 }, (_, i) => `p${i}@shop.example`);
    await open({ members: many.map(email_address => ({ email_address })) });
    const target = await mailchimp.ensure(mock.connection, wanted, platform);
    const asked = mock.requests.length;
    await mailchimp.add(
      mock.connection,
      target,
      many.map(one => memberOf(one)),
      'b',
      platform,
    );
    expect(mock.requests.length - asked).toBe(1);
    expect(mock.membersOf('Loyal regulars')).toHaveLength(500);
  });

  it('is not kept as something else', async () => {
    await open();
    const target = { ...wanted, options: { as: 'groups' } };
    await expect(mailchimp.ensure(mock.connection, target, platform)).rejects.toThrow(InputError);
  });
});
