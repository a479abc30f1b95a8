import type { Described } from './check.ts';
import { sentencesOf, wordsOf } from './plain-text.ts';

/** A clause of a text and whom it speaks of; `of` is null where that is the segment itself. */
export interface Clause {
  text: string;
  of: Described | null;
}

/**
 * The clauses of a paragraph that speak of the segment, or of another one by its name ("Champions order more often").
 * Those that speak of a part of the customers, or of whoever else, are left out: no figures tell of them.
 */
export function clausesOf(paragraph: string, own: readonly string[], others: readonly Described[]): Clause[] {
  return sentencesOf(paragraph)
    .flatMap(sentence => sentence.split(/[;:](?=\s)/))
    .map(clause => clause.trim())
    .filter(clause => !/^(?:those|some|others|a few)\b/i.test(clause))
    .map(text => ofAnother(text, own, others) ?? { text, of: null });
}

/** "The explorers buy …", "Fading customers have …": null where no other segment is its subject. */
function ofAnother(text: string, own: readonly string[], others: readonly Described[]): Clause | null {
  const words = wordsOf(text);
  const begun = words[0] === 'the' ? 1 : 0;
  const ownWords = new Set(own.flatMap(wordsOf));
  for (const other of others) {
    const named = new Set([other.draft.name, other.sheet.name].flatMap(wordsOf));
    const after = words.findIndex((word, i) => i >= begun && !named.has(word) && !PEOPLE.test(word));
    const subject = words.slice(begun, after < 0 ? words.length : after);
    const isTold = subject.some(word => word.length > 4 && !ownWords.has(word) && !PEOPLE.test(word));
    if (isTold && (begun === 1 || PEOPLE.test(subject.at(-1)!) || isName(subject, other)))
      return { text: words.slice(begun + subject.length).join(' '), of: other };
  }
  return null;
}

const PEOPLE = /^(?:customers?|buyers?|shoppers?|guests?|subscribers?|accounts?|people)$/;

const isName = (words: readonly string[], { draft, sheet }: Described) =>
  [draft.name, sheet.name].some(name => wordsOf(name).join(' ') === words.join(' '));

/** Words that tell which segment is meant. */
export function tellingWordsOf({ draft, sheet }: Described): string[] {
  return [draft.name, sheet.name]
    .flatMap(wordsOf)
    .filter(word => word.length > 4 && !PEOPLE.test(word) && !/^(?:their|orders?)$/.test(word));
}
