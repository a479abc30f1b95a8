import { activecampaignApi } from '../../vendors/activecampaign.ts';
import type { VendorHttp } from '../../vendors/http.ts';
import { ifFound } from '../../vendors/if-found.ts';
import { VendorRefusal } from '../../vendors/refusal.ts';
import type { Destination, Outcome, Target } from '../destination.ts';
import { segmentPropertyOf } from '../plan/reach.ts';
import { fieldIds, fieldsFor, fieldValues } from './activecampaign-fields.ts';
import { importContacts, type Tagged } from './activecampaign-import.ts';
import { split } from './split.ts';

/** From so many contacts on they are imported together; fewer go one by one, as ActiveCampaign asks. */
const worthAnImport = 11;

/**
 * Tags of ActiveCampaign. People are known there by their e-mail address; who is not known yet becomes a contact on no
 * list. Lists, and whether somebody is subscribed to them, are never touched.
 */
export const activecampaign: Destination = {
  vendor: 'activecampaign',
  title: 'ActiveCampaign',
  channel: 'email',
  batch: 250,

  async ensure(connection, target, platform) {
    const api = activecampaignApi(connection, platform);
    const found = await tagOf(api, target);
    if (found) return { ...target, id: found };
    const made = (
      await api.send({
        method: 'POST',
        path: '/tags',
        json: { tag: { tag: target.name, tagType: 'contact', description: 'Kept by Kindred' } },
      })
    ).json() as { tag: { id: string } };
    return { ...target, id: String(made.tag.id) };
  },

  keyOf: (_connection, { email }) => (email ? { key: email } : { cannot: 'no e-mail address' }),

  async *members(connection, target, platform) {
    const api = activecampaignApi(connection, platform);
    const tag = await tagOf(api, target);
    if (!tag) return;
    for (let last = 0; ; ) {
      const { contacts } = (
        await api.send({
          path: '/contacts',
          query: { tagid: tag, id_greater: last, 'orders[id]': 'ASC', limit: 100 },
        })
      ).json() as { contacts: readonly Contact[] };
      yield contacts.map(({ email }) => email.toLowerCase());
      if (contacts.length < 100) return;
      last = Number(contacts.at(-1)!.id);
    }
  },

  async add(connection, target, members, _id, platform) {
    const { able, refused } = split(members, member => activecampaign.keyOf(connection, member));
    if (able.length === 0) return refused;
    const api = activecampaignApi(connection, platform);
    const fields = await fieldsFor(
      api,
      able.map(({ member }) => member.properties),
    );
    const contacts = able.map(({ member: { profileId, properties }, key }) => ({
      profileId,
      email: key,
      values: fieldValues(fields, properties),
    }));
    const settled =
      contacts.length < worthAnImport
        ? await oneByOne(api, target, contacts)
        : await importContacts(api, target.name, contacts, platform);
    return [...refused, ...settled];
  },

  async remove(connection, target, members, _id, platform) {
    const api = activecampaignApi(connection, platform);
    const property = segmentPropertyOf(activecampaign, target);
    const fields = property === null ? [] : await fieldsNamed(api, [property]);
    const outcomes: Outcome[] = [];
    for (const { profileId, key, keepsProperty } of members) {
      const contact = await contactOf(api, key);
      if (contact) await untag(api, contact, target.id);
      if (contact && !keepsProperty) await empty(api, contact, fields);
      outcomes.push({ profileId, kind: 'done', key });
    }
    return outcomes;
  },

  async erase(connection, { email, keys, targets }, wholly, platform) {
    const api = activecampaignApi(connection, platform);
    const properties = targets.flatMap(target => segmentPropertyOf(activecampaign, target) ?? []);
    const fields = wholly ? [] : await fieldsNamed(api, properties);
    for (const one of new Set([...keys, ...(email ? [email] : [])])) {
      const contact = await contactOf(api, one);
      if (!contact) continue;
      if (wholly) await ifFound(() => api.send({ method: 'DELETE', path: `/contacts/${contact}` }));
      else {
        for (const { id } of targets) await untag(api, contact, id);
        await empty(api, contact, fields);
      }
    }
    return wholly
      ? 'ActiveCampaign was told to delete the contact with all that it holds of them.'
      : 'Their tags and the name of their segment were removed at ActiveCampaign; what else it holds of them stays.';
  },
};

interface Contact {
  id: string;
  email: string;
}

async function oneByOne(api: VendorHttp, target: Target, contacts: readonly Tagged[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { profileId, email, values } of contacts) {
    try {
      const { contact } = (
        await api.send({
          method: 'POST',
          path: '/contact/sync',
          json: { contact: { email, fieldValues: values.map(({ id, value }) => ({ field: id, value })) } },
          idempotent: true,
        })
      ).json() as { contact: Contact };
      await api.send({
        method: 'POST',
        path: '/contactTags',
        json: { contactTag: { contact: contact.id, tag: target.id } },
        idempotent: true,
      });
      outcomes.push({ profileId, kind: 'done', key: email });
    } catch (error) {
      if (!(error instanceof VendorRefusal) || error.status !== 422) throw error;
      outcomes.push({
        profileId,
        kind: 'refused',
        reason: 'ActiveCampaign does not take the e-mail address',
      });
    }
  }
  return outcomes;
}

async function tagOf(api: VendorHttp, target: Target): Promise<string | undefined> {
  let named: string | undefined;
  for (let offset = 0; ; offset += 100) {
    const { tags } = (
      await api.send({ path: '/tags', query: { search: target.name, limit: 100, offset } })
    ).json() as { tags: readonly { id: string; tag: string; tagType: string }[] };
    const own = tags.filter(({ tagType }) => tagType === 'contact');
    if (own.some(({ id }) => String(id) === target.id)) return target.id!;
    named ??= own.find(({ tag }) => tag === target.name)?.id;
    if (tags.length < 100) return named === undefined ? undefined : String(named);
  }
}

async function contactOf(api: VendorHttp, email: string): Promise<string | undefined> {
  const { contacts } = (await api.send({ path: '/contacts', query: { email, limit: 20 } })).json() as {
    contacts: readonly Contact[];
  };
  return contacts.find(contact => contact.email.toLowerCase() === email)?.id;
}

async function untag(api: VendorHttp, contact: string, tag: string | null): Promise<void> {
  const { contactTags } = (await api.send({ path: `/contacts/${contact}/contactTags` })).json() as {
    contactTags: readonly { id: string; tag: string }[];
  };
  for (const { id } of contactTags.filter(one => String(one.tag) === tag))
    await ifFound(() => api.send({ method: 'DELETE', path: `/contactTags/${id}` }));
}

/** Ids of the fields of these names; of those that there are. */
async function fieldsNamed(api: VendorHttp, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const ids = await fieldIds(api);
  return [...new Set(names.flatMap(name => ids.get(name) ?? []))];
}

/** By the contact's id, so that none is made. */
async function empty(api: VendorHttp, contact: string, fields: readonly string[]): Promise<void> {
  if (fields.length === 0) return;
  const fieldValues = fields.map(field => ({ field, value: '' }));
  await ifFound(() =>
    api.send({ method: 'PUT', path: `/contacts/${contact}`, json: { contact: { fieldValues } } }),
  );
}
