import { type GoogleApi, googleApi } from '../../vendors/google.ts';
import { VendorRefusal } from '../../vendors/refusal.ts';
import type { Destination, Outcome } from '../destination.ts';
import { googleEmail, googleHash, googlePhone } from './google-hashes.ts';
import { requireNeutralName } from './neutral-name.ts';
import { split } from './split.ts';

/**
 * Customer match lists of Google Ads, by the Data Manager API. Addresses go there as hashes only. Google takes a batch and
 * works it in later, and never tells who is in a list; members leave by themselves after 540 days. That somebody agreed is
 * said only where it is on record: without it Google leaves out people in the European Economic Area.
 */
export const google: Destination = {
  vendor: 'google',
  title: 'Google Ads customer match',
  channel: 'advertising',
  batch: 10_000,

  async ensure(connection, target, platform) {
    requireNeutralName(target.name);
    const api = googleApi(connection, platform);
    const lists = await ownLists(api);
    const found =
      lists.find(({ id }) => id === target.id) ??
      lists.find(({ displayName }) => displayName === target.name) ??
      ((await api.send({
        method: 'POST',
        path: `/${api.account}/userLists`,
        json: {
          displayName: target.name,
          membershipDuration: `${540 * 86_400}s`,
          ingestedUserListInfo: {
            uploadKeyTypes: ['CONTACT_ID'],
            contactIdInfo: { dataSourceType: 'DATA_SOURCE_TYPE_FIRST_PARTY' },
          },
        },
      })) as UserList);
    return { ...target, id: found.id };
  },

  keyOf(_connection, member) {
    if (member.consent === 'denied') return { cannot: 'said no to advertising' };
    const key = keyOf(member);
    return key === '.' ? { cannot: 'neither an e-mail address nor an international phone number' } : { key };
  },

  async add(connection, target, members, _id, platform) {
    const { able, refused } = split(members, member => google.keyOf(connection, member));
    const granted = { adUserData: 'CONSENT_GRANTED', adPersonalization: 'CONSENT_GRANTED' };
    const sent = await sendAll(
      googleApi(connection, platform),
      'ingest',
      target.id,
      able.map(({ member: { profileId, consent }, key }) => ({
        profileId,
        key,
        record: { userData: userData(key), ...(consent === 'granted' ? { consent: granted } : {}) },
      })),
    );
    return [...refused, ...sent];
  },

  remove(connection, target, members, _id, platform) {
    const records = members.map(({ profileId, key }) => ({
      profileId,
      key,
      record: { userData: userData(key) },
    }));
    return sendAll(googleApi(connection, platform), 'remove', target.id, records);
  },

  async erase(connection, { email, phone, keys, targets }, _wholly, platform) {
    const hashed = keyOf({ email, phone });
    const all = [...new Set([...keys, ...(hashed === '.' ? [] : [hashed])])];
    const api = googleApi(connection, platform);
    let told = 0;
    for (const { id } of targets) {
      if (!id || all.length === 0) continue;
      await sendAll(
        api,
        'remove',
        id,
        all.map(key => ({ profileId: '', key, record: { userData: userData(key) } })),
      );
      told++;
    }
    return `Google was told to remove their hashes from ${told} ${told === 1 ? 'list' : 'lists'}, which takes it up to two days. It got nothing else from Kindred, and has no call to erase a person.`;
  },
};

function keyOf({ email, phone }: { email: string | null; phone: string | null }): string {
  const plain = [email === null ? null : googleEmail(email), phone === null ? null : googlePhone(phone)];
  return plain.map(text => (text === null ? '' : googleHash(text))).join('.');
}

function userData(key: string): object {
  const [emailAddress, phoneNumber] = key.split('.');
  return {
    userIdentifiers: [...(emailAddress ? [{ emailAddress }] : []), ...(phoneNumber ? [{ phoneNumber }] : [])],
  };
}

interface Sending {
  profileId: string;
  key: string;
  record: object;
}

/** Google takes a batch whole or not at all, and names the records for which it does not: the others go again without them. */
async function sendAll(
  api: GoogleApi,
  what: 'ingest' | 'remove',
  list: string | null,
  all: readonly Sending[],
): Promise<Outcome[]> {
  const refused: Outcome[] = [];
  for (let left = all; left.length > 0; ) {
    try {
      await api.send({
        method: 'POST',
        path: `/audienceMembers:${what}`,
        idempotent: true,
        json: {
          destinations: [api.destination(list ?? '')],
          audienceMembers: left.map(({ record }) => record),
          encoding: 'HEX',
          ...(what === 'ingest' ? { termsOfService: { customerMatchTermsOfServiceStatus: 'ACCEPTED' } } : {}),
        },
      });
      return [...refused, ...allDone(left)];
    } catch (error) {
      const named = error instanceof VendorRefusal ? violations(error) : new Map<number, string>();
      if (named.size === 0) {
        const lists = what === 'remove' && error instanceof VendorRefusal ? await ownLists(api) : null;
        if (!lists || lists.some(({ id }) => id === list)) throw error;
        // Nobody is in a list that somebody deleted.
        return [...refused, ...allDone(left)];
      }
      for (const [i, reason] of named) {
        const { profileId } = left[i] ?? {};
        if (profileId !== undefined)
          refused.push({ profileId, kind: 'refused', reason: `Google: ${reason}` });
      }
      const before = left.length;
      left = left.filter((_, i) => !named.has(i));
      if (left.length === before) throw error;
    }
  }
  return refused;
}

const allDone = (all: readonly Sending[]) =>
  all.map(({ profileId, key }): Outcome => ({ profileId, kind: 'done', key }));

/** Places of the records that a refusal names, with Google's own word for why. */
function violations(refusal: VendorRefusal): Map<number, string> {
  const { error } = (refusal.json ?? {}) as {
    error?: { details?: readonly { fieldViolations?: readonly { field?: string; reason?: string }[] }[] };
  };
  const found = new Map<number, string>();
  for (const { field, reason } of error?.details?.flatMap(({ fieldViolations = [] }) => fieldViolations) ??
    []) {
    const [, place] = /audience_members\[(\d+)\]/.exec(field ?? '') ?? [];
    if (place !== undefined) found.set(Number(place), reason ?? 'refused');
  }
  return found;
}

interface UserList {
  id: string;
  displayName: string;
}

async function ownLists(api: GoogleApi): Promise<UserList[]> {
  const lists: UserList[] = [];
  for (let pageToken: string | undefined; ; ) {
    const page = (await api.send({
      path: `/${api.account}/userLists`,
      query: { pageSize: 1000, pageToken },
    })) as { userLists?: readonly UserList[]; nextPageToken?: string };
    lists.push(...(page.userLists ?? []));
    if (!page.nextPageToken) return lists;
    pageToken = page.nextPageToken;
  }
}
