import type { Preset } from '../preset.ts';
import { reachable } from './profile-checks.ts';

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
  checks: [reachable],
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
