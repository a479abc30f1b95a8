import type { Destination, Member, Outcome } from '../../../src/activation/destination.ts';
import { UpstreamError } from '../../../src/errors.ts';

/** What goes wrong at a destination at one of its calls. */
export type Fault =
  | 'none'
  /** Refused, or not done for now, of every third member. */
  | 'some again'
  /** Nothing was done. */
  | 'down'
  /** All was done, and the answer was lost. */
  | 'answer lost';

/** A vendor in memory that keeps one list of members by address. */
export interface FakeVendor {
  destination: Destination;
  /** Properties by address. */
  list: Map<string, Member['properties']>;
  /** The list is made by the first `ensure`. */
  made: number;
  /** Profiles of every call that came in, whatever came of it. */
  seen: Set<string>;
  /** Each call that came in: its id and who was in it. */
  calls: { kind: 'add' | 'remove'; id: string; profileIds: string[] }[];
  /** What the next calls meet; `none` once they are used up. */
  faults: Fault[];
}

const lost = () => new UpstreamError('The vendor did not answer.', 'Try again later.');

/** @param tells whether it says who is in the list */
export function fakeVendor({ tells = true, batch = 7 } = {}): FakeVendor {
  const vendor: FakeVendor = {
    list: new Map(),
    made: 0,
    seen: new Set(),
    calls: [],
    faults: [],
    destination: undefined as never,
  };
  const called = <Some extends { profileId: string }>(
    kind: 'add' | 'remove',
    id: string,
    members: readonly Some[],
    each: (member: Some) => string,
  ): Outcome[] => {
    vendor.calls.push({ kind, id, profileIds: members.map(({ profileId }) => profileId) });
    for (const { profileId } of members) vendor.seen.add(profileId);
    const fault = vendor.faults.shift() ?? 'none';
    if (fault === 'down') throw lost();
    const outcomes = members.map((member, i): Outcome => {
      const { profileId } = member;
      if (fault === 'some again' && i % 3 === 0)
        return { profileId, kind: 'again', reason: `busy with ${profileId}@example.org` };
      return { profileId, kind: 'done', key: each(member) };
    });
    if (fault === 'answer lost') throw lost();
    return outcomes;
  };
  vendor.destination = {
    vendor: 'webhook',
    title: 'Fakemail',
    channel: 'email',
    batch,
    async ensure(_, target) {
      vendor.made++;
      return { ...target, id: 'list-1' };
    },
    keyOf: (_, { email }) => (email === null ? { cannot: 'no e-mail address' } : { key: email }),
    async add(_, __, members, id) {
      return called('add', id, members, ({ email, properties }) => {
        vendor.list.set(email!, properties);
        return email!;
      });
    },
    async remove(_, __, members, id) {
      return called('remove', id, members, ({ key }) => {
        vendor.list.delete(key);
        return key;
      });
    },
    async erase() {
      return 'done';
    },
  };
  if (tells)
    vendor.destination.members = async function* () {
      if (vendor.faults[0] === 'down') {
        vendor.faults.shift();
        throw lost();
      }
      yield [...vendor.list.keys()];
    };
  return vendor;
}
