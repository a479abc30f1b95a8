import type { Preset } from '../preset.ts';
import { identified } from './profile-checks.ts';

export const klaviyoProfiles: Preset = {
  name: 'klaviyo-profiles',
  title: 'Klaviyo list or segment export',
  headers: 'Email and one of Klaviyo ID, Email Marketing Consent, Email Suppressions',
  source: 'klaviyo',
  fields: {
    id: { from: ['klaviyo_id'], kind: 'id' },
    email: { from: ['email'], kind: 'email', need: 'column' },
    phone: { from: ['phone_number', 'phone'], kind: 'phone' },
    external_id: { from: ['external_id'], kind: 'id' },
    created_at: { from: ['profile_created_on', 'date_added'], kind: 'time' },
    country: { from: ['country'], kind: 'text' },
    acquisition_channel: { from: ['source'], kind: 'text' },
    consent: { from: ['email_marketing_consent'], kind: 'text' },
    historic_value: { from: ['historic_customer_lifetime_value'], kind: 'text' },
    suppressions: { from: ['email_suppressions'], kind: 'text' },
  },
  someOf: ['id', 'consent', 'historic_value', 'suppressions'],
  checks: [identified],
  tables: {
    customers: {
      columns: {
        customer_id: 'coalesce(id, email)',
        email: 'email',
        phone: 'phone',
        external_id: 'external_id',
        created_at: 'created_at',
        country: 'country',
        acquisition_channel: 'acquisition_channel',
        accepts_marketing: `CASE WHEN suppressions IS NOT NULL AND suppressions <> '[]' THEN false
          WHEN upper(consent) IN ('SUBSCRIBED', 'TRUE', 'YES') THEN true
          WHEN upper(consent) IN ('UNSUBSCRIBED', 'NEVER_SUBSCRIBED', 'NEVER SUBSCRIBED', 'FALSE', 'NO') THEN false END`,
      },
    },
  },
};
