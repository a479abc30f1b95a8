import type { VendorName } from '../../vendors/vendor.ts';
import type { Destination } from '../destination.ts';

/** Vendors that an audience can be put into, in the order in which they are listed. */
export const destinations: readonly Destination[] = [];

export function destinationOf(vendor: VendorName): Destination | undefined {
  return destinations.find(destination => destination.vendor === vendor);
}
