import type { SectorClass } from '../../features/feature.ts';
import type { Archetype } from '../archetype.ts';
import type { Words } from './words.ts';

export type OverlayId = 'ecommerce' | 'hospitality' | 'subscription' | 'b2b';

/** What a recipe starts from in a sector. */
export interface Overlay {
  id: OverlayId;
  /** What it is for, after "for": "bookings of stays". */
  title: string;
  /** Classes of features that it adds to those of every shop. */
  adds: readonly SectorClass[];
  /** Ids of features of every shop that do not group its customers. */
  leavesOut: readonly string[];
  /** By feature id: what its usual weight is multiplied by. */
  weights: Readonly<Record<string, number>>;
  /** Names that its segments may have. */
  archetypes: readonly Archetype[];
  words: Words;
  /** Canonical columns (table.column) of which one that is filled says that data are of this sector. */
  told: readonly string[];
}
