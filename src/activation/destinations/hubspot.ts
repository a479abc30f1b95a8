import { InputError } from '../../errors.ts';
import {
  contactsPath,
  type HubspotApi,
  type HubspotRecord,
  hubspotApi,
  listsPath,
} from '../../vendors/hubspot-api.ts';
import { ifFound } from '../../vendors/if-found.ts';
import { VendorRefusal } from '../../vendors/refusal.ts';
import type { Destination, Outcome, Target } from '../destination.ts';
import { segmentPropertyOf } from '../plan/reach.ts';
import { clearProperty, type Upserted, upsertContacts } from './hubspot-contacts.ts';
import { ensureProperty } from './hubspot-property.ts';
import { split } from './split.ts';

/** HubSpot's number for the kind of records that contacts are. */
const contacts = '0-1';

/**
 * Static lists of contacts, and a property with the name of the segment. People are known by their e-mail; lists hold records,
 * whose ids are looked up for each call, since a record may have been merged since. Who has no contact gets one, which is
 * subscribed to nothing: subscriptions, legal bases and life cycle stages are never written.
 */
export const hubspotDestination: Destination = {
  vendor: 'hubspot',
  title: 'HubSpot',
  channel: 'email',
  batch: 100,

  async ensure(connection, target, platform) {
    const api = hubspotApi(connection, platform);
    const property = segmentPropertyOf(hubspotDestination, target);
    if (property !== null) await ensureProperty(api, property);
    const found = await listOf(api, target);
    return { ...target, id: found ?? (await makeList(api, target)) };
  },

  keyOf: (_connection, { email }) => (email === null ? { cannot: 'no e-mail address' } : { key: email }),

  async *members(connection, target, platform) {
    const api = hubspotApi(connection, platform);
    const list = await listOf(api, target);
    if (list === null) return;
    for (let after: string | undefined; ; ) {
      const page = await api.json<Memberships>({
        path: `${listsPath}/${list}/memberships`,
        query: { limit: 250, after },
      });
      const ids = page.results.map(({ recordId }) => recordId);
      const records = await api.read('contacts', ids, { properties: ['email'] });
      yield records.flatMap(({ properties: { email } }) => (email ? [email.trim().toLowerCase()] : []));
      after = page.paging?.next?.after;
      if (after === undefined) return;
    }
  },

  async add(connection, target, members, _id, platform) {
    const { able, refused } = split(members, member => hubspotDestination.keyOf(connection, member));
    if (able.length === 0) return refused;
    const api = hubspotApi(connection, platform);
    const rows = new Map(
      able.map(({ key, member }) => [key, { email: key, properties: asText(member.properties) }]),
    );
    const properties = [...new Set(able.flatMap(({ member }) => Object.keys(member.properties)))];
    const became = await upsertContacts(api, [...rows.values()], async () => {
      let made = false;
      for (const property of properties) if (await ensureProperty(api, property)) made = true;
      return made;
    });
    const ids = [...became.values()].flatMap(one => ('id' in one ? [one.id] : []));
    const missing = new Set(ids.length > 0 ? await change(api, target, 'add', ids) : []);
    return [
      ...refused,
      ...able.map(({ key, member: { profileId } }) => outcomeOf(profileId, key, became.get(key)!, missing)),
    ];
  },

  async remove(connection, target, members, _id, platform) {
    const api = hubspotApi(connection, platform);
    const keys = members.map(({ key }) => key);
    const keeping = new Set(members.filter(({ keepsProperty }) => keepsProperty).map(({ key }) => key));
    await takeOff(api, [target], await contactsOf(api, keys, [target]), keeping);
    // Who is no contact any more is in no list.
    return members.map(({ profileId, key }): Outcome => ({ profileId, kind: 'done', key }));
  },

  async erase(connection, { email, keys, targets }, wholly, platform) {
    const api = hubspotApi(connection, platform);
    const emails = [...new Set([...(email === null ? [] : [email.toLowerCase()]), ...keys])].sort();
    const found = await contactsOf(api, emails, targets);
    if (found.length === 0) return 'HubSpot has no contact with the address.';
    await takeOff(api, targets, found);
    if (!wholly)
      return 'Taken off the lists of Kindred at HubSpot, and its property cleared. The contact itself stays there.';
    for (const { id } of found)
      await ifFound(() =>
        api.send({
          method: 'POST',
          path: `${contactsPath}/gdpr-delete`,
          idempotent: true,
          json: { objectId: id },
        }),
      );
    return 'HubSpot was asked to delete the contact for good, with all it holds.';
  },
};

interface List {
  listId: string;
  processingType: string;
}

