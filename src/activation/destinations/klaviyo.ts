import { type KlaviyoApi, klaviyoApi, quoted, type Resource } from '../../vendors/klaviyo-api.ts';
import type { Platform } from '../../vendors/vendor.ts';
import type { Destination, KnownMember, Member, Outcome, Target } from '../destination.ts';
import { segmentPropertyOf } from '../plan/reach.ts';
import { type Imported, type ImportRow, importProfiles, importsInto } from './klaviyo-import.ts';
import { idsByEmail, removeFromList } from './klaviyo-people.ts';

/**
 * A list for each audience, and a property of the profile with the name of the segment. People are known by their e-mail, as
 * Klaviyo itself tells them apart: whoever may be written to and has no profile there yet gets one, which subscribes them to
 * nothing. Klaviyo's tags are for lists and campaigns, not for profiles.
 */
export const klaviyoDestination: Destination = {
  vendor: 'klaviyo',
  title: 'Klaviyo',
  channel: 'email',
  batch: 10_000,

  async ensure(connection, target, platform) {
    const api = klaviyoApi(connection, platform);
    const found = await listOf(api, target);
    if (found) return { ...target, id: found };
    const made = await api.one<List>({
      kind: 'make lists',
      method: 'POST',
      path: '/lists',
      // Sent twice it makes two lists: where it is not known whether it was made, the next try looks by its name.
      idempotent: false,
      json: { data: { type: 'list', attributes: { name: target.name } } },
    });
    return { ...target, id: made.id };
  },

  keyOf(_connection, { email }) {
    return email === null ? { cannot: 'no e-mail address' } : { key: email };
  },

  async *members(connection, target, platform) {
    const api = klaviyoApi(connection, platform);
    const list = await listOf(api, target);
    if (list === null) return;
    for await (const page of api.pages<{ email?: string | null }>({
      kind: 'list members',
      path: `/lists/${list}/profiles`,
      query: { 'fields[profile]': 'email', 'page[size]': 100 },
    }))
      yield page.flatMap(({ attributes: { email } }) => (email ? [email.trim().toLowerCase()] : []));
  },

  async add(connection, target, members, _id, platform) {
    const api = klaviyoApi(connection, platform);
    const able = members.filter(({ email }) => email !== null);
    const imported = await importProfiles(api, able.map(rowOf), idOf(target), platform);
    const became = new Map(able.map(({ profileId }, i) => [profileId, imported[i]!]));
    return members.map(({ profileId, email }): Outcome => {
      if (email === null) return { profileId, kind: 'refused', reason: 'no e-mail address' };
      const outcome = became.get(profileId)!;
      return outcome.kind === 'done'
        ? { profileId, kind: 'done', key: email }
        : { profileId, kind: outcome.kind, reason: outcome.reason };
    });
  },

  async remove(connection, target, members, _id, platform) {
    const api = klaviyoApi(connection, platform);
    const list = target.id ?? (await listOf(api, target));
    if (list === null) return members.map(member => removed(member, undefined));
    // Before anybody is looked up: an import may yet make their profile.
    await importsInto(api, list, platform);
    const ids = await idsByEmail(
      api,
      members.map(({ key }) => key),
    );
    await removeFromList(api, list, [...ids.values()]);
    const losing = members.flatMap(({ key, keepsProperty }) => (keepsProperty ? [] : (ids.get(key) ?? [])));
    const cleared = await clear(api, target, losing, platform);
    return members.map(member => removed(member, cleared.get(ids.get(member.key) ?? '')));
  },

  async erase(connection, { email, keys, targets }, wholly, platform) {
    const api = klaviyoApi(connection, platform);
    const emails = [...new Set([...(email === null ? [] : [email.toLowerCase()]), ...keys])].sort();
    for (const { id } of targets) if (id !== null) await importsInto(api, id, platform);
    const ids = [...(await idsByEmail(api, emails)).values()];
    if (ids.length === 0) return 'Klaviyo has no profile with the address.';
    for (const target of targets) {
      if (target.id === null) continue;
      await removeFromList(api, target.id, ids);
      await clear(api, target, ids, platform);
    }
    const lists = targets.some(({ id }) => id !== null)
      ? 'Taken off the lists of Kindred at Klaviyo, and its property cleared. '
      : '';
    if (!wholly) return `${lists}The profile itself stays at Klaviyo.`;
    for (const id of ids) await askForDeletion(api, id);
    return `${lists}Klaviyo was asked to delete the profile with all it holds.`;
  },
};

interface List {
  name?: string | null;
  created?: string | null;
}

/** The id of the list: that which is known as far as it is still there, otherwise the first of its name; null for none. */
async function listOf(api: KlaviyoApi, { id, name }: Target): Promise<string | null> {
  if (id !== null && (await lists(api, `equals(id,${quoted(id)})`)).length > 0) return id;
  const [first] = (await lists(api, `equals(name,${quoted(name)})`))
    .filter(({ attributes }) => attributes.name === name)
    .sort((a, b) => order(madeAt(a), madeAt(b)) || order(a.id, b.id));
  return first?.id ?? null;
}

const madeAt = ({ attributes }: Resource<List>) => attributes.created ?? '';

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

async function lists(api: KlaviyoApi, filter: string): Promise<Resource<List>[]> {
  const found: Resource<List>[] = [];
  const query = { filter, 'fields[list]': 'name,created' };
  for await (const page of api.pages<List>({ kind: 'lists', path: '/lists', query })) found.push(...page);
  return found;
}

function idOf({ id, name }: Target): string {
  if (id === null) throw new Error(`The list of “${name}” has no id yet: it is to be made first.`);
  return id;
}

function rowOf({ email, properties }: Member): ImportRow {
  const told = Object.entries(properties);
  return {
    email: email!,
    set: Object.fromEntries(told.filter((pair): pair is [string, string | number] => pair[1] !== null)),
    unset: told.filter(([, value]) => value === null).map(([name]) => name),
  };
}

/** Takes the segment's name off profiles; by their ids, so that none is made. */
async function clear(
  api: KlaviyoApi,
  target: Target,
  ids: readonly string[],
  platform: Platform,
): Promise<Map<string, Imported>> {
  const property = segmentPropertyOf(klaviyoDestination, target);
  if (property === null) return new Map();
  const rows = ids.map((id): ImportRow => ({ id, set: {}, unset: [property] }));
  const cleared = await importProfiles(api, rows, null, platform);
  return new Map(ids.map((id, i) => [id, cleared[i]!]));
}

/** Who has no profile there, or none any more, is in no list and has no property. */
function removed({ profileId, key }: KnownMember, cleared: Imported | undefined): Outcome {
  return cleared?.kind === 'again'
    ? { profileId, kind: 'again', reason: cleared.reason }
    : { profileId, kind: 'done', key };
}

async function askForDeletion(api: KlaviyoApi, id: string): Promise<void> {
  await api.send({
    kind: 'deletions',
    method: 'POST',
    path: '/data-privacy-deletion-jobs',
    idempotent: true,
    json: {
      data: {
        type: 'data-privacy-deletion-job',
        attributes: { profile: { data: { type: 'profile', id, attributes: {} } } },
      },
    },
  });
}
