import type { FeatureClass, Unit } from '../../../features/feature.ts';
import type { Fact } from '../../../segmentation/written-numbers.ts';

/**
 * What is known of a segment, and all that a text about it may say. Aggregates of at least ten customers: of a smaller
 * segment there is no sheet.
 */
export interface FactSheet {
  key: string;
  /** How it is called now. */
  name: string;
  /** As written: "1,234", "12 %", "£41,200", "18 %", "£33.40". */
  size: string;
  share: string;
  revenue: string;
  revenueShare: string;
  perCustomer: string;
  /** Strongest difference first. */
  features: SheetFeature[];
  /** What a small tree says of its members, and how well that fits; null where it found nothing. */
  rule: { text: string; precision: string; recall: string } | null;
  /** Names of the segments that are most like it, nearest first. */
  neighbours: string[];
  /** Every number above, with its unit: what numbers of a text are checked against. */
  facts: Fact[];
}

export interface SheetFeature {
  id: string;
  /** Fenced where it holds words that came from data. */
  label: string;
  unit: Unit;
  class: FeatureClass;
  /** As written: "24 days", "£48.20", "62 %". */
  value: string;
  /** That of all customers. */
  overall: string;
  /** (segment mean - overall mean) / overall standard deviation, in the space of the clustering. */
  difference: number;
  /** The same for people, "far above"; `ALIKE` also where the figures as written do not show it. */
  words: string;
}

/** Below it a difference is none. */
export const LEAST_DIFFERENCE = 0.2;

/** What is said of a difference that is none. */
export const ALIKE = 'about the same';

export function differenceInWords(difference: number): string {
  const size = Math.abs(difference);
  if (size < LEAST_DIFFERENCE) return ALIKE;
  const direction = difference > 0 ? 'above' : 'below';
  if (size < 0.5) return `slightly ${direction}`;
  return size < 1 ? `clearly ${direction}` : `far ${direction}`;
}
