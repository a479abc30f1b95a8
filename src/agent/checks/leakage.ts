import { screenTerms } from '../../governance/sensitivity.ts';
import { type PersonaDraft, textsOf } from '../tasks/naming/draft.ts';
import { type Check, scored } from './check.ts';
import { phrasePattern, plainText } from './plain-text.ts';
import { harmlessPhrases, protectedTraits } from './protected-traits.ts';

const traitPatterns = Object.entries(protectedTraits).map(
  ([trait, phrases]) => [trait, phrasePattern(phrases)] as const,
);
const harmless = phrasePattern(harmlessPhrases);
const EMAIL = /[\w.+-]+@[\w-]+\.\w+/;
/** Category and product names: "“Women's shoes”" tells what is bought there, not who buys it. */
const QUOTED = /“[^”]*”/g;

/** A protected trait that a text tells, or null. Words of article 9 count within quoted names of data as well. */
export function leaksIn(text: string, mayQuote: boolean): { trait: string; words: string }[] {
  const plain = plainText(mayQuote ? text.replaceAll(QUOTED, '|') : text).replaceAll(harmless, '|');
  const told = traitPatterns.flatMap(([trait, pattern]) =>
    [...plain.matchAll(pattern)].map(match => ({ trait, words: match[0] })),
  );
  const listed = screenTerms([text]).map(({ category, matched }) => ({ trait: category, words: matched }));
  const person = EMAIL.exec(text);
  return [...told, ...listed, ...(person ? [{ trait: 'an e-mail address', words: person[0] }] : [])];
}

/**
 * No text tells or guesses at a protected trait. Names quote no category at all by which people could be told apart;
 * what not to do may speak of traits as such ("do not guess at their age").
 */
export const leakage: Check = draft => {
  const texts: readonly [string, string, boolean][] = [
    ['name', draft.name, false],
    ['neutral name', draft.neutralName, false],
    ...bodyOf(draft).map((text): [string, string, boolean] => ['text', text, true]),
    ['advice on what to avoid', draft.avoid.replaceAll(GUESSING, ''), true],
  ];
  const leaking = texts.flatMap(([where, text, mayQuote]) => {
    const [leak] = leaksIn(text, mayQuote);
    return leak
      ? [
          `The ${where} "${text.length > 80 ? `${text.slice(0, 79)}…` : text}" tells of ${leak.trait} ("${leak.words}"). Speak of what they do, never of who they are.`,
        ]
      : [];
  });
  return scored(texts.length, leaking);
};

const bodyOf = (draft: PersonaDraft) =>
  textsOf({ ...draft, name: '', neutralName: '', avoid: '' }).filter(text => text !== '');

/** "Do not guess at their age or gender" keeps to the rule rather than breaking it. */
const GUESSING =
  /(?:do not|don't|never|not) (?:guess|infer|assume|speculate|draw conclusions|read anything|conclude)[^.;]*[.;]?/gi;
