import type { Preset } from '../preset.ts';

const validEmail = "email LIKE '%_@_%'";

export const shopifyCustomers: Preset = {
  name: 'shopify-customers',
  title: 'Shopify customers export',
  headers: 'Email, Accepts Email Marketing, Tax Exempt',
  source: 'shopify',
  fields: {
    id: { from: ['customer_id'], kind: 'id' },
    email: { from: ['email'], kind: 'email', need: 'column' },
    phone: { from: ['phone', 'default_address_phone'], kind: 'phone' },
    country: { from: ['default_address_country_code', 'country_code', 'country'], kind: 'id' },
    accepts_marketing: {
      from: ['accepts_email_marketing', 'accepts_marketing'],
      kind: 'flag',
      need: 'column',
    },
    tax_exempt: { from: ['tax_exempt'], kind: 'text', need: 'column' },
  },
  checks: [
    {
      when: `id IS NULL AND NOT coalesce(${validEmail}, false)`,
      reason: 'no customer: neither an id nor an e-mail',
    },
  ],
  tables: {
    customers: {
      columns: {
        customer_id: 'coalesce(id, email)',
        email: 'email',
        phone: 'phone',
        country: 'country',
        accepts_marketing: 'accepts_marketing',
      },
    },
  },
};

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
  checks: [
    {
      when: `id IS NULL AND NOT coalesce(${validEmail}, false)`,
      reason: 'no customer: neither an id nor an e-mail',
    },
  ],
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

export const mailchimpMembers: Preset = {
  name: 'mailchimp-members',
  title: 'Mailchimp audience export',
  headers: 'Email Address and one of MEMBER_RATING, OPTIN_TIME, LEID, EUID',
  source: 'mailchimp',
  fields: {
    id: { from: ['euid'], kind: 'id' },
    email: { from: ['email_address'], kind: 'email', need: 'column' },
    phone: { from: ['phone_number', 'phone'], kind: 'phone' },
    external_id: { from: ['external_id', 'customer_id'], kind: 'id' },
    opted_in_at: { from: ['optin_time'], kind: 'time' },
    confirmed_at: { from: ['confirm_time'], kind: 'time' },
    unsubscribed_at: { from: ['unsub_time'], kind: 'time' },
    cleaned_at: { from: ['clean_time'], kind: 'time' },
    country: { from: ['cc'], kind: 'text' },
    rating: { from: ['member_rating'], kind: 'text' },
    list_id: { from: ['leid'], kind: 'text' },
  },
  someOf: ['id', 'opted_in_at', 'rating', 'list_id'],
  checks: [{ when: `NOT coalesce(${validEmail}, false)`, reason: '{email} is not an e-mail address' }],
  tables: {
    customers: {
      columns: {
        customer_id: 'coalesce(id, email)',
        email: 'email',
        phone: 'phone',
        external_id: 'external_id',
        created_at: 'coalesce(opted_in_at, confirmed_at)',
        country: 'upper(country)',
        accepts_marketing: 'unsubscribed_at IS NULL AND cleaned_at IS NULL',
      },
    },
  },
};
