import { InputError } from '../errors.ts';
import { screenTerms } from '../governance/sensitivity.ts';
import type { Audience } from '../segmentation/audiences/audience.ts';
import type { Model } from '../segmentation/model.ts';
import { tellingWord } from '../segmentation/neutral-name.ts';
import { tamed } from '../segmentation/wording.ts';
import type { Destination } from './destination.ts';
import { requireNeutralName } from './destinations/neutral-name.ts';

/** What fits into the names of lists everywhere. */
const longest = 60;

/**
 * What an audience is called at a destination. Advertising platforms, whose staff and reviewers see names, get a neutral one:
 * that of the segment where it is one, otherwise its handle.
 *
 * @param given by a person
 * @throws InputError where a name that was given tells of the people behind it
 */
export function targetName(
  { channel, title }: Pick<Destination, 'channel' | 'title'>,
  { handle, name, filter }: Pick<Audience, 'handle' | 'name' | 'filter'>,
  { segments }: Pick<Model, 'segments'>,
  given?: string,
): string {
  const asked = given === undefined ? undefined : tamed(given, longest);
  if (asked === '') throw new InputError('The name of the list is blank.', 'Give another with --name.');
  if (channel !== 'advertising') return asked ?? `Kindred: ${tamed(name, longest - 'Kindred: '.length)}`;
  const telling = asked === undefined ? null : tellingWord(asked);
  if (telling !== null)
    throw new InputError(
      `“${asked}” says “${telling}”, and ${title} shows names of lists to its staff and sometimes to those on them.`,
      'Give a name with --name that says nothing about the people, or none.',
    );
  if (asked !== undefined) {
    requireNeutralName(asked);
    refuseOwnNames(asked, segments);
    return asked;
  }
  const neutral = neutralNameOf(filter, segments);
  return neutral !== '' && screenTerms([neutral]).length === 0 ? neutral : `Kindred ${handle}`;
}

/** What the shop calls people among itself is not for a platform, whichever words it is of. */
function refuseOwnNames(asked: string, segments: Model['segments']): void {
  const own = segments.find(({ persona }) => asked.toLowerCase().includes(persona.name.toLowerCase()));
  if (own && own.persona.neutralName.toLowerCase() !== asked.toLowerCase())
    throw new InputError(
      `“${asked}” has the name of a persona in it, “${own.persona.name}”, which an advertising platform should not read.`,
      'Give a name with --name that says nothing about the people, or none.',
    );
}

/** Of an audience that is one segment, its neutral name; blank for others. */
function neutralNameOf(filter: Audience['filter'], segments: Model['segments']): string {
  const asked = 'segment' in filter ? filter.segment : [];
  const [key, ...others] = typeof asked === 'string' ? [asked] : asked;
  if (key === undefined || others.length > 0) return '';
  return segments.find(segment => segment.key === key)?.persona.neutralName ?? '';
}
