import { z } from 'zod';
import { InputError } from '../../errors.ts';
import { plainName } from '../../segmentation/audiences/filter/nearest-names.ts';
import { didYouMean, quoted } from '../../segmentation/audiences/filter/resolve/errors.ts';
import type { Model, Segment } from '../../segmentation/model.ts';
import { tamed } from '../../segmentation/wording.ts';

/** A segment as a tool takes it. */
export const segmentInput = z.string().min(1).max(200).describe('key or name of a segment');

/** By key, or by name in whatever spelling; an InputError with the nearest where there is none. */
export function segmentOf({ segments }: Pick<Model, 'segments'>, wanted: string): Segment {
  const found =
    segments.find(({ key }) => key === wanted) ??
    segments.find(({ key, persona }) => [key, persona.name].map(plainName).includes(plainName(wanted)));
  if (found) return found;
  const near = didYouMean(
    wanted,
    segments.flatMap(({ key, persona }) => [key, tamed(persona.name)]),
  );
  throw new InputError(
    `There is no segment ${quoted(wanted)}.`,
    `${near ?? ''} The segments are: ${segments.map(({ key }) => key).join(', ')}.`.trim(),
  );
}
