import type { Answered, Asked } from '../faulty-server.ts';
import { addContact, byEmail, type HubspotWorld, type MockRecord, write } from './world.ts';

type Body = Record<string, unknown>;
type Handler = (world: HubspotWorld, asked: Asked, parts: readonly string[]) => Answered;

interface Route {
  method: string;
  path: RegExp;
  scope: string | null;
  answer: Handler;
}

export class Refused extends Error {
  readonly status: number;
  readonly category: string;
  constructor(status: number, category: string, message: string = category) {
    super(message);
    this.status = status;
    this.category = category;
  }
}

const refuse = (status: number, category: string, message?: string): never => {
  throw new Refused(status, category, message);
};

const inputsOf = (asked: Asked, most: number): Body[] => {
  const { inputs } = asked.body as { inputs: Body[] };
  if (inputs.length === 0) refuse(400, 'VALIDATION_ERROR', 'inputs are empty');
  if (inputs.length > most) refuse(400, 'VALIDATION_ERROR', `more than ${most} inputs`);
  return inputs;
};

function recordsOf(world: HubspotWorld, kind: string): Map<string, MockRecord> {
  return kind === 'tickets' ? world.tickets : world.contacts;
}

const search: Handler = (world, asked, [kind]) => {
  const body = asked.body as {
    filterGroups: { filters: { propertyName: string; operator: string; value: string }[] }[];
    sorts: { propertyName: string }[];
    properties: string[];
    limit: number;
    after?: string;
  };
  if (body.limit > 200) refuse(400, 'VALIDATION_ERROR', 'limit is above 200');
  if (body.sorts.length > 1) refuse(400, 'VALIDATION_ERROR', 'one sort at most');
  if (Number(body.after ?? 0) + body.limit > 10_000) refuse(400, 'VALIDATION_ERROR', 'beyond 10,000');
  const numberOf = (text: string | undefined) =>
    /^\d+$/.test(text ?? '') ? Number(text) : Date.parse(text ?? '');
  const filters = body.filterGroups.flatMap(group => group.filters);
  const found = [...recordsOf(world, kind!).values()].filter(({ properties }) =>
    filters.every(({ propertyName, operator, value }) => {
      const held = properties[propertyName];
      if (operator === 'CONTAINS_TOKEN') return (held ?? '').includes(value.split('@')[0]!);
      if (operator === 'GT') return numberOf(held) > numberOf(value);
      if (operator === 'GTE') return numberOf(held) >= numberOf(value);
      return operator === 'EQ' && numberOf(held) === numberOf(value);
    }),
  );
  const sort = body.sorts[0]!.propertyName;
  // Of those with the same value HubSpot promises no order.
  found.sort(
    (a, b) => numberOf(a.properties[sort]) - numberOf(b.properties[sort]) || Number(b.id) - Number(a.id),
  );
  const results = found.slice(0, body.limit).map(({ id, properties }) => ({ id, properties }));
  return { status: 200, json: { total: found.length, results } };
};

const batchRead: Handler = (world, asked, [kind]) => {
  const { idProperty, propertiesWithHistory = [] } = asked.body as {
    idProperty?: string;
    propertiesWithHistory?: string[];
  };
  const inputs = inputsOf(asked, propertiesWithHistory.length > 0 ? 50 : 100);
  const results = inputs.flatMap(({ id }) => {
    const key = String(id);
    const record = idProperty === 'email' ? byEmail(world, key) : recordsOf(world, kind!).get(key);
    if (!record) return [];
    return [{ id: record.id, properties: record.properties, propertiesWithHistory: record.history }];
  });
  // In an order of its own.
  return { status: results.length === inputs.length ? 200 : 207, json: { results: results.reverse() } };
};

function checkProperties(world: HubspotWorld, properties: Record<string, string>): void {
  for (const name of Object.keys(properties))
    if (!world.properties.has(name)) refuse(400, 'VALIDATION_ERROR', `PROPERTY_DOESNT_EXIST ${name}`);
}

