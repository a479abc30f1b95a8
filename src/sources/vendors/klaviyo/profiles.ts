import type { Resource } from '../../../vendors/klaviyo-api.ts';
import type { CanonicalRow, Page } from '../../pull/source.ts';
import { countryCode } from './countries.ts';

/** Of a profile, what is asked for. */
export interface ProfileAttributes {
  email?: string | null;
  phone_number?: string | null;
  external_id?: string | null;
  created?: string | null;
  updated?: string | null;
  location?: { country?: string | null } | null;
  subscriptions?: {
    email?: { marketing?: EmailMarketing | null } | null;
    sms?: { marketing?: Marketing | null } | null;
  } | null;
}

interface Marketing {
  consent?: string;
  consent_timestamp?: string | null;
  last_updated?: string | null;
}

interface EmailMarketing extends Marketing {
  suppression?: readonly { reason: string; timestamp: string }[] | null;
}

/** What a person did themselves; a bounce says nothing about what they want. */
const farewells = ['UNSUBSCRIBE', 'SPAM_COMPLAINT', 'USER_SUPPRESSED'];

export function profileRows(profiles: readonly Resource<ProfileAttributes>[]): Page['rows'] {
  return {
    customers: profiles.map(customerOf),
    consents: profiles.flatMap(profile => [...emailConsents(profile), ...smsConsents(profile)]),
  };
}

function customerOf({ id, attributes }: Resource<ProfileAttributes>): CanonicalRow {
  const { email, phone_number, external_id, created, location, subscriptions } = attributes;
  const marketing = subscriptions?.email?.marketing;
  return {
    customer_id: id,
    email: email?.trim().toLowerCase() || null,
    phone: phone_number?.trim() || null,
    external_id: external_id?.trim() || null,
    created_at: created ?? null,
    country: countryCode(location?.country ?? null),
    accepts_marketing: marketing ? accepts(marketing) : null,
  };
}

/** Who was never subscribed said neither yes nor no. A suppressed address is not written to, whatever was said. */
function accepts({ consent, suppression }: EmailMarketing): boolean | null {
  if ((suppression ?? []).length > 0 || consent === 'UNSUBSCRIBED') return false;
  return consent === 'SUBSCRIBED' ? true : null;
}

/** A subscription as it stands, or a suppression, which withdraws it. */
function emailConsents(profile: Resource<ProfileAttributes>): CanonicalRow[] {
  const marketing = profile.attributes.subscriptions?.email?.marketing;
  if (!marketing) return [];
  const withdrawn = (marketing.suppression ?? [])
    .filter(({ reason }) => farewells.includes(reason))
    .map(({ timestamp }) => timestamp)
    .sort(byTime)
    .at(-1);
  if (withdrawn === undefined) return statedBy(profile, 'email', marketing);
  // A suppression stands as long as it is told, also where the subscription was recorded after it.
  const at = [withdrawn, marketing.consent_timestamp ?? withdrawn].sort(byTime).at(-1)!;
  return [consentRow(profile.id, 'email', 'withdrawn', at)];
}

function smsConsents(profile: Resource<ProfileAttributes>): CanonicalRow[] {
  const marketing = profile.attributes.subscriptions?.sms?.marketing;
  return marketing ? statedBy(profile, 'sms', marketing) : [];
}

/** Nobody stated anything who was never subscribed. */
function statedBy(
  { id, attributes }: Resource<ProfileAttributes>,
  channel: 'email' | 'sms',
  { consent, consent_timestamp, last_updated }: Marketing,
): CanonicalRow[] {
  const state = consent === 'SUBSCRIBED' ? 'granted' : consent === 'UNSUBSCRIBED' ? 'withdrawn' : null;
  const at = consent_timestamp ?? last_updated ?? attributes.created;
  return state === null || !at ? [] : [consentRow(id, channel, state, at)];
}

/** Each statement is a row of its own, so that what was stated before is kept; told again it is the same row. */
function consentRow(
  customerId: string,
  channel: 'email' | 'sms',
  state: 'granted' | 'withdrawn',
  at: string,
): CanonicalRow {
  const stated = new Date(at).toISOString();
  return {
    consent_id: `${customerId}/${channel}/${state}/${stated}`,
    customer_id: customerId,
    channel,
    purpose: 'marketing',
    state,
    stated_at: stated,
  };
}

const byTime = (a: string, b: string) => Date.parse(a) - Date.parse(b);
