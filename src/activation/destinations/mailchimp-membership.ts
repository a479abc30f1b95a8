import { ifFound } from '../../vendors/if-found.ts';
import { type MailchimpApi, memberId } from '../../vendors/mailchimp-api.ts';
import { VendorRefusal } from '../../vendors/refusal.ts';

/** Where somebody stands with a static segment, or a tag, which is one with Mailchimp. */
export type Standing = 'in' | 'out' | 'not in the audience';

/** What Mailchimp says to one address at a time where it says no. */
export type Became = { kind: 'done' } | { kind: 'again' | 'refused'; reason: string };

export const notThere: Became = { kind: 'refused', reason: 'not in the Mailchimp audience' };

export async function standingOf(api: MailchimpApi, segment: string, email: string): Promise<Standing> {
  const member = await ifFound(() =>
    api.json<{ status?: string; tags?: readonly { id: number | string }[] }>({
      path: `${api.audience}/members/${memberId(email)}`,
      query: { fields: 'status,tags' },
    }),
  );
  // An archived contact is out of the audience, though its record is kept.
  if (!member || member.status === 'archived') return 'not in the audience';
  return (member.tags ?? []).some(({ id }) => String(id) === segment) ? 'in' : 'out';
}

/**
 * Puts addresses into a segment, or out of it. Whom the answer does not name was there before, or is not in the audience, or was
 * refused: of these Mailchimp is asked one by one. One address that is none has all of a call refused: then halves go.
 */
export async function changeSegment(
  api: MailchimpApi,
  segment: string,
  way: 'add' | 'remove',
  emails: readonly string[],
): Promise<Map<string, Became>> {
  const became = new Map<string, Became>();
  const named = await ask(api, segment, way, emails, became);
  const open = emails.filter(email => !named.has(email) && !became.has(email));
  for (const email of named) became.set(email, { kind: 'done' });
  const standings = await api.each(open, email => standingOf(api, segment, email));
  for (const [i, email] of open.entries()) became.set(email, judged(way, standings[i]!));
  return became;
}

function judged(way: 'add' | 'remove', standing: Standing): Became {
  if (way === 'remove')
    return standing === 'in'
      ? { kind: 'again', reason: 'Mailchimp did not take the contact out of the segment' }
      : { kind: 'done' };
  if (standing === 'in') return { kind: 'done' };
  return standing === 'out'
    ? { kind: 'again', reason: 'Mailchimp did not put the contact into the segment' }
    : notThere;
}

interface Answer {
  members_added?: readonly { email_address: string }[];
  members_removed?: readonly { email_address: string }[];
}

/** Addresses that Mailchimp says it changed; those that it takes for no addresses are noted as refused. */
async function ask(
  api: MailchimpApi,
  segment: string,
  way: 'add' | 'remove',
  emails: readonly string[],
  became: Map<string, Became>,
): Promise<Set<string>> {
  try {
    const answer = await api.json<Answer>({
      method: 'POST',
      path: `${api.audience}/segments/${segment}`,
      idempotent: true,
      json: way === 'add' ? { members_to_add: emails } : { members_to_remove: emails },
    });
    const changed = (way === 'add' ? answer.members_added : answer.members_removed) ?? [];
    const asked = new Set(emails);
    return new Set(changed.map(one => one.email_address.toLowerCase()).filter(email => asked.has(email)));
  } catch (error) {
    if (!(error instanceof VendorRefusal && error.status === 400)) throw error;
    if (emails.length === 1) {
      became.set(
        emails[0]!,
        way === 'add'
          ? { kind: 'refused', reason: 'Mailchimp does not take the e-mail address' }
          : { kind: 'done' },
      );
      return new Set();
    }
    const middle = Math.ceil(emails.length / 2);
    const first = await ask(api, segment, way, emails.slice(0, middle), became);
    const second = await ask(api, segment, way, emails.slice(middle), became);
    return new Set([...first, ...second]);
  }
}

/** Sets a tag on one member, or takes it off, as a sync does: automations do not begin by it. */
export async function changeTag(
  api: MailchimpApi,
  tag: string,
  way: 'add' | 'remove',
  email: string,
): Promise<Became> {
  const done = await ifFound(() =>
    api.send({
      method: 'POST',
      path: `${api.audience}/members/${memberId(email)}/tags`,
      idempotent: true,
      json: {
        tags: [{ name: tag, status: way === 'add' ? 'active' : 'inactive' }],
        is_syncing: true,
      },
    }),
  );
  return done || way === 'remove' ? { kind: 'done' } : notThere;
}
