import type { Model } from '../model.ts';
import type { RefreshRecord } from './record.ts';

/**
 * What one transaction of the warehouse means for the state. It is written to the outbox in that transaction, so that a
 * kill between the two stores loses nothing: whoever writes next hands it to the state first.
 */
export interface Change {
  record: RefreshRecord;
  /** The standing model as it is after the change: just fitted, refreshed (centroids, sizes, texts), or promoted. */
  model: Model;
  /** A person, or `kindred` for what a schedule does by itself. */
  actor: string;
  /** Why a person decided it, where no proposal says so. */
  reason?: string;
  /** The proposal that the change carries out. */
  proposal: { id: string; reason: string } | null;
}
