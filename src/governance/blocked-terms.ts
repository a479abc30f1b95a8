import type { SensitiveCategory } from './lexicon.ts';

/** A special category, or `proxy` for what stands in for a protected trait. */
export type Ground = SensitiveCategory | 'proxy';

export const grounds = [
  'health',
  'belief',
  'politics',
  'sexuality',
  'ethnicity',
  'union',
  'biometric',
  'proxy',
] as const satisfies readonly Ground[];

/** A category, tag or product name that is kept out of features, beside those that the lexicon finds by itself. */
export interface BlockedTerm {
  /** As it stands in the data. */
  term: string;
  ground: Ground;
  reason: string;
  /** A person, or `kindred` where a model's reading was followed; blocking needs no approval. */
  blockedBy: string;
  /** ISO time. */
  at: string;
}