/** Upserts by e-mail are done whole or not at all. */
const upsert: Handler = (world, asked) => {
  const inputs = inputsOf(asked, 100);
  const emails = inputs.map(({ id }) => String(id).toLowerCase());
  if (new Set(emails).size < emails.length) refuse(400, 'VALIDATION_ERROR', 'duplicate ids');
  for (const [i, { idProperty, properties }] of inputs.entries()) {
    if (idProperty !== 'email') refuse(400, 'VALIDATION_ERROR', 'no idProperty');
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(emails[i]!)) refuse(400, 'VALIDATION_ERROR', 'INVALID_EMAIL');
    checkProperties(world, properties as Record<string, string>);
  }
  const results = inputs.map(({ properties, objectWriteTraceId }, i) => {
    const email = emails[i]!;
    const additional = [...world.contacts.values()].find(one =>
      (one.properties.hs_additional_emails ?? '').split(';').includes(email),
    );
    const { email: _, ...rest } = properties as Record<string, string>;
    const record = byEmail(world, email) ?? additional ?? addContact(world, { email });
    write(world, record, rest);
    return { id: record.id, properties: { email: record.properties.email }, objectWriteTraceId };
  });
  return { status: 200, json: { status: 'COMPLETE', results: results.reverse() } };
};

const update: Handler = (world, asked) => {
  const inputs = inputsOf(asked, 100) as { id: string; properties: Record<string, string> }[];
  for (const { id, properties } of inputs) {
    if (!world.contacts.has(id)) refuse(404, 'OBJECT_NOT_FOUND');
    checkProperties(world, properties);
  }
  for (const { id, properties } of inputs) write(world, world.contacts.get(id)!, properties);
  return { status: 200, json: { results: inputs.map(({ id }) => ({ id })) } };
};

const listOf = (world: HubspotWorld, id: string) => world.lists.get(id) ?? refuse(404, 'OBJECT_NOT_FOUND');

const told = (id: string, { name, processingType }: { name: string; processingType: string }) => ({
  list: { listId: id, name, processingType, objectTypeId: '0-1' },
});

const memberships: Handler = (world, asked, [id, way]) => {
  const { members, processingType } = listOf(world, id!);
  if (processingType === 'DYNAMIC') refuse(400, 'VALIDATION_ERROR');
  const ids = asked.body as string[];
  const known = ids.filter(one => world.contacts.has(one));
  const changed = known.filter(one => members.has(one) === (way === 'remove'));
  for (const one of changed) way === 'add' ? members.add(one) : members.delete(one);
  return {
    status: 200,
    json: {
      recordsIdsAdded: way === 'add' ? changed : [],
      recordIdsRemoved: way === 'remove' ? changed : [],
      recordIdsMissing: ids.filter(one => !world.contacts.has(one)),
    },
  };
};

const membersOfList: Handler = (world, asked, [id]) => {
  const limit = Number(asked.query.get('limit'));
  if (limit > 250) refuse(400, 'VALIDATION_ERROR');
  const after = Number(asked.query.get('after') ?? 0);
  const ids = [...listOf(world, id!).members].sort((a, b) => Number(a) - Number(b));
  const results = ids.filter(one => Number(one) > after).slice(0, limit);
  const more = results.length === limit && results.at(-1) !== ids.at(-1);
  return {
    status: 200,
    json: {
      results: results.map(recordId => ({ recordId })),
      ...(more ? { paging: { next: { after: results.at(-1) } } } : {}),
    },
  };
};

const makeList: Handler = (world, asked) => {
  const { name, processingType } = asked.body as { name: string; processingType: string };
  if ([...world.lists.values()].some(list => list.name === name))
    refuse(400, 'VALIDATION_ERROR', 'duplicate');
  const id = String(world.nextId++);
  world.lists.set(id, { name, processingType, members: new Set() });
  return { status: 200, json: told(id, world.lists.get(id)!) };
};

const listNamed: Handler = (world, _asked, [name]) => {
  const found = [...world.lists].find(([, list]) => list.name === decodeURIComponent(name!));
  return found ? { status: 200, json: told(...found) } : refuse(404, 'OBJECT_NOT_FOUND');
};

const makeProperty: Handler = (world, asked) => {
  const { name, groupName } = asked.body as { name?: string; groupName: string };
  if (!name || !world.groups.has(groupName)) return refuse(400, 'VALIDATION_ERROR');
  if (world.properties.has(name)) refuse(409, 'OBJECT_ALREADY_EXISTS');
  world.properties.set(name, groupName);
  return { status: 201, json: { name } };
};

