import { featureById } from '../../features/catalogue.ts';
import { textsOf } from '../tasks/naming/draft.ts';
import { type Check, scored } from './check.ts';

const PATTERNS: readonly [RegExp, string][] = [
  [
    /\b(?:cluster|segment|group|persona|cohort|centroid)s?\s*(?:no\.?|number|id|#)?\s*(?:\d+|[A-H])\b(?!\s*%)/i,
    'numbers a segment',
  ],
  [/(?:^|\s)#\d+\b/, 'numbers a segment'],
  [/\bC\d{1,2}\b/, 'numbers a segment'],
  [
    /\b(?:centroids?|k-?means|clusters?|clustering|z-?scores?|standard deviations?|standardi[sz]ed|silhouette|eta squared)\b/i,
    'speaks of how the groups were computed',
  ],
  [/\b(?:profile|customer)_?ids?\b/i, 'speaks of ids'],
];

/** No cluster number, feature id or segment key where words belong. */
export const shownIds: Check = (draft, sheet, others) => {
  const texts = textsOf(draft).filter(text => text !== draft.neutralName);
  const keys = [sheet.key, ...others.map(other => other.sheet.key)];
  const failures = [
    ...texts.flatMap(text => idsIn(text, keys)),
    // A neutral name may be a code, as long as it is not that of the computation.
    ...(/\bclusters?\b|_/i.test(draft.neutralName)
      ? [`The neutral name "${draft.neutralName}" shows how the groups were computed. Use plain words.`]
      : []),
  ];
  return scored(Math.max(texts.length, failures.length), failures);
};

/** What in a text numbers a segment, or shows an id or one of the keys. */
export function idsIn(text: string, known: readonly string[]): string[] {
  const quoted = JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
  const worded = PATTERNS.filter(([pattern]) => pattern.test(text)).map(
    ([pattern, what]) => `${quoted} ${what} ("${pattern.exec(text)![0].trim()}"). Use names and plain words.`,
  );
  const ids = [...text.matchAll(/\b[a-z]+(?:_[a-z0-9]+)+\b/g)].map(
    ([id]) =>
      `${quoted} shows the id ${id}. Say ${featureById(id) ? `"${featureById(id)!.label}"` : 'it in words'}.`,
  );
  const keys = known
    .filter(one => one.includes('-') && text.includes(one))
    .map(one => `${quoted} shows the key ${one}. Use the segment's name.`);
  return [...worded, ...ids, ...keys];
}
