import type { VendorName } from '../../vendors/vendor.ts';
import type { Source } from '../pull/source.ts';
import { hubspotSource } from './hubspot/source.ts';
import { klaviyoSource } from './klaviyo/source.ts';
import { mailchimpSource } from './mailchimp/source.ts';
import { postgresTables } from './postgres/source.ts';
import { shopifySource } from './shopify/source.ts';
import { woocommerce } from './woocommerce/source.ts';

/** Vendors that rows can be pulled from. */
export const sources: readonly Source[] = [
  shopifySource,
  klaviyoSource,
  hubspotSource,
  mailchimpSource,
  woocommerce,
  postgresTables,
];

export function sourceOf(vendor: VendorName): Source | undefined {
  return sources.find(source => source.vendor === vendor);
}
