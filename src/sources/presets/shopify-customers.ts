import type { Preset } from '../preset.ts';
import { identified } from './profile-checks.ts';

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
  checks: [identified],
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
