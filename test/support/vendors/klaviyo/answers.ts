import { type Condition, fulfils } from './filter.ts';
import {
  addJob,
  addList,
  type ImportedRow,
  type MockEvent,
  type MockJob,
  type MockList,
  type MockProfile,
  type World,
} from './world.ts';

export interface Asked {
  params: Record<string, string>;
  query: Record<string, string>;
  conditions: readonly Condition[];
  body: unknown;
  /** Of the server, for links. */
  base: string;
  path: string;
}

export interface Answer {
  status: number;
  body?: unknown;
}

export type Answering = (world: World, asked: Asked) => Answer;

export const refusal = (status: number, code: string, detail: string, pointer = '/data'): Answer => ({
  status,
  body: { errors: [{ id: 'mock', status, code, title: code, detail, source: { pointer } }] },
});

/** What each operation of the contract does. */
export const answers: Readonly<Record<string, Answering>> = {
  get_accounts: (_world, { base }) => ({
    status: 200,
    body: {
      data: [
        {
          type: 'account',
          id: 'AbC123',
          attributes: { contact_information: { organization_name: 'A Mock Shop' } },
          links: { self: `${base}/api/accounts/AbC123` },
        },
      ],
    },
  }),
  get_profiles(world, asked) {
    const found = profilesWhere(world, asked.conditions);
    const by = asked.query.sort === 'updated' ? ('updated' as const) : ('created' as const);
    found.sort((a, b) => order(a[by], b[by]) || order(a.id, b.id));
    return page(asked, found, profile => profileOf(profile, asked));
  },
  bulk_import_profiles(world, { body, base }) {
    const { data } = body as {
      data: {
        attributes: { profiles: { data: ImportedRow[] } };
        relationships?: { lists?: { data?: { id: string }[] } };
      };
    };
    const rows = data.attributes.profiles.data;
    const lists = (data.relationships?.lists?.data ?? []).map(({ id }) => id);
    if (rows.length === 0 || rows.length > 10_000)
      return refusal(400, 'invalid', 'Between 1 and 10000 profiles are taken.');
    if (lists.some(id => !world.lists.has(id))) return refusal(404, 'not_found', 'There is no such list.');
    return { status: 202, body: { data: jobOf(world, addJob(world, rows, lists), base) } };
  },
  get_bulk_import_profiles_job(world, { params, base }) {
    const job = world.jobs.get(params.job_id ?? '');
    return job ? { status: 200, body: { data: jobOf(world, job, base) } } : notFound();
  },
  get_bulk_import_profiles_jobs(world, asked) {
    const jobs = [...world.jobs.values()].filter(job =>
      fulfils(asked.conditions, { status: statusOf(world, job) }),
    );
    return page(asked, jobs, job => jobOf(world, job, asked.base));
  },
  get_errors_for_bulk_import_profiles_job(world, asked) {
    const job = world.jobs.get(asked.params.id ?? '');
    if (!job) return notFound();
    return page(asked, job.errors, ({ id, code, detail, place }) => ({
      type: 'import-error',
      id,
      attributes: {
        code,
        title: 'The profile was not imported.',
        detail,
        source: { pointer: `/data/attributes/profiles/data/${place}` },
        original_payload: { id: job.rows[place]!.id ?? null, ...job.rows[place]!.attributes },
      },
    }));
  },
  get_lists(world, asked) {
    const lists = [...world.lists.values()].filter(({ id, name }) => fulfils(asked.conditions, { id, name }));
    return page(asked, lists, list => listOf(list, asked.base));
  },
  create_list(world, { body, base }) {
    const { data } = body as { data: { attributes: { name: string } } };
    return { status: 201, body: { data: listOf(addList(world, data.attributes.name), base) } };
  },
  get_profiles_for_list(world, asked) {
    const list = world.lists.get(asked.params.id ?? '');
    if (!list) return notFound();
    return page(asked, [...list.members], ([id, joined]) => {
      const { attributes, ...profile } = profileOf(world.profiles.get(id)!, asked);
      return { ...profile, attributes: { ...attributes, joined_group_at: joined } };
    });
  },
  remove_profiles_from_list(world, { params, body }) {
    const { data } = body as { data: { id: string }[] };
    const list = world.lists.get(params.id ?? '');
    if (!list) return notFound();
    if (data.length > 1000) return refusal(400, 'invalid', 'At most 1000 profiles are taken.');
    for (const { id } of data) list.members.delete(id);
    return { status: 204 };
  },
  get_events(world, asked) {
    const found = world.events.filter(event =>
      fulfils(asked.conditions, { metric_id: event.metric, profile_id: event.profile, datetime: event.at }),
    );
    found.sort((a, b) => order(a.at, b.at) || order(a.id, b.id));
    if (asked.query.sort !== 'datetime') found.reverse();
    return page(asked, found, event => eventOf(event, asked.base));
  },
  get_metrics: (world, asked) =>
    page(asked, world.metrics, ({ id, name, integration }) => ({
      type: 'metric',
      id,
      attributes: { name, created: null, updated: null, integration },
      links: self(asked.base, `metrics/${id}`),
    })),
  request_profile_deletion(world, { body }) {
    const { data } = body as {
      data: {
        attributes: { profile: { data: { id?: string | null; attributes: { email?: string | null } } } };
      };
    };
    const { id, attributes } = data.attributes.profile.data;
    if (Boolean(id) === Boolean(attributes.email))
      return refusal(400, 'invalid', 'Exactly one identifier is to be given.');
    world.deletions.push(id ?? world.emails.get(attributes.email!) ?? attributes.email!);
    return { status: 202 };
  },
};

