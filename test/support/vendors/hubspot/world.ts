/** What the mock of HubSpot holds. */
export interface HubspotWorld {
  contacts: Map<string, MockRecord>;
  tickets: Map<string, MockRecord & { contacts: string[] }>;
  lists: Map<string, { name: string; processingType: string; members: Set<string> }>;
  /** Properties of contacts that can be written, with their groups. */
  properties: Map<string, string>;
  groups: Set<string>;
  /** Milliseconds; each change takes one. */
  clock: number;
  nextId: number;
  deletedForGood: string[];
}

export interface MockRecord {
  id: string;
  properties: Record<string, string>;
  history: Record<string, { value: string; timestamp: string }[]>;
}

export function newWorld(at = Date.parse('2026-05-01T00:00:00Z')): HubspotWorld {
  return {
    contacts: new Map(),
    tickets: new Map(),
    lists: new Map(),
    properties: new Map([['email', 'contactinformation']]),
    groups: new Set(['contactinformation']),
    clock: at,
    nextId: 101,
    deletedForGood: [],
  };
}

export function addContact(
  world: HubspotWorld,
  properties: Readonly<Record<string, string>>,
  history: MockRecord['history'] = {},
): MockRecord {
  const at = new Date(world.clock++).toISOString();
  const id = String(world.nextId++);
  const record: MockRecord = {
    id,
    properties: { createdate: at, lastmodifieddate: at, hs_object_id: id, ...properties },
    history,
  };
  world.contacts.set(id, record);
  return record;
}

export function addTicket(
  world: HubspotWorld,
  properties: Readonly<Record<string, string>>,
  contacts: string[],
): void {
  const at = new Date(world.clock++).toISOString();
  const id = String(world.nextId++);
  const all = { createdate: at, hs_lastmodifieddate: at, hs_object_id: id, ...properties };
  world.tickets.set(id, { id, properties: all, history: {}, contacts });
}

/** Changes properties as an app would. */
export function write(world: HubspotWorld, record: MockRecord, properties: Record<string, string>): void {
  const at = new Date(world.clock++).toISOString();
  Object.assign(record.properties, properties, { lastmodifieddate: at });
}

export function byEmail(world: HubspotWorld, email: string): MockRecord | undefined {
  return [...world.contacts.values()].find(one => one.properties.email === email.toLowerCase());
}
