import type { PersonaDraft } from '../tasks/naming/draft.ts';
import { type Check, scored } from './check.ts';
import { wordsOf } from './plain-text.ts';
import { tokenSimilarity, trigramSimilarity } from './similarity.ts';

/** From here on two texts say the same. */
export const MOST_ALIKE = 0.6;

/** Each segment has a name, a neutral name and texts of its own. */
export const uniqueness: Check = (draft, _sheet, others) => {
  const failures = others.flatMap(({ draft: other }) => [
    ...sameName(draft.name, other.name, other.name),
    ...sameName(draft.neutralName, other.neutralName, other.name),
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

function sameName(own: string, other: string, of: string): string[] {
  const same = wordsOf(own).join(' ') === wordsOf(other).join(' ') || tokenSimilarity(own, other) === 1;
  return same
    ? [
        `The name "${own}" says the same as "${other}", which ${of} has. Name what sets this segment apart from it.`,
      ]
    : [];
}

function repeated(which: string, { name }: PersonaDraft): string {
  return `The ${which} nearly repeats that of ${name}. Say what is different here.`;
}
