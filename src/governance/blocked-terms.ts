import type { SensitiveCategory } from './lexicon.ts';

/** A category, tag or product name that is kept out of features, beside those that the lexicon finds by itself. */
export interface BlockedTerm {
  /** As it stands in the data. */
  term: string;
  /** A special category, or `proxy` where it stands in for a protected trait. */
  ground: SensitiveCategory | 'proxy';
  reason: string;
  /** A person, or `kindred` where a model's reading was followed; blocking needs no approval. */
  blockedBy: string;
  /** ISO time. */
  at: string;
}
