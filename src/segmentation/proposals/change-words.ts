import type { Recipe } from '../model.ts';
import { overlayOf } from '../overlays/overlays.ts';
import type { RecipeDifferences, WeightChange } from '../what-if/differences.ts';
import { capitalised, listed } from '../wording.ts';

/** Named one by one up to here; more are counted. */
const named = 3;

/** How a recipe differs from the one that stands, a phrase for each kind of change; empty where it does not. */
export function changesInWords({ features, classes, k, overlay, seed }: RecipeDifferences): string[] {
  const asked = features.filter(change => change.asked);
  return [
    ...(overlay ? [`for ${overlayOf(overlay.after).title}`] : []),
    ...groupsChange(k),
    ...weightsInWords([...asked, ...classes]),
    ...(seed ? [`seed ${seed.after} instead of ${seed.before}`] : []),
  ].map(capitalised);
}

export function groupsInWords(k: Recipe['k']): string {
  return typeof k === 'number' ? `${k} groups` : `${k.min} to ${k.max} groups tried`;
}

/** "3 groups instead of 4"; none where both read the same, as of proposals that were stored with a change that is none. */
export function groupsChange(k: RecipeDifferences['k']): string[] {
  if (k === null) return [];
  const [stood, asked] = [groupsInWords(k.before), groupsInWords(k.after)];
  if (stood === asked) return [];
  return [
    `${asked} instead of ${typeof k.before === 'number' && typeof k.after === 'number' ? k.before : stood}`,
  ];
}

function weightsInWords(changes: readonly WeightChange[]): string[] {
  const out = changes.filter(({ after }) => after === 0);
  const weighed = changes.filter(({ after }) => after > 0);
  return [
    ...(weighed.length > 0
      ? [`other weights for ${some(weighed.map(({ label, after }) => `${label} (${after})`))}`]
      : []),
    ...(out.length > 0 ? [`without ${some(out.map(({ label }) => label))}`] : []),
  ];
}

function some(names: readonly string[]): string {
  if (names.length <= named + 1) return listed(names);
  return `${names.slice(0, named).join(', ')} and ${names.length - named} more`;
}
