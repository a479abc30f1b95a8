import type { RefreshRecord } from '../segmentation/refresh/record.ts';

export interface RefreshRepository {
  /** Oldest first, of all models: the history of the shop's segments. */
  list(): Promise<RefreshRecord[]>;
  latest(): Promise<RefreshRecord | undefined>;
}
