import { type MailchimpApi, mostOfPage } from '../../../vendors/mailchimp-api.ts';
import { headerKey } from '../../header.ts';
import { mailchimpMembers } from '../../presets/mailchimp-members.ts';
import type { CanonicalRow, Page } from '../../pull/source.ts';

/** Of a member of an audience, what is asked for. */
export interface AudienceMember {
  /** A hash of the address, by which reports of campaigns know people too. */
  id: string;
  email_address: string;
  status: 'subscribed' | 'unsubscribed' | 'cleaned' | 'pending' | 'transactional' | 'archived';
  merge_fields?: Readonly<Record<string, unknown>>;
  timestamp_signup?: string;
  timestamp_opt?: string;
  last_changed: string;
  location?: { country_code?: string };
  sms_subscription_status?: string;
  sms_subscription_last_updated?: string;
}

export const memberFields = [
  'id',
  'email_address',
  'status',
  'merge_fields',
  'timestamp_signup',
  'timestamp_opt',
  'last_changed',
  'location.country_code',
  'sms_subscription_status',
  'sms_subscription_last_updated',
];

/** Merge fields that hold what a file of the audience holds under the same name. */
export interface MergeTags {
  phone: readonly string[];
  external_id: readonly string[];
  country: readonly string[];
}

/** Files have the names of merge fields as their headers, members their tags. */
export async function mergeTagsOf(api: MailchimpApi): Promise<MergeTags> {
  const { merge_fields } = await api.json<{ merge_fields: readonly { tag: string; name: string }[] }>({
    path: `${api.audience}/merge-fields`,
    query: { count: mostOfPage, fields: 'merge_fields.tag,merge_fields.name' },
  });
  const tags = (keys: readonly string[]) =>
    keys.flatMap(key => merge_fields.filter(({ name }) => headerKey(name) === key).map(({ tag }) => tag));
  const { phone, external_id } = mailchimpMembers.fields;
  return {
    phone: tags(phone!.from),
    external_id: tags(external_id!.from),
    country: tags(['country', 'country_code']),
  };
}

/** As a file of the audience comes to, but that a file knows people by another id of Mailchimp: the e-mail joins them. */
export function memberRows(members: readonly AudienceMember[], tags: MergeTags): Page['rows'] {
  return {
    customers: members.map(member => customerOf(member, tags)),
    consents: members.flatMap(consentsOf),
  };
}

function customerOf(member: AudienceMember, tags: MergeTags): CanonicalRow {
  const { id, email_address, status, merge_fields = {}, location } = member;
  const merged = (names: readonly string[]) => names.map(name => textOf(merge_fields[name])).find(Boolean);
  return {
    customer_id: id,
    changed_at: member.last_changed,
    email: email_address.trim().toLowerCase(),
    phone: merged(tags.phone) ?? null,
    ...(tags.external_id.length > 0 ? { external_id: merged(tags.external_id) ?? null } : {}),
    created_at: member.timestamp_signup || member.timestamp_opt || null,
    country:
      (
        textOf(location?.country_code) ??
        merged(tags.country) ??
        addressCountry(merge_fields)
      )?.toUpperCase() ?? null,
    // Who has not confirmed yet, or only bought, has said neither yes nor no.
    accepts_marketing:
      status === 'subscribed' ? true : status === 'unsubscribed' || status === 'cleaned' ? false : null,
  };
}

/** Addresses are merge fields with parts. */
function addressCountry(fields: Readonly<Record<string, unknown>>): string | undefined {
  for (const value of Object.values(fields))
    if (typeof value === 'object' && value !== null && 'country' in value) {
      const country = textOf(value.country);
      if (country !== undefined) return country;
    }
  return undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number'
    ? String(value).trim() || undefined
    : undefined;
}

const states: Readonly<Record<string, string>> = {
  subscribed: 'granted',
  unsubscribed: 'withdrawn',
  pending: 'pending',
};

/** An address that bounced says nothing about what its owner wants. */
function consentsOf(member: AudienceMember): CanonicalRow[] {
  const { id, status, last_changed, sms_subscription_status, sms_subscription_last_updated } = member;
  const email = states[status];
  const sms = states[sms_subscription_status ?? ''];
  // When somebody unsubscribed is not told here: at the latest when the member was last changed.
  const at =
    status === 'unsubscribed'
      ? last_changed
      : member.timestamp_opt || member.timestamp_signup || last_changed;
  return [
    ...(email === undefined ? [] : [consentRow(id, 'email', email, at)]),
    ...(sms === undefined || !sms_subscription_last_updated
      ? []
      : [consentRow(id, 'sms', sms, sms_subscription_last_updated)]),
  ];
}

/** A row for each thing said, so that what was said before stays to be told. */
export function consentRow(customerId: string, channel: string, state: string, at: string): CanonicalRow {
  const stated = new Date(at).toISOString();
  return {
    consent_id: `${customerId} ${channel} ${stated} ${state}`,
    customer_id: customerId,
    channel,
    purpose: 'marketing',
    state,
    stated_at: stated,
  };
}
