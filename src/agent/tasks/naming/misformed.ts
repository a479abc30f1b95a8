import { standsOut } from '../../../segmentation/apart.ts';
import type { Model, Segment } from '../../../segmentation/model.ts';
import type { PersonaDraft } from './draft.ts';

/** Below it a difference gives no name. */
const CLEAR = 0.3;
/** A rule that is right less often than not, and finds fewer than half, is none. */
const HALF = 0.5;

/**
 * A segment that no sentence covers, as far as figures tell: what is wrong with it, and the change of the recipe to try.
 * null where nothing points to it. RFM cells have no recipe to change.
 */
export function misformedByFigures(segment: Segment, { kind }: Model): PersonaDraft['misformed'] {
  if (kind === 'rfm') return null;
  const [strongest] = standsOut(segment);
  if (!strongest || Math.abs(strongest.difference) < CLEAR)
    return {
      why: 'No feature of theirs differs clearly from that of all customers.',
      try: 'One group fewer, so that they join the segments that they are like.',
    };
  const { precision, recall } = segment.rule;
  if (precision >= HALF || recall >= HALF) return null;
  return {
    why: 'No simple rule tells them from the others: little of what they do is theirs alone.',
    try: `More weight for “${strongest.label}”, by which they differ most, or one group fewer.`,
  };
}
