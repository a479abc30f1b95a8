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
    ...sameText('sentence', draft.sentence, other.sentence, other.name),
    ...sameText('paragraph', draft.paragraph, other.paragraph, other.name),
  ]);
  return scored(Math.max(failures.length, others.length * LOOKED_AT), failures);
};

/** What is compared with each of the others. */
const LOOKED_AT = 4;

/** How alike two personas are, 0..1: by the most alike of their texts. */
export function similarityOf(a: PersonaDraft, b: PersonaDraft): number {
  return Math.max(alike(a.sentence, b.sentence), alike(a.paragraph, b.paragraph));
}

function alike(a: string, b: string): number {
  return Math.max(trigramSimilarity(a, b), tokenSimilarity(a, b));
}

function sameName(own: string, other: string, of: string): string[] {
  const same = wordsOf(own).join(' ') === wordsOf(other).join(' ') || tokenSimilarity(own, other) === 1;
  return same
    ? [
        `The name "${own}" says the same as "${other}", which ${of} has. Name what sets this segment apart from it.`,
      ]
    : [];
}

function sameText(which: string, own: string, other: string, of: string): string[] {
  return alike(own, other) >= MOST_ALIKE
    ? [`The ${which} nearly repeats that of ${of}. Say what is different here.`]
    : [];
}
