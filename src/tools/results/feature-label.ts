import { traits } from '../../segmentation/traits.ts';
import { fence } from '../../segmentation/wording.ts';

/** A feature that texts do not know may be named after a category, so its label is data. */
export function labelOf({ id, label }: { id: string; label: string }): string {
  return traits[id] ? label : fence(label);
}
