import { InputError } from '../../errors.ts';
import { ifFound } from '../../vendors/if-found.ts';
import { type MailchimpApi, mailchimpApi, memberId, mostOfPage } from '../../vendors/mailchimp-api.ts';
import type { Destination, Outcome, Target } from '../destination.ts';
import { type Became, changeSegment, changeTag } from './mailchimp-membership.ts';
import { split } from './split.ts';

/**
 * Static segments of an audience, or with the option `as` tags, which Mailchimp keeps alike but tells automations of, unless
 * it is told that it is a sync. A contact of Mailchimp always has a subscription state, so that somebody who is not in the
 * audience cannot be put there without stating one: they are refused, and states are never written.
 */
export const mailchimpDestination: Destination = {
  vendor: 'mailchimp',
  title: 'Mailchimp',
  channel: 'email',
  batch: 500,

  async ensure(connection, target, platform) {
    isTags(target);
    const api = mailchimpApi(connection, platform);
    const found = await segmentOf(api, target);
    if (found !== null) return { ...target, id: found };
    const made = await api.json<Segment>({
      method: 'POST',
      path: `${api.audience}/segments`,
      json: { name: target.name, static_segment: [] },
    });
    return { ...target, id: String(made.id) };
  },

  keyOf: (_connection, { email }) => (email === null ? { cannot: 'no e-mail address' } : { key: email }),

  async *members(connection, target, platform) {
    const api = mailchimpApi(connection, platform);
    const segment = await segmentOf(api, target);
    if (segment === null) return;
    for (let offset = 0; ; offset += mostOfPage) {
      const { members } = await api.json<{ members: readonly { email_address: string }[] }>({
        path: `${api.audience}/segments/${segment}/members`,
        query: {
          count: mostOfPage,
          offset,
          fields: 'members.email_address',
          include_cleaned: true,
          include_transactional: true,
          include_unsubscribed: true,
        },
      });
      yield members.map(({ email_address }) => email_address.trim().toLowerCase());
      if (members.length < mostOfPage) return;
    }
  },

  async add(connection, target, members, _id, platform) {
    const { able, refused } = split(members, member => mailchimpDestination.keyOf(connection, member));
    const keys = [...new Set(able.map(({ key }) => key))];
    const became = await change(mailchimpApi(connection, platform), target, 'add', keys);
    return [...refused, ...able.map(({ key, member }) => told(member.profileId, key, became))];
  },

  async remove(connection, target, members, _id, platform) {
    const keys = [...new Set(members.map(({ key }) => key))];
    const became = await change(mailchimpApi(connection, platform), target, 'remove', keys);
    return members.map(({ profileId, key }) => told(profileId, key, became));
  },

  async erase(connection, { email, keys, targets }, wholly, platform) {
    const api = mailchimpApi(connection, platform);
    const emails = [...new Set([...(email === null ? [] : [email.toLowerCase()]), ...keys])].sort();
    for (const target of targets)
      if (target.id !== null && emails.length > 0) await change(api, target, 'remove', emails);
    if (!wholly) return 'Taken out of the segments of Kindred at Mailchimp. The contact itself stays there.';
    const deleted = await api.each(emails, one =>
      ifFound(() =>
        api.send({
          method: 'POST',
          path: `${api.audience}/members/${memberId(one)}/actions/delete-permanent`,
          idempotent: true,
        }),
      ),
    );
    return deleted.some(answer => answer !== null)
      ? 'Mailchimp deleted the contact for good. It takes the address again only if its owner signs up.'
      : 'Mailchimp has no contact with the address.';
  },
};

interface Segment {
  id: number;
  name: string;
  type: string;
}

/** The id of the segment: that which is known as far as it is still there, otherwise the first of its name; null for none. */
async function segmentOf(api: MailchimpApi, target: Target): Promise<string | null> {
  const { id, name } = target;
  // Tags are set by their name: one that got another name is another one.
  if (id !== null && !isTags(target)) {
    const known = await ifFound(() => api.json<Segment>({ path: `${api.audience}/segments/${id}` }));
    if (known) return String(known.id);
  }
  const named: number[] = [];
  for (let offset = 0; ; offset += mostOfPage) {
    const { segments } = await api.json<{ segments: readonly Segment[] }>({
      path: `${api.audience}/segments`,
      query: { type: 'static', count: mostOfPage, offset, fields: 'segments.id,segments.name,segments.type' },
    });
    named.push(...segments.filter(one => one.name === name).map(one => one.id));
    if (segments.length < mostOfPage) break;
  }
  return named.length === 0 ? null : String(Math.min(...named));
}

function isTags({ options: { as = 'segment' } }: Target): boolean {
  if (as === 'segment' || as === 'tags') return as === 'tags';
  throw new InputError(
    `Mailchimp keeps no audience as “${as}”.`,
    'Set the option `as` to `segment` or to `tags`.',
  );
}

async function change(
  api: MailchimpApi,
  target: Target,
  way: 'add' | 'remove',
  emails: readonly string[],
): Promise<Map<string, Became>> {
  if (emails.length === 0) return new Map();
  if (target.id === null)
    throw new Error(`The segment of “${target.name}” has no id yet: it is to be made first.`);
  if (isTags(target)) {
    const became = await api.each(emails, email => changeTag(api, target.name, way, email));
    return new Map(emails.map((email, i) => [email, became[i]!]));
  }
  const { id } = target;
  const work = () => changeSegment(api, id, way, emails);
  if (way === 'add') return work();
  // A segment that is no more has no members.
  return (await ifFound(work)) ?? new Map(emails.map(email => [email, { kind: 'done' }]));
}

function told(profileId: string, key: string, became: ReadonlyMap<string, Became>): Outcome {
  const outcome = became.get(key)!;
  return outcome.kind === 'done'
    ? { profileId, kind: 'done', key }
    : { profileId, kind: outcome.kind, reason: outcome.reason };
}
