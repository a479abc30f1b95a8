import { findSegments } from '../../../segmentation/find-segments.ts';
import type { Model } from '../../../segmentation/model.ts';

type Segments = Pick<Model, 'segments'>;

/** Keys of the segments that a question names in full, and the question without their names. */
export function namedIn({ segments }: Segments, question: string): { keys: string[]; rest: string } {
  const keys: string[] = [];
  let rest = question;
  const names = segments
    .flatMap(({ key, persona }) => [key, persona.name].map(name => ({ key, words: wordsIn(name) })))
    .filter(({ words }) => words.length > 0)
    .sort((a, b) => b.words.length - a.words.length);
  for (const { key, words } of names) {
    const written = new RegExp(`(?<![p{L}p{N}])${words.join('[^p{L}p{N}]+')}(?![p{L}p{N}])`, 'giu');
    const without = rest.replace(written, BLANK);
    if (without !== rest && !keys.includes(key)) keys.push(key);
    rest = without;
  }
  return { keys, rest };
}

/** Stands for a name that was read. */
const BLANK = ' ; ';

const wordsIn = (name: string) => name.match(/[\p{L}\p{N}]+/gu) ?? [];

const MOST_COMPARED = 3;

/**
 * The segments to compare: those named, and what best fits each other thing that is said. One alone is compared with the
 * closest to it, and where none is said, the closest two of all are. Empty where segments have no neighbours.
 */
export function comparedIn(model: Segments, question: string): string[] {
  const { keys, rest } = namedIn(model, question);
  for (const part of rest.split(/[;,]|\b(?:and|or|with|to|versus|vs|from)\b/i)) {
    const [best] = findSegments(model, part.replaceAll(COMPARING, ' ')).matches;
    if (best && !keys.includes(best.segment.key)) keys.push(best.segment.key);
  }
  return keys.length > 1 ? keys.slice(0, MOST_COMPARED) : closest(model, keys[0]);
}

/** Words that ask for a comparison say nothing of what is compared. */
const COMPARING =
  /\b(?:compar\w*|differ\w*|between|overlap\w*|alike|similar\w*|close\w*|side|most|which|what|how|our|two)\b/gi;

function closest({ segments }: Segments, of: string | undefined): string[] {
  const [nearest] = segments
    .filter(({ key }) => of === undefined || key === of)
    .flatMap(({ key, neighbours }) => neighbours.map(near => ({ keys: [key, near.key], ...near })))
    .sort((a, b) => a.distance - b.distance);
  return nearest?.keys ?? [];
}
