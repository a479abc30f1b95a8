import { memberId } from '../../../../src/vendors/mailchimp-api.ts';
import type { Connection } from '../../../../src/vendors/vendor.ts';
import { type Answered, type Asked, type Fault, faultyServer } from '../faulty-server.ts';

export interface MockMember {
  id: string;
  email_address: string;
  status: string;
  merge_fields: Record<string, unknown>;
  timestamp_signup: string;
  timestamp_opt: string;
  last_changed: string;
  location: { country_code: string };
}

export interface MockReport {
  id: string;
  send_time: string;
  'sent-to': { email_id: string; status: string }[];
  'email-activity': { email_id: string; activity: { action: string; timestamp: string; url?: string }[] }[];
  unsubscribed: { email_id: string; timestamp: string }[];
  'abuse-reports': { email_id: string; date: string }[];
}

export interface MockMailchimpOptions {
  members?: readonly Partial<MockMember>[];
  campaigns?: readonly (Partial<MockReport> & { id: string; send_time: string })[];
  mergeFields?: readonly { tag: string; name: string }[];
  faultOf?: (request: number, asked: Asked) => Fault | null;
}

export interface MockMailchimp {
  connection: Connection;
  requests: string[];
  /** What no client may do: requests that it has not, makes of contacts, writes of states, tags that begin automations. */
  violations: string[];
  members: Map<string, MockMember>;
  campaigns: MockReport[];
  segments: Map<number, { name: string; members: Set<string> }>;
  membersOf(segment: string): string[];
  addMember(member: Partial<MockMember>): MockMember;
  /** @throws Error where there were violations, or where somebody's state is no longer what it was */
  close(): Promise<void>;
}

const key = '0123456789abcdef0123456789abcdef-us21';
const audience = 'a1b2c3d4e5';
const refusal = (status: number, detail: string): Answered => ({ status, json: { status, detail } });

