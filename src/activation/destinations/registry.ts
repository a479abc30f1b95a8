import type { VendorName } from '../../vendors/vendor.ts';
import type { Destination } from '../destination.ts';
import { activecampaign } from './activecampaign.ts';
import { csv } from './csv.ts';
import { customerio } from './customerio.ts';
import { google } from './google.ts';
import { hubspotDestination } from './hubspot.ts';
import { klaviyoDestination } from './klaviyo.ts';
import { mailchimpDestination } from './mailchimp.ts';
import { meta } from './meta.ts';
import { shopifyDestination } from './shopify.ts';
import { webhook } from './webhook.ts';

/** Vendors that an audience can be put into, in the order in which they are listed. */
export const destinations: readonly Destination[] = [
  klaviyoDestination,
  hubspotDestination,
  mailchimpDestination,
  shopifyDestination,
  activecampaign,
  customerio,
  meta,
  google,
  webhook,
  csv,
];

export function destinationOf(vendor: VendorName): Destination | undefined {
  return destinations.find(destination => destination.vendor === vendor);
}
