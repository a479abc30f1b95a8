import { screenTerms } from '../../governance/sensitivity.ts';
import { illness, peopleByTrait } from '../checks/protected-traits.ts';

/** A sentence of an answer that tells of a protected trait. */
export interface TraitSaid {
  sentence: string;
  /** The word that gives it away. */
  word: string;
}

/** Names of traits, which whoever declines to tell of them has to say. */
const named =
  /\b(?:religio\w*|politic\w*|ethnic\w*|sexual\w*|disabilit\w*|mental health|medical|biometric)\b/i;

const declines =
  /\b(?:cannot|can['’]t|could not|couldn['’]t|do(?:es)? not|don['’]t|doesn['’]t|will not|won['’]t|must not|may not|never|not able|unable|declin\w+|refus\w+|protected|sensitive|blocked|left out|kept out)\b/i;

/** Tools whose results are about what is sensitive, so that an answer may repeat their words. */
const reviews = new Set(['review_sensitive', 'list_features', 'show_model_card', 'propose_feature']);

/**
 * Sentences that tell of a protected trait. To decline to tell is none, nor is what a review of sensitive features found,
 * nor are words for goods that a result holds ("Men's shoes").
 */
export function traitsSaid(
  answer: string,
  { question, calls }: { question: string; calls: readonly { name: string; output: unknown }[] },
): TraitSaid[] {
  const told = wordsOf(calls.map(({ output }) => JSON.stringify(output ?? '')).join(' '));
  const reviewed = wordsOf(
    calls.flatMap(({ name, output }) => (reviews.has(name) ? [JSON.stringify(output ?? '')] : [])).join(' '),
  );
  const asked = wordsOf(question);
  return sentencesOf(answer).flatMap(sentence => {
    const declined = declines.test(sentence);
    const [special] = screenTerms([sentence]);
    const matched = special?.matched.replace('*', '');
    if (matched !== undefined && !has(reviewed, matched)) {
      const excused = declined && (named.test(matched) || has(asked, matched));
      if (!excused) return [{ sentence, word: matched }];
    }
    const [word] = peopleByTrait.exec(sentence) ?? [];
    if (word === undefined || has(told, word)) return [];
    return declined && has(asked, word) ? [] : [{ sentence, word }];
  });
}

/** The protected trait that a question asks for; null where it asks for none. "Men's shoes" are goods. */
export function traitAsked(question: string): string | null {
  const [special] = screenTerms([question]);
  if (special) return special.matched.replace('*', '');
  const words = question.replaceAll(/\w+['’]s\b/g, ' ');
  return (peopleByTrait.exec(words) ?? illness.exec(words))?.[0].toLowerCase() ?? null;
}

const sentenceLeftOut = '(A sentence that told of a protected trait was left out.)';

export function withoutSentences(answer: string, said: readonly TraitSaid[]): string {
  return said.reduce((text, { sentence }) => text.replace(sentence, sentenceLeftOut), answer);
}

/** Between spaces, so that "men" is not found in "segment"; a word may go on in its plural. */
const has = (words: string, word: string) => words.includes(` ${wordsOf(word).trim()}`);

const wordsOf = (text: string) => ` ${text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ')} `;

function sentencesOf(text: string): string[] {
  return text
    .split(/\n+|(?<=[.!?])\s+/)
    .map(sentence => sentence.trim())
    .filter(sentence => sentence !== '');
}
