import { createHash } from 'node:crypto';
import { type MetaApi, metaApi } from '../../vendors/meta.ts';
import { VendorRefusal } from '../../vendors/refusal.ts';
import type { Destination, KnownMember, Member, Outcome } from '../destination.ts';
import { metaCountry, metaEmail, metaHash, metaPhone } from './meta-hashes.ts';
import { requireNeutralName } from './neutral-name.ts';
import { split } from './split.ts';

/**
 * Customer file audiences of Meta's Marketing API. Addresses go there as hashes only, and Meta never tells who is in an
 * audience. For people in the United States Meta is told to keep to limited data use, whatever their state.
 */
export const meta: Destination = {
  vendor: 'meta',
  title: 'Meta custom audiences',
  channel: 'advertising',
  batch: 10_000,

  async ensure(connection, target, platform) {
    requireNeutralName(target.name);
    const api = metaApi(connection, platform);
    if (target.id && (await exists(api, target.id))) return target;
    const found = await named(api, target.name);
    if (found) return { ...target, id: found };
    const made = (await api.send({
      method: 'POST',
      path: `/${api.account}/customaudiences`,
      json: { name: target.name, subtype: 'CUSTOM', customer_file_source: 'USER_PROVIDED_ONLY' },
    })) as { id: string };
    return { ...target, id: made.id };
  },

  keyOf(_connection, member) {
    if (member.consent === 'denied') return { cannot: 'said no to advertising' };
    const key = `${emailHash(member.email)}.${phoneHash(member.phone)}`;
    return key === '.' ? { cannot: 'neither an e-mail address nor an international phone number' } : { key };
  },

  async add(connection, target, members, id, platform) {
    const { able, refused } = split(members, member => meta.keyOf(connection, member));
    if (able.length === 0) return refused;
    const data = able.map(({ key, member }) => [...key.split('.'), ...placeOf(member)]);
    const answer = await users(metaApi(connection, platform), 'POST', target.id, id, {
      schema: ['EMAIL', 'PHONE', 'COUNTRY', 'DATA_PROCESSING_OPTIONS'],
      data,
    });
    return [
      ...refused,
      ...able.map(({ member: { profileId }, key }) => settled(profileId, key, answer, data.length)),
    ];
  },

  async remove(connection, target, members, id, platform) {
    const data = members.map(({ key }) => key.split('.'));
    const answer = await taken(metaApi(connection, platform), target.id, id, data);
    return members.map(({ profileId, key }: KnownMember) => settled(profileId, key, answer, data.length));
  },

  async erase(connection, { email, phone, keys, targets }, _wholly, platform) {
    const hashed = `${emailHash(email)}.${phoneHash(phone)}`;
    const data = [...new Set([...keys, ...(hashed === '.' ? [] : [hashed])])].map(key => key.split('.'));
    const api = metaApi(connection, platform);
    let told = 0;
    for (const target of targets) {
      if (!target.id || data.length === 0) continue;
      await taken(api, target.id, `erase ${target.id} ${data.join(' ')}`, data);
      told++;
    }
    return `Meta was told to remove their hashes from ${told} ${told === 1 ? 'audience' : 'audiences'}, which takes it up to a day. It got nothing else from Kindred, and has no call to erase a person.`;
  },
};

const emailHash = (email: string | null) => metaHash(email === null ? null : metaEmail(email));

/** Only of numbers that tell their country: others would be somebody else's abroad. */
const phoneHash = (phone: string | null) => metaHash(phone?.startsWith('+') ? metaPhone(phone) : null);

/** Hash of the country, and how Meta may use the record. */
function placeOf({ country }: Member): [string, string[]] {
  const plain = country === null ? null : metaCountry(country);
  return [metaHash(plain), plain === 'us' ? ['LDU'] : []];
}

interface Taken {
  num_received?: number;
}

/** Nobody is in an audience that somebody deleted. */
async function taken(
  api: MetaApi,
  audience: string | null,
  id: string,
  data: readonly (readonly string[])[],
): Promise<Taken> {
  try {
    return await users(api, 'DELETE', audience, id, { schema: ['EMAIL', 'PHONE'], data });
  } catch (error) {
    const isGone = error instanceof VendorRefusal && audience !== null && !(await exists(api, audience));
    if (!isGone) throw error;
    return {};
  }
}

/** Each batch is a session of its own, named after the batch: sent again it is the same session. */
async function users(
  api: MetaApi,
  method: 'POST' | 'DELETE',
  audience: string | null,
  id: string,
  payload: { schema: readonly string[]; data: readonly unknown[] },
): Promise<Taken> {
  const digest = createHash('sha256').update(id).digest();
  const session_id = Number(digest.readBigUInt64BE() >> 12n);
  return (await api.send({
    method,
    path: `/${audience}/users`,
    idempotent: true,
    json: {
      session: { session_id, batch_seq: 1, last_batch_flag: true, estimated_num_total: payload.data.length },
      payload,
    },
  })) as Taken;
}

function settled(profileId: string, key: string, { num_received }: Taken, sent: number): Outcome {
  return num_received === undefined || num_received === sent
    ? { profileId, kind: 'done', key }
    : { profileId, kind: 'again', reason: 'Meta received only a part of the batch' };
}

async function exists(api: MetaApi, id: string): Promise<boolean> {
  try {
    await api.send({ path: `/${id}`, query: { fields: 'id' } });
    return true;
  } catch (error) {
    if (error instanceof VendorRefusal && (error.status === 400 || error.status === 404)) return false;
    throw error;
  }
}

async function named(api: MetaApi, name: string): Promise<string | undefined> {
  for (let after: string | undefined; ; ) {
    const page = (await api.send({
      path: `/${api.account}/customaudiences`,
      query: { fields: 'id,name,subtype', limit: 200, ...(after ? { after } : {}) },
    })) as {
      data: readonly { id: string; name: string; subtype?: string }[];
      paging?: { cursors?: { after?: string }; next?: string };
    };
    const found = page.data.find(audience => audience.name === name && audience.subtype === 'CUSTOM');
    if (found) return found.id;
    after = page.paging?.next ? page.paging.cursors?.after : undefined;
    if (!after) return undefined;
  }
}
