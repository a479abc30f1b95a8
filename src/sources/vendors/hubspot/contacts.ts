import type { HubspotRecord } from '../../../vendors/hubspot-api.ts';
import type { CanonicalRow, Page } from '../../pull/source.ts';

export const contactProperties = [
  'email',
  'phone',
  'hs_calculated_phone_number',
  'country',
  'hs_country_region_code',
  'createdate',
  'lastmodifieddate',
  'hs_analytics_source',
  'hs_email_optout',
  'hs_legal_basis',
] as const;

/** Asked for with all that they were before: when somebody opted out is told there only. */
export const statedProperties = ['hs_email_optout', 'hs_legal_basis'] as const;

export function contactRows(contacts: readonly HubspotRecord[]): Page['rows'] {
  return { customers: contacts.map(customerOf), consents: contacts.flatMap(consentsOf) };
}

function customerOf({ id, properties }: HubspotRecord): CanonicalRow {
  const text = (name: (typeof contactProperties)[number]) => properties[name]?.trim() || null;
  return {
    customer_id: id,
    changed_at: text('lastmodifieddate'),
    email: text('email')?.toLowerCase() ?? null,
    phone: text('hs_calculated_phone_number') ?? text('phone'),
    country: text('hs_country_region_code')?.toUpperCase() ?? text('country'),
    created_at: text('createdate'),
    acquisition_channel: text('hs_analytics_source'),
    accepts_marketing:
      text('hs_email_optout') === 'true' ? false : isConsent(text('hs_legal_basis') ?? '') ? true : null,
  };
}

const isConsent = (basis: string) => basis.split(';').includes('Freely given consent from contact');

/** A row for each thing said, so that what was said before stays to be told. */
function consentsOf({ id, propertiesWithHistory = {} }: HubspotRecord): CanonicalRow[] {
  const row = (property: string, state: string, at: string): CanonicalRow => ({
    consent_id: `${id} ${property} ${at}`,
    customer_id: id,
    channel: 'email',
    purpose: 'marketing',
    state,
    stated_at: at,
  });
  const out = changes(propertiesWithHistory.hs_email_optout, value => value === 'true');
  const basis = changes(propertiesWithHistory.hs_legal_basis, isConsent);
  return [
    // Only the person themselves can take an opt-out back.
    ...out.map(({ holds, at }) => row('hs_email_optout', holds ? 'withdrawn' : 'granted', at)),
    // Another legal basis in its place is no refusal, but no consent either.
    ...basis.map(({ holds, at }) => row('hs_legal_basis', holds ? 'granted' : 'pending', at)),
  ];
}

/** When something began to hold and when it ended, oldest first. */
function changes(
  history: readonly { value: string; timestamp: string }[] | undefined,
  holdsFor: (value: string) => boolean,
): { holds: boolean; at: string }[] {
  const found: { holds: boolean; at: string }[] = [];
  let before = false;
  const oldestFirst = [...(history ?? [])].sort((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp));
  for (const { value, timestamp } of oldestFirst) {
    const holds = holdsFor(value);
    if (holds !== before) found.push({ holds, at: new Date(timestamp).toISOString() });
    before = holds;
  }
  return found;
}
