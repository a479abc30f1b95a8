import type { VendorName } from '../../vendors/vendor.ts';
import type { Source } from '../pull/source.ts';
import { shopifySource } from './shopify/source.ts';

/** Vendors that rows can be pulled from. */
export const sources: readonly Source[] = [shopifySource];

export function sourceOf(vendor: VendorName): Source | undefined {
  return sources.find(source => source.vendor === vendor);
}
