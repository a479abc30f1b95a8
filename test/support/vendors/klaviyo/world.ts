/** What a Klaviyo account holds. */
export interface World {
  profiles: Map<string, MockProfile>;
  /** Ids of profiles by their e-mail. */
  emails: Map<string, string>;
  lists: Map<string, MockList>;
  metrics: MockMetric[];
  events: MockEvent[];
  jobs: Map<string, MockJob>;
  /** Ids of profiles that were asked to be deleted, in that order. */
  deletions: string[];
  /** Moments are told by it. */
  now: () => Date;
  jobMs: (rows: number) => number;
  count: number;
}

export interface Consent {
  consent: 'SUBSCRIBED' | 'UNSUBSCRIBED' | 'NEVER_SUBSCRIBED';
  at: string | null;
}

export interface MockProfile {
  id: string;
  email: string | null;
  phone: string | null;
  externalId: string | null;
  country: string | null;
  properties: Record<string, unknown>;
  created: string;
  updated: string;
  emailConsent: Consent;
  smsConsent: Consent;
  suppression: { reason: string; timestamp: string }[];
}

export interface MockList {
  id: string;
  name: string;
  created: string;
  /** Ids of profiles, in the order in which they joined. */
  members: Map<string, string>;
}

export interface MockMetric {
  id: string;
  name: string;
  integration: { name: string; category: string };
}

export interface MockEvent {
  id: string;
  metric: string;
  profile: string;
  at: string;
  properties: Record<string, unknown>;
}

export interface ImportedRow {
  id?: string | null;
  attributes: { email?: string | null; properties?: Record<string, unknown> | null } & Record<
    string,
    unknown
  >;
  meta?: { patch_properties?: { unset?: string | string[] | null } };
}

export interface MockJob {
  id: string;
  createdAt: number;
  startsAt: number;
  endsAt: number;
  rows: ImportedRow[];
  lists: string[];
  applied: boolean;
  errors: { id: string; code: string; detail: string; place: number }[];
}

const never: Consent = { consent: 'NEVER_SUBSCRIBED', at: null };

export function newId(world: World, prefix: string): string {
  return `${prefix}${String(++world.count).padStart(12, '0')}`;
}

export function addProfile(world: World, given: Partial<MockProfile>): MockProfile {
  const at = world.now().toISOString();
  const profile: MockProfile = {
    id: newId(world, '01K'),
    email: null,
    phone: null,
    externalId: null,
    country: null,
    properties: {},
    created: at,
    updated: at,
    emailConsent: never,
    smsConsent: never,
    suppression: [],
    ...given,
  };
  world.profiles.set(profile.id, profile);
  if (profile.email) world.emails.set(profile.email, profile.id);
  return profile;
}

export function addList(world: World, name: string): MockList {
  const list = { id: newId(world, 'L'), name, created: world.now().toISOString(), members: new Map() };
  world.lists.set(list.id, list);
  return list;
}

/** Jobs are worked off one after the other, in the order in which they came. */
export function addJob(world: World, rows: ImportedRow[], lists: string[]): MockJob {
  const createdAt = world.now().getTime();
  const startsAt = Math.max(createdAt, ...[...world.jobs.values()].slice(-1).map(({ endsAt }) => endsAt));
  const job: MockJob = {
    id: newId(world, 'J'),
    createdAt,
    startsAt,
    endsAt: startsAt + world.jobMs(rows.length),
    rows,
    lists,
    applied: false,
    errors: [],
  };
  world.jobs.set(job.id, job);
  return job;
}

/** Brings the account to this moment: jobs that are over by now took effect. */
export function catchUp(world: World, until: number): void {
  for (const job of world.jobs.values())
    if (!job.applied && job.endsAt <= until) {
      job.applied = true;
      apply(world, job);
    }
}

function apply(world: World, job: MockJob): void {
  const at = new Date(job.endsAt).toISOString();
  for (const [place, row] of job.rows.entries()) {
    const refuse = (code: string, detail: string) =>
      job.errors.push({ id: newId(world, 'E'), code, detail, place });
    const email = row.attributes.email?.trim().toLowerCase();
    if (email !== undefined && !isEmail(email)) {
      refuse('invalid', `${email} is not a valid email address.`);
      continue;
    }
    const known = world.profiles.get(row.id || world.emails.get(email ?? '') || '');
    if (!known && email === undefined) {
      refuse('not_found', 'A profile with this id does not exist.');
      continue;
    }
    const profile = known ?? addProfile(world, { email: email!, created: at });
    for (const [name, value] of Object.entries(row.attributes.properties ?? {}))
      if (value !== null) profile.properties[name] = value;
    for (const name of [row.meta?.patch_properties?.unset ?? []].flat()) delete profile.properties[name];
    profile.updated = at;
    for (const id of job.lists) {
      const members = world.lists.get(id)?.members;
      if (members && !members.has(profile.id)) members.set(profile.id, at);
    }
  }
}

/** Of the domain .invalid Klaviyo takes none: so tests have rows that are refused one by one. */
const isEmail = (text: string) => /^[^@\s]+@[^@\s]+\.[a-z]{2,}$/.test(text) && !text.endsWith('.invalid');
