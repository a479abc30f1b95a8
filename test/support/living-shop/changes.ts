import type { CanonicalTable } from '../../../src/warehouse/schema.ts';
import type { BehaviourType } from './behaviours.ts';

/**
 * What happens to the shop from a week on, counted from its start; 3.5 is the middle of the fourth. Whatever a change
 * does not touch stays the same, row for row, as in the shop of the same seed without it.
 */
export interface Changes {
  /** A category that did not exist takes a share of all lines. */
  newCategory?: { fromWeek: number; name: string; share: number };
  /** A share of the orders comes through a channel that did not exist, or of the new customers, or of the visits. */
  newChannel?: { fromWeek: number; name: string; share: number; of: 'orders' | 'customers' | 'visits' };
  /** The same products cost this many times as much. */
  priceRise?: { fromWeek: number; factor: number };
  /** The customers of a type stop coming, or behave like another type; nobody new of the type arrives. */
  dissolve?: { fromWeek: number; type: BehaviourType; into?: BehaviourType };
  /** Rows of a table stop arriving: all of them, or those of a source or of a type of event. */
  brokenFeed?: { fromWeek: number; table?: CanonicalTable; source?: string; type?: string };
  /** From mid-November to shortly before Christmas of every year more is bought, much of it as presents. */
  december?: boolean;
}
