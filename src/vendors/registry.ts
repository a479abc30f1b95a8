import { activecampaignVendor } from './activecampaign.ts';
import { csvVendor } from './csv.ts';
import { customerioVendor } from './customerio.ts';
import { googleVendor } from './google.ts';
import { hubspotVendor } from './hubspot.ts';
import { klaviyoVendor } from './klaviyo.ts';
import { mailchimpVendor } from './mailchimp.ts';
import { metaVendor } from './meta.ts';
import { postgresVendor } from './postgres.ts';
import { shopifyVendor } from './shopify.ts';
import type { Vendor } from './vendor.ts';
import { webhookVendor } from './webhook.ts';
import { woocommerceVendor } from './woocommerce.ts';

/** What there is to connect to, in the order in which it is listed. */
export const vendors: readonly Vendor[] = [
  shopifyVendor,
  woocommerceVendor,
  klaviyoVendor,
  hubspotVendor,
  mailchimpVendor,
  postgresVendor,
  activecampaignVendor,
  customerioVendor,
  metaVendor,
  googleVendor,
  webhookVendor,
  csvVendor,
];

export function vendorNamed(name: string): Vendor | undefined {
  return vendors.find(vendor => vendor.name === name);
}