interface Memberships {
  results: readonly { recordId: string }[];
  paging?: { next?: { after: string } };
}

/** The id of the list: that which is known as far as it is still there, otherwise that of its name; null for none. */
async function listOf(api: HubspotApi, { id, name }: Target): Promise<string | null> {
  const named = `object-type-id/${contacts}/name/${encodeURIComponent(name)}`;
  for (const which of [...(id === null ? [] : [id]), named]) {
    const found = await ifFound(() => api.json<{ list: List }>({ path: `${listsPath}/${which}` }));
    if (!found) continue;
    if (found.list.processingType === 'DYNAMIC')
      throw new InputError(
        `The list “${name}” of HubSpot is an active one, whose members HubSpot chooses.`,
        'Give the audience another name there; Kindred makes a static list of it.',
      );
    return String(found.list.listId);
  }
  return null;
}

async function makeList(api: HubspotApi, target: Target): Promise<string> {
  try {
    const { list } = await api.json<{ list: List }>({
      method: 'POST',
      path: listsPath,
      // Names are unique: what was made by a try without an answer is found by its name.
      idempotent: true,
      json: { name: target.name, objectTypeId: contacts, processingType: 'MANUAL' },
    });
    return String(list.listId);
  } catch (error) {
    const found = error instanceof VendorRefusal && error.status < 500 ? await listOf(api, target) : null;
    if (found === null) throw error;
    return found;
  }
}

/** Returns the records that there are not. */
async function change(
  api: HubspotApi,
  { id, name }: Target,
  way: 'add' | 'remove',
  ids: readonly string[],
): Promise<readonly string[]> {
  if (id === null) throw new Error(`The list of “${name}” has no id yet: it is to be made first.`);
  const { recordIdsMissing } = await api.json<{ recordIdsMissing?: readonly (string | number)[] }>({
    method: 'PUT',
    path: `${listsPath}/${id}/memberships/${way}`,
    json: ids,
  });
  return (recordIdsMissing ?? []).map(String);
}

/** Contacts by these addresses, or that once had them, with what they carry of Kindred. */
async function contactsOf(
  api: HubspotApi,
  emails: readonly string[],
  targets: readonly Target[],
): Promise<HubspotRecord[]> {
  const properties = ['email', ...new Set(targets.flatMap(target => propertyOf(target) ?? []))];
  const found = await api.read('contacts', emails, { by: 'email', properties });
  const known = new Set(found.map(record => record.properties.email?.toLowerCase()));
  for (const email of emails.filter(one => !known.has(one))) {
    const { results } = await api.search('contacts', {
      filters: [{ propertyName: 'hs_additional_emails', operator: 'CONTAINS_TOKEN', value: email }],
      sort: 'hs_object_id',
      properties: [...properties, 'hs_additional_emails'],
      limit: 10,
    });
    // The index goes by words, not by whole addresses.
    found.push(...results.filter(record => additional(record).includes(email)));
  }
  return [...new Map(found.map(record => [record.id, record])).values()];
}

const additional = ({ properties }: HubspotRecord) =>
  (properties.hs_additional_emails ?? '').toLowerCase().split(/[;,]/);

const addressesOf = (record: HubspotRecord) => [
  record.properties.email?.toLowerCase() ?? '',
  ...additional(record),
];

const propertyOf = (target: Target) => segmentPropertyOf(hubspotDestination, target);

/** Off the lists first: what is left half done then is a property, and not a mail to who is out. */
async function takeOff(
  api: HubspotApi,
  targets: readonly Target[],
  found: readonly HubspotRecord[],
  keeping: ReadonlySet<string> = new Set(),
): Promise<void> {
  if (found.length === 0) return;
  for (const target of targets) {
    const ids = found.map(({ id }) => id);
    // A list that is no more has no members.
    if (target.id !== null) await ifFound(() => change(api, target, 'remove', ids));
    const property = propertyOf(target);
    if (property === null) continue;
    const carrying = found.filter(
      record => record.properties[property] && !addressesOf(record).some(one => keeping.has(one)),
    );
    await clearProperty(
      api,
      carrying.map(({ id }) => id),
      property,
    );
  }
}

function asText(
  properties: Readonly<Record<string, string | number | null>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [name, value === null ? '' : String(value)]),
  );
}

function outcomeOf(profileId: string, key: string, became: Upserted, missing: ReadonlySet<string>): Outcome {
  if (!('id' in became)) return { profileId, kind: became.kind, reason: became.reason };
  return missing.has(became.id)
    ? { profileId, kind: 'again', reason: 'HubSpot did not find the contact for its list' }
    : { profileId, kind: 'done', key };
}
