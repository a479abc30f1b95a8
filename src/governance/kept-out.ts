import type { SensitiveCategory } from './lexicon.ts';
import { plainWords, screenTerms } from './sensitivity.ts';

/** A name from the data that must not become a number, or a way to choose customers. */
export interface KeptOut {
  /** As it stands in the data. */
  term: string;
  /** `blocked`: a person or the model's review blocked it, whatever the lexicon says; otherwise the lexicon finds it. */
  category: SensitiveCategory | 'blocked';
  /** The word of the lexicon, or the blocked term, that it matched. */
  matched: string;
}

/**
 * Those of the names that are kept out of category features, habits and filters: what the lexicon finds, and what is
 * blocked, in whatever case and punctuation it is written.
 *
 * @param blocked terms as `state.blockedTerms` lists them
 */
export function keptOut(terms: readonly string[], blocked: readonly string[]): KeptOut[] {
  const found = new Map<string, KeptOut>(screenTerms(terms).map(found => [found.term, found]));
  if (blocked.length === 0) return [...found.values()];
  const byName = new Map(blocked.map(term => [sameName(term), term]));
  return terms.flatMap(term => {
    const matched = byName.get(sameName(term));
    const known = matched === undefined ? found.get(term) : { term, category: 'blocked' as const, matched };
    return known ? [known] : [];
  });
}

/**
 * Equal for names that differ in case, accents and punctuation alone. Spaces between letters count for nothing, as
 * capitals within a word may stand for them or not; names without a letter or a digit are told apart by their signs.
 */
export function sameName(term: string): string {
  const plain = plainWords(term)
    .trim()
    .replaceAll(/(?<=\p{L}) (?=\p{L})/gu, '');
  return plain === '' ? term : plain;
}
