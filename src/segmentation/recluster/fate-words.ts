import { formatValue, listed, SMALLEST_REPORTED } from '../wording.ts';
import type { ProposedSegment, SegmentFate } from './comparison.ts';

/** A change of size below this is not worth a number. */
const SAME_SIZE = 0.05;
/** From these parts of the way to its nearest neighbour on, a segment is told to be another than it was. */
const SHIFTED = { somewhat: 0.25, clearly: 0.5 };

/**
 * What becomes of a standing segment: "stays, 12 % larger", "splits into A (55 %) and B (35 %)".
 *
 * @param shares whether to tell how much goes where
 */
export function fateWords(segment: SegmentFate, { shares = true }: { shares?: boolean } = {}): string {
  const { name, fate, into, continuedBy } = segment;
  const parts = listed(
    into.map(part => {
      const to = part.name === name ? 'itself' : part.name;
      return shares ? `${to} (${percent(part.share)})` : to;
    }),
  );
  switch (fate) {
    case 'survived':
      return continuedBy ? `stays, ${howMuch(segment)}` : `goes on as ${into[0]!.name}, ${howMuch(segment)}`;
    case 'split':
      return `splits into ${parts}`;
    case 'absorbed':
      return `joins ${into[0]!.name}`;
    case 'disappeared':
      if (continuedBy)
        return `stays, but loses ${shares ? percent(1 - continuedBy.share) : 'some'} of its customers to several others`;
      return into.length > 0
        ? `dissolves: goes into ${parts}, the rest to several others`
        : 'dissolves into several others';
  }
}

/** Whether all parts of it, and what is left beside them, are of at least ten customers, so that shares may leave. */
export function partsAreLarge({ before, into, continuedBy }: SegmentFate): boolean {
  const parts = into.map(({ share }) => share * before);
  const rest = parts.reduce((left, part) => left - part, before);
  const lost = continuedBy ? (1 - continuedBy.share) * before : 0;
  const few = (customers: number) => customers > 0.5 && customers < SMALLEST_REPORTED;
  return before >= SMALLEST_REPORTED && ![...parts, rest, lost].some(few);
}

/** Where a new segment comes from: "new, from A and B". */
export function originWords({ from }: ProposedSegment): string {
  return from.length > 0 ? `new, from ${listed(from)}` : 'new, from several segments';
}

const percent = (share: number) => formatValue(share, 'share', null);

function howMuch({ before, after, moved }: SegmentFate): string {
  const change = after === null || before === 0 ? 0 : after / before - 1;
  const size =
    Math.abs(change) < SAME_SIZE
      ? 'about as large'
      : `${formatValue(Math.abs(change), 'share', null)} ${change > 0 ? 'larger' : 'smaller'}`;
  if (moved === null || moved < SHIFTED.somewhat) return size;
  return `${size}, and its customers buy ${moved < SHIFTED.clearly ? 'somewhat' : 'clearly'} differently`;
}