const makeGroup: Handler = (world, asked) => {
  const { name } = asked.body as { name?: string };
  if (!name) return refuse(400, 'VALIDATION_ERROR');
  if (world.groups.has(name)) refuse(409, 'OBJECT_ALREADY_EXISTS');
  world.groups.add(name);
  return { status: 201, json: { name } };
};

const associations: Handler = (world, asked) => ({
  status: 200,
  json: {
    results: inputsOf(asked, 1000).flatMap(({ id }) => {
      const to = world.tickets.get(String(id))?.contacts ?? [];
      return to.length === 0
        ? []
        : [{ from: { id }, to: to.map(one => ({ toObjectId: Number(one), associationTypes: [] })) }];
    }),
  },
});

const forget: Handler = (world, asked) => {
  const { objectId } = asked.body as { objectId: string };
  if (!world.contacts.delete(objectId)) refuse(404, 'OBJECT_NOT_FOUND');
  for (const { members } of world.lists.values()) members.delete(objectId);
  world.deletedForGood.push(objectId);
  return { status: 204 };
};

const one = (method: string, path: string, scope: string | null, answer: Handler): Route => ({
  method,
  path: new RegExp(`^${path}$`),
  scope,
  answer,
});

const v = '2026-03';
const readContacts = 'crm.objects.contacts.read';
const writeContacts = 'crm.objects.contacts.write';

/** Everything else that HubSpot may be asked is something that Kindred must not ask. */
export const routes: readonly Route[] = [
  one('GET', `/account-info/${v}/details`, null, () => ({ status: 200, json: { portalId: 4711 } })),
  one('GET', `/crm/objects/${v}/contacts`, readContacts, () => ({ status: 200, json: { results: [] } })),
  one('GET', `/crm/objects/${v}/tickets`, 'tickets', () => ({ status: 200, json: { results: [] } })),
  one('POST', `/crm/objects/${v}/(contacts)/search`, readContacts, search),
  one('POST', `/crm/objects/${v}/(tickets)/search`, 'tickets', search),
  one('POST', `/crm/objects/${v}/(contacts)/batch/read`, readContacts, batchRead),
  one('POST', `/crm/objects/${v}/(tickets)/batch/read`, 'tickets', batchRead),
  one('POST', `/crm/objects/${v}/contacts/batch/upsert`, writeContacts, upsert),
  one('POST', `/crm/objects/${v}/contacts/batch/update`, writeContacts, update),
  one('POST', `/crm/objects/${v}/contacts/gdpr-delete`, writeContacts, forget),
  one('POST', `/crm/associations/${v}/tickets/contacts/batch/read`, 'tickets', associations),
  one('GET', `/crm/pipelines/${v}/tickets`, 'tickets', () => ({
    status: 200,
    json: { results: [{ id: '7', label: 'Complaints desk' }] },
  })),
  one('POST', `/crm/properties/${v}/contacts/groups`, 'crm.schemas.contacts.write', makeGroup),
  one('POST', `/crm/properties/${v}/contacts`, 'crm.schemas.contacts.write', makeProperty),
  one('GET', `/crm/properties/${v}/contacts/([a-z0-9_]+)`, readContacts, (world, _asked, [name]) =>
    world.properties.has(name!) ? { status: 200, json: { name } } : refuse(404, 'OBJECT_NOT_FOUND'),
  ),
  one('GET', `/crm/lists/${v}/object-type-id/0-1/name/(.+)`, 'crm.lists.read', listNamed),
  one('GET', `/crm/lists/${v}/(\\d+)`, 'crm.lists.read', (world, _asked, [id]) => ({
    status: 200,
    json: told(id!, listOf(world, id!)),
  })),
  one('POST', `/crm/lists/${v}`, 'crm.lists.write', makeList),
  one('GET', `/crm/lists/${v}/(\\d+)/memberships`, 'crm.lists.read', membersOfList),
  one('PUT', `/crm/lists/${v}/(\\d+)/memberships/(add|remove)`, 'crm.lists.write', memberships),
];
