import type { PersonaDraft } from '../tasks/naming/draft.ts';
import { type Check, passed } from './check.ts';
import { sentencesOf } from './plain-text.ts';

/** "Fairly difficult" begins at 50; figures and the words of the trade take a text a little below. */
export const LEAST_EASE = 45;

/** Flesch's reading ease of what is written of the segment: 100 is very easy, 30 is hard. */
export const readingEase: Check = draft => {
  const ease = fleschOf(proseOf(draft).join(' '));
  if (ease >= LEAST_EASE) return passed;
  return {
    score: Math.max(0, ease / LEAST_EASE),
    failures: [
      `The texts are hard to read (Flesch ${Math.round(ease)}, wanted ${LEAST_EASE} or more). Use shorter sentences and shorter words.`,
    ],
  };
};

/** Whole sentences only: names and evidence are fragments. */
export function proseOf({ sentence, paragraph, action, avoid }: PersonaDraft): string[] {
  return [sentence, paragraph, ...Object.values(action).flatMap(part => (part ? [part.text] : [])), avoid];
}

/**
 * Reading ease after Flesch (1948): 206.835 - 1.015 words a sentence - 84.6 syllables a word. What stands in brackets
 * is set aside, figures count as a word of one syllable; 100 for a text without words.
 */
export function fleschOf(text: string): number {
  const sentences = sentencesOf(text.replaceAll(/ ?\([^)]*\)/g, '')).map(
    sentence => sentence.match(/[\p{L}][\p{L}'’-]*|[£$€]?\d[\d.,]*/gu) ?? [],
  );
  const words = sentences.flat();
  if (words.length === 0) return 100;
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0);
  return 206.835 - (1.015 * words.length) / sentences.length - (84.6 * syllables) / words.length;
}

/** Groups of vowels, without a silent e at the end; near enough for English prose. */
export function syllablesOf(word: string): number {
  if (/\d/.test(word)) return 1;
  const plain = word.toLowerCase().replaceAll(/[^a-z]/g, '');
  const silent = plain.replace(/(?:[^laeiouy]es|[^dt]ed|[^laeiouy]e)$/, end => end[0]!);
  return Math.max(1, silent.match(/[aeiouy]+/g)?.length ?? 0);
}