/** A Mailchimp that keeps what it is told, over real HTTP, as its documentation says. */
export async function mockMailchimp(options: MockMailchimpOptions = {}): Promise<MockMailchimp> {
  const { mergeFields = [], faultOf = () => null } = options;
  const members = new Map<string, MockMember>();
  const segments = new Map<number, { name: string; members: Set<string> }>();
  const violations: string[] = [];
  let nextId = 1;
  const campaigns: MockReport[] = (options.campaigns ?? []).map(campaign => ({
    'sent-to': [],
    'email-activity': [],
    unsubscribed: [],
    'abuse-reports': [],
    ...campaign,
  }));
  const addMember = (member: Partial<MockMember>): MockMember => {
    const email_address = member.email_address ?? `member${members.size}@shop.example`;
    const at = '2026-05-01T10:00:00+00:00';
    const whole: MockMember = {
      id: memberId(email_address),
      status: 'subscribed',
      merge_fields: {},
      timestamp_signup: '',
      timestamp_opt: at,
      last_changed: at,
      location: { country_code: '' },
      ...member,
      email_address,
    };
    members.set(whole.id, whole);
    return whole;
  };
  for (const member of options.members ?? []) addMember(member);
  const states = () => new Map([...members.values()].map(({ id, status }) => [id, status]));
  const before = states();

  const page = <Item>({ query }: Asked, items: readonly Item[]): Item[] => {
    const count = Number(query.get('count') ?? 10);
    if (count > 1000) throw new Error('more than 1000 of a page');
    const offset = Number(query.get('offset') ?? 0);
    return items.slice(offset, offset + count);
  };

  const tagsOf = (id: string) =>
    [...segments]
      .filter(([, segment]) => segment.members.has(id))
      .map(([tag, { name }]) => ({ id: tag, name }));

  const changeSegment = (id: number, asked: Asked): Answered => {
    const segment = segments.get(id);
    if (!segment) return refusal(404, 'no such segment');
    const { members_to_add: add = [], members_to_remove: remove = [] } = asked.body as Record<
      string,
      string[]
    >;
    if (add.length > 500 || remove.length > 500) return refusal(400, 'Maximum allowed member items exceeded');
    if ([...add, ...remove].some(email => !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)))
      return refusal(400, 'Schema describes email');
    // Whom there is nothing to change of is not named in the answer.
    const added = add.map(memberId).filter(one => members.has(one) && !segment.members.has(one));
    const removed = remove.map(memberId).filter(one => segment.members.has(one));
    for (const one of added) segment.members.add(one);
    for (const one of removed) segment.members.delete(one);
    return {
      status: 200,
      json: {
        members_added: added.map(one => members.get(one)),
        members_removed: removed.map(one => members.get(one)),
      },
    };
  };

  const tag = (id: string, asked: Asked): Answered => {
    if (!members.has(id)) return refusal(404, 'no such member');
    const { tags, is_syncing } = asked.body as {
      tags: { name: string; status: string }[];
      is_syncing?: boolean;
    };
    if (is_syncing !== true) violations.push('a tag that begins automations');
    for (const { name, status } of tags) {
      const found = [...segments.values()].find(one => one.name === name);
      const segment = found ?? { name, members: new Set<string>() };
      if (!found) segments.set(nextId++, segment);
      status === 'active' ? segment.members.add(id) : segment.members.delete(id);
    }
    return { status: 204 };
  };

  const listMembers = (asked: Asked): Answered => {
    const since = Date.parse(asked.query.get('since_last_changed') ?? '1970-01-01');
    const found = [...members.values()]
      .filter(({ last_changed }) => Date.parse(last_changed) > since)
      .sort((a, b) => Date.parse(a.last_changed) - Date.parse(b.last_changed) || (a.id < b.id ? -1 : 1));
    return { status: 200, json: { members: page(asked, found), total_items: found.length } };
  };

  const report = (id: string, part: string, asked: Asked): Answered => {
    const found = campaigns.find(one => one.id === id);
    if (!found) return refusal(404, 'no such campaign');
    const since = Date.parse(asked.query.get('since') ?? '1970-01-01');
    const activity = found['email-activity'].map(one => ({
      ...one,
      activity: one.activity.filter(({ timestamp }) => Date.parse(timestamp) > since),
    }));
    return {
      status: 200,
      json: {
        sent_to: part === 'sent-to' ? page(asked, found['sent-to']) : undefined,
        emails: part === 'email-activity' ? page(asked, activity) : undefined,
        unsubscribes: part === 'unsubscribed' ? page(asked, found.unsubscribed) : undefined,
        abuse_reports: part === 'abuse-reports' ? found['abuse-reports'] : undefined,
      },
    };
  };

  const answer = (asked: Asked): Answered => {
    const { method, query, body } = asked;
    if (asked.headers.authorization !== `Basic ${Buffer.from(`kindred:${key}`).toString('base64')}`)
      return refusal(401, 'API Key Invalid');
    const path = asked.path.replace(/^\/3\.0/, '').replace(`/lists/${audience}`, '/audience');
    const is = (verb: string, pattern: RegExp) => (method === verb ? pattern.exec(path) : null);
    let found: RegExpExecArray | null;
    if (is('GET', /^\/$/)) return { status: 200, json: { account_name: 'A shop' } };
    if (is('GET', /^\/audience$/)) return { status: 200, json: { name: 'Newsletter' } };
    if (is('GET', /^\/audience\/merge-fields$/)) return { status: 200, json: { merge_fields: mergeFields } };
    if (is('GET', /^\/audience\/members$/)) return listMembers(asked);
    found = is('GET', /^\/audience\/members\/([0-9a-f]{32})$/);
    if (found) {
      const member = members.get(found[1]!);
      return member ? { status: 200, json: { ...member, tags: tagsOf(member.id) } } : refusal(404, 'none');
    }
    found = is('POST', /^\/audience\/members\/([0-9a-f]{32})\/tags$/);
    if (found) return tag(found[1]!, asked);
    found = is('POST', /^\/audience\/members\/([0-9a-f]{32})\/actions\/delete-permanent$/);
    if (found) {
      for (const segment of segments.values()) segment.members.delete(found[1]!);
      return members.delete(found[1]!) ? { status: 204 } : refusal(404, 'none');
    }
    if (is('GET', /^\/audience\/segments$/)) {
      const all = [...segments].map(([id, { name }]) => ({ id, name, type: 'static' }));
      return { status: 200, json: { segments: page(asked, all), total_items: all.length } };
    }
    if (is('POST', /^\/audience\/segments$/)) {
      const { name } = body as { name: string };
      segments.set(nextId, { name, members: new Set() });
      return { status: 200, json: { id: nextId++, name, type: 'static' } };
    }
    found = is('GET', /^\/audience\/segments\/(\d+)$/);
    if (found) {
      const segment = segments.get(Number(found[1]));
      return segment
        ? { status: 200, json: { id: Number(found[1]), name: segment.name } }
        : refusal(404, 'none');
    }
    found = is('POST', /^\/audience\/segments\/(\d+)$/);
    if (found) return changeSegment(Number(found[1]), asked);
    found = is('GET', /^\/audience\/segments\/(\d+)\/members$/);
    if (found) {
      const all = [...(segments.get(Number(found[1]))?.members ?? [])].map(one => members.get(one)!);
      const told = all.filter(
        ({ status }) => status === 'subscribed' || query.get('include_unsubscribed') === 'true',
      );
      return { status: 200, json: { members: page(asked, told) } };
    }
    if (is('GET', /^\/campaigns$/)) {
      const since = Date.parse(query.get('since_send_time') ?? '1970-01-01');
      const sent = campaigns.filter(({ send_time }) => Date.parse(send_time) >= since);
      return { status: 200, json: { campaigns: page(asked, sent) } };
    }
    found = is('GET', /^\/reports\/(\w+)\/([a-z-]+)$/);
    if (found) return report(found[1]!, found[2]!, asked);
    if (path.startsWith('/lists/')) return refusal(404, 'no such audience');
    violations.push(`${method} ${path}`);
    return refusal(404, 'none');
  };

  const server = await faultyServer(answer, faultOf);
  return {
    connection: {
      name: 'mailchimp',
      vendor: 'mailchimp',
      settings: { api_url: server.url, audience },
      secrets: { api_key: key },
    },
    requests: server.requests,
    violations,
    members,
    campaigns,
    segments,
    addMember,
    membersOf(name) {
      const segment = [...segments.values()].find(one => one.name === name);
      return [...(segment?.members ?? [])].map(id => members.get(id)!.email_address).sort();
    },
    async close() {
      await server.close();
      for (const [id, status] of states())
        if (before.has(id) && before.get(id) !== status) violations.push('a state was changed');
      if (violations.length > 0)
        throw new Error(`Mailchimp was asked what it must not be: ${violations.join(', ')}`);
    },
  };
}
