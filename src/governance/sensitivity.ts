import { harmless, lexicon, type SensitiveCategory } from './lexicon.ts';

/**
 * `special`: a special category (UK/EU GDPR art. 9); `proxy`: stands in for a protected trait; `none`: neither.
 * Counts and times of orders, visits, mails and tickets are neither: weekend and holiday shares mix Saturday with
 * Sunday and one feast with another on purpose. What people buy can be either, so product and category names are
 * screened (screenTerms) before they become numbers.
 */
export type Sensitivity = 'none' | 'proxy' | 'special';

export interface SensitiveTerm {
  /** As it stands in the data. */
  term: string;
  category: SensitiveCategory;
  /** The word of the lexicon that it matched. */
  matched: string;
}

interface Entry {
  category: SensitiveCategory;
  text: string;
  pattern: RegExp;
}

const entries: readonly Entry[] = (Object.keys(lexicon) as SensitiveCategory[]).flatMap(category =>
  lexicon[category].map(text => ({ category, text, pattern: wholeWords(text) })),
);
/** One pass tells the many innocent terms from the few that are worth a closer look. */
const anyEntry = new RegExp(entries.map(entry => entry.pattern.source).join('|'));
const anyHarmless = new RegExp(harmless.map(phrase => wholeWords(phrase).source).join('|'), 'g');

/** Product and category names that tell of a protected trait, each with the first entry that it matches. */
export function screenTerms(terms: readonly string[]): SensitiveTerm[] {
  const found: SensitiveTerm[] = [];
  for (const term of terms) {
    const words = plainWords(term).replaceAll(anyHarmless, ' ');
    if (!anyEntry.test(words)) continue;
    const entry = entries.find(candidate => candidate.pattern.test(words));
    if (entry) found.push({ term, category: entry.category, matched: entry.text });
  }
  return found;
}

/** Lower case, accents and apostrophes dropped, everything else that is no letter or digit a space. */
export function plainWords(term: string): string {
  return ` ${term
    .normalize('NFKD')
    .replaceAll(/[\p{M}'’]/gu, '')
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replaceAll('ß', 'ss')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')} `;
}

/** Matches the phrase between spaces (never within a word: Scunthorpe, Essex), in singular or plural. */
function wholeWords(text: string): RegExp {
  if (text.endsWith('*')) return new RegExp(`(?<= )${text.slice(0, -1)}[^ ]*(?= )`);
  const plural = text.endsWith('y') ? `(?:${text}s?|${text.slice(0, -1)}ies)` : `${text}(?:s|es)?`;
  return new RegExp(`(?<= )${plural}(?= )`);
}
