import type { PersonaDraft } from '../tasks/naming/draft.ts';
import { type Check, scored } from './check.ts';
import { wordsOf } from './plain-text.ts';
import { tokenSimilarity, trigramSimilarity } from './similarity.ts';

/** From here on two texts say the same. */
export const MOST_ALIKE = 0.6;

/** Each segment has a name, a neutral name and texts of its own. */
export const uniqueness: Check = (draft, _sheet, others) => {
  const failures = others.flatMap(({ draft: other }) => [
    ...(sayTheSame(draft.name, other.name) ? [repeatedName(draft.name, other)] : []),
    ...(inPlain(draft.neutralName) === inPlain(other.neutralName)
      ? [`The neutral name "${draft.neutralName}" is that of ${other.name} too. Give each list its own.`]
      : []),
    ...(sentenceSimilarity(draft, other) >= MOST_ALIKE ? [repeated('sentence', other)] : []),
    ...(paragraphSimilarity(draft, other) >= MOST_ALIKE ? [repeated('paragraph', other)] : []),
  ]);
  return scored(Math.max(failures.length, others.length * LOOKED_AT), failures);
};

/** What is compared with each of the others. */
const LOOKED_AT = 4;

/** How alike two personas are, 0..1: by the more alike of their two texts. */
export function similarityOf(a: PersonaDraft, b: PersonaDraft): number {
  return Math.max(sentenceSimilarity(a, b), paragraphSimilarity(a, b));
}

function sentenceSimilarity({ sentence: a }: PersonaDraft, { sentence: b }: PersonaDraft): number {
  return Math.max(trigramSimilarity(a, b), tokenSimilarity(a, b));
}

/** By trigrams alone: paragraphs that give the same features with other figures share most of their words. */
function paragraphSimilarity({ paragraph: a }: PersonaDraft, { paragraph: b }: PersonaDraft): number {
  return trigramSimilarity(a, b);
}

const inPlain = (name: string) => wordsOf(name).join(' ');

/** "Bargain buyers" and "Bargain shoppers" are one name. */
function sayTheSame(a: string, b: string): boolean {
  return inPlain(a) === inPlain(b) || tokenSimilarity(a, b) === 1;
}

function repeatedName(name: string, { name: other }: PersonaDraft): string {
  return `The name "${name}" says the same as "${other}". Name what sets this segment apart from it.`;
}

function repeated(which: string, { name }: PersonaDraft): string {
  return `The ${which} nearly repeats that of ${name}. Say what is different here.`;
}
