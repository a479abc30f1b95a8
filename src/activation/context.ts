import type { App } from '../app.ts';
import type { Connection, Platform, VendorName } from '../vendors/vendor.ts';
import type { Destination } from './destination.ts';

/** What syncs work with: the stores, and the world as it is reached. Tests hand in a world of their own. */
export interface ActivationContext extends Pick<App, 'state' | 'warehouse' | 'turns' | 'now'> {
  /** Share of the members at a destination that new syncs may change without asking. */
  mostChange: number;
  destinationOf(vendor: VendorName): Destination | undefined;
  /** An OperatorError where there is none, or its secrets cannot be read. */
  connectionOf(name: string): Promise<Connection>;
  platform(signal: AbortSignal): Platform;
}
