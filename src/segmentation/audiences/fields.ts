import type { Unit } from '../../features/feature.ts';

/** What a filter may name as a field. */
export interface Field {
  /** Unique over all kinds. */
  id: string;
  kind: 'feature' | 'score' | 'attribute';
  type: 'number' | 'text' | 'yes-no';
  /** Plain English, lower case, fit to stand in a sentence. */
  label: string;
  /** Of numbers. */
  unit: Unit | null;
}
