import { bullets, type Part, type SegmentFigures, segmentLine } from './figures.ts';
import type { LookingUp } from './looking-up.ts';

interface Found {
  asOf: string;
  currency: string | null;
  found: (SegmentFigures & { action: string | null; matched: string[] })[];
}

const MOST_FOUND = 3;

/** Segments that fit the words of the question; null where none does. */
export async function foundSegments({ look }: LookingUp, question: string): Promise<Part | null> {
  const { asOf, currency, found } = await look<Found>('find_segments', {
    description: question.slice(0, 1000),
  });
  const [best] = found;
  if (!best) return null;
  return {
    text: `Segments that fit these words, as of ${asOf}:\n${bullets(
      found
        .slice(0, MOST_FOUND)
        .map(segment => `${segmentLine(segment, currency)} Fits by: ${segment.matched.join('; ')}.`),
    )}`,
    next: best.action === null ? null : `for **${best.name}**: ${best.action}`,
  };
}

interface Listed {
  asOf: string;
  currency: string | null;
  segments: SegmentFigures[];
}

export async function allSegments({ look }: LookingUp): Promise<Part> {
  const { asOf, currency, segments } = await look<Listed>('list_segments');
  const text = `The segments, as of ${asOf}:\n${bullets(segments.map(segment => segmentLine(segment, currency)))}`;
  return { text, next: '`kindred segments KEY` shows one of them in full.' };
}