const notFound = () => refusal(404, 'not_found', 'There is no such thing.');

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const self = (base: string, path: string) => ({ self: `${base}/api/${path}/` });

function profilesWhere(world: World, conditions: readonly Condition[]): MockProfile[] {
  const named = conditions.find(({ field }) => field === 'email');
  const all = named
    ? named.values.flatMap(email => world.profiles.get(world.emails.get(email.toLowerCase()) ?? '') ?? [])
    : [...world.profiles.values()];
  const others = conditions.filter(condition => condition !== named);
  return all.filter(({ id, created, updated, phone, externalId }) =>
    fulfils(others, { id, created, updated, phone_number: phone, external_id: externalId }),
  );
}

/** One page of what there is; the cursor says how many came before. */
function page<Item>(
  { query, base, path }: Asked,
  all: readonly Item[],
  told: (item: Item) => object,
): Answer {
  const size = Number(query['page[size]'] ?? (path.endsWith('/lists') ? 10 : 20));
  const from = query['page[cursor]'] ? Number(Buffer.from(query['page[cursor]'], 'base64url').toString()) : 0;
  const link = (to: number) => {
    const cursor = Buffer.from(String(to)).toString('base64url');
    return `${base}${path}?${new URLSearchParams({ ...query, 'page[cursor]': cursor })}`;
  };
  const next = from + size < all.length ? { next: link(from + size) } : {};
  return {
    status: 200,
    body: { data: all.slice(from, from + size).map(told), links: { self: `${base}${path}`, ...next } },
  };
}

function profileOf(profile: MockProfile, { query, base }: Asked) {
  const { id, email, phone, externalId, country, created, updated, properties } = profile;
  const all: Record<string, unknown> = {
    email,
    phone_number: phone,
    external_id: externalId,
    created,
    updated,
    location: { country },
    properties,
    ...(query['additional-fields[profile]']?.includes('subscriptions')
      ? { subscriptions: subscriptionsOf(profile) }
      : {}),
  };
  const fields = query['fields[profile]']?.split(',');
  const attributes = fields
    ? Object.fromEntries(Object.entries(all).filter(([name]) => fields.includes(name)))
    : all;
  return { type: 'profile', id, attributes, links: self(base, `profiles/${id}`) };
}

function subscriptionsOf({ emailConsent, smsConsent, suppression }: MockProfile): object {
  return {
    email: {
      marketing: {
        can_receive_email_marketing: suppression.length === 0,
        consent: emailConsent.consent,
        consent_timestamp: emailConsent.at,
        suppression,
        list_suppressions: [],
      },
    },
    sms: {
      marketing: {
        can_receive_sms_marketing: smsConsent.consent === 'SUBSCRIBED',
        consent: smsConsent.consent,
        consent_timestamp: smsConsent.at,
      },
    },
  };
}

const listOf = ({ id, name, created }: MockList, base: string) => ({
  type: 'list',
  id,
  attributes: { name, created, updated: created, opt_in_process: 'double_opt_in' },
  links: self(base, `lists/${id}`),
});

const eventOf = ({ id, metric, profile, at, properties }: MockEvent, base: string) => ({
  type: 'event',
  id,
  attributes: { datetime: at, event_properties: properties },
  relationships: {
    profile: { data: { type: 'profile', id: profile } },
    metric: { data: { type: 'metric', id: metric } },
  },
  links: self(base, `events/${id}`),
});

function statusOf(world: World, { applied, startsAt }: MockJob): 'complete' | 'processing' | 'queued' {
  return applied ? 'complete' : world.now().getTime() > startsAt ? 'processing' : 'queued';
}

function jobOf(world: World, job: MockJob, base: string): object {
  const { id, applied, rows, errors, createdAt, endsAt, lists } = job;
  return {
    type: 'profile-bulk-import-job',
    id,
    attributes: {
      status: statusOf(world, job),
      created_at: new Date(createdAt).toISOString(),
      total_count: rows.length,
      completed_count: applied ? rows.length - errors.length : 0,
      failed_count: errors.length,
      completed_at: applied ? new Date(endsAt).toISOString() : null,
    },
    relationships: { lists: { data: lists.map(list => ({ type: 'list', id: list })) } },
    links: self(base, `profile-bulk-import-jobs/${id}`),
  };
}
