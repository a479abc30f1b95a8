import { InputError } from '../../errors.ts';
import { screenTerms } from '../../governance/sensitivity.ts';
import type { Model, Segment } from '../model.ts';
import { SMALLEST_REPORTED } from '../wording.ts';
import { type Fact, numbersIn, unsupportedNumbers } from '../written-numbers.ts';
import type { PersonaTexts } from './bodies.ts';

/** What cards, lists and ad platforms can hold, in characters. */
const longest = {
  name: 60,
  sentence: 300,
  paragraph: 1200,
  action: 750,
  avoid: 300,
  neutralName: 40,
} as const satisfies Partial<Record<keyof PersonaTexts, number>>;

const written = Object.keys(longest) as (keyof typeof longest)[];

/** Personas that are older than these have none. */
const mayBeBlank: readonly (keyof PersonaTexts)[] = ['avoid', 'neutralName'];

/** How groups are numbered where nobody has named them. */
const groupNumber = /\b(?:cluster|segment|group)s?\s*(?:no\.?|number|#)?\s*\d+\b/i;

/**
 * Refuses texts from whatever hand that no list can hold, that number groups, tell of a protected trait, or name two
 * segments alike.
 */
export function refuseTexts(
  changes: readonly { key: string; after: PersonaTexts }[],
  { segments }: Pick<Model, 'segments'>,
): void {
  const after = new Map(changes.map(change => [change.key, change.after]));
  for (const change of changes) {
    const others = segments
      .filter(({ key }) => key !== change.key)
      .map(({ key, persona }) => after.get(key) ?? persona);
    const [why] = whyRefused(change.after, others);
    if (why)
      throw new InputError(`The texts for "${change.key}" are refused: ${why}.`, 'Write it otherwise.');
  }
}

function whyRefused(
  texts: PersonaTexts,
  others: readonly Pick<PersonaTexts, 'name' | 'neutralName'>[],
): string[] {
  const each = written.flatMap(part => {
    const text = texts[part];
    if (text.trim() === '' && !mayBeBlank.includes(part)) return [`${part} is blank`];
    if ([...text].length > longest[part]) return [`${part} has more than ${longest[part]} characters`];
    if (/\p{C}/u.test(text)) return [`${part} holds a control character or a line break`];
    if (groupNumber.test(text)) return [`${part} speaks of a group by a number`];
    const [trait] = screenTerms([text]);
    return trait ? [`${part} tells of a protected trait (${trait.category})`] : [];
  });
  const same = (a: string, b: string) => a.trim() !== '' && a.trim().toLowerCase() === b.trim().toLowerCase();
  return [
    ...each,
    ...(others.some(({ name }) => same(name, texts.name)) ? ['another segment has this name'] : []),
    ...(others.some(({ neutralName }) => same(neutralName, texts.neutralName))
      ? ['another segment has this neutral name']
      : []),
  ];
}

/** Refuses a number that nothing known of the segment bears out. */
export function refuseInventedNumbers(texts: PersonaTexts, segment: Segment): void {
  const facts = factsOfSegment(segment);
  const invented = written.flatMap(part => unsupportedNumbers(texts[part], facts).map(({ text }) => text));
  if (invented.length === 0) return;
  throw new InputError(
    `The texts for "${segment.key}" hold numbers that its figures do not bear out: ${invented.join(', ')}.`,
    'Leave them out, or take those that `show_segment` gives.',
  );
}

/** Of a segment of fewer than ten customers nothing is told. */
function factsOfSegment({ size, share, revenue, revenueShare, features, persona }: Segment): Fact[] {
  if (size < SMALLEST_REPORTED) return [];
  const told = [persona.sentence, persona.paragraph, ...persona.evidence.flatMap(e => [e.value, e.overall])];
  return [
    { value: size, unit: 'count' },
    { value: share, unit: 'share' },
    { value: revenue, unit: 'money' },
    { value: revenue / size, unit: 'money' },
    { value: revenueShare, unit: 'share' },
    ...features.flatMap(({ unit, mean, median, overallMean, overallMedian }) =>
      [mean, median, overallMean, overallMedian].map(value => ({ value, unit })),
    ),
    ...told.flatMap(numbersIn).map(({ value, unit }): Fact => ({ value, unit: unit ?? 'count' })),
  ];
}
