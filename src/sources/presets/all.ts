import type { Preset } from '../preset.ts';
import { canonical } from './canonical.ts';
import { klaviyoProfiles } from './klaviyo-profiles.ts';
import { mailchimpMembers } from './mailchimp-members.ts';
import { onlineRetail } from './online-retail.ts';
import { shopifyCustomers } from './shopify-customers.ts';
import { shopifyOrders } from './shopify-orders.ts';
import { woocommerceOrders } from './woocommerce-orders.ts';

/** In the order in which a header is tried: the particular before the general. */
export const presets: readonly Preset[] = [
  shopifyOrders,
  onlineRetail,
  shopifyCustomers,
  klaviyoProfiles,
  mailchimpMembers,
  ...canonical,
  woocommerceOrders,
];
