import type { Source } from '../../pull/source.ts';
import { customers } from './customers.ts';
import { binned, orders } from './orders.ts';

/** Orders that are deleted for good are not told of any more; they lie in the bin for a month before. */
export const woocommerce: Source = { vendor: 'woocommerce', streams: [customers, orders, binned] };
