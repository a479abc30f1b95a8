import { InputError } from '../../errors.ts';
import { screenTerms } from '../../governance/sensitivity.ts';
import { withoutLinks } from '../links.ts';
import type { Model, Segment } from '../model.ts';
import { tellingWord } from '../neutral-name.ts';
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
 * Why texts from whatever hand may not be used: no list can hold them, they number groups, tell of a protected trait or,
 * where others read it, of the people on a list, or name two segments alike. null where they may.
 */
export function whyRefused(
  changes: readonly { key: string; after: PersonaTexts }[],
  { segments }: Pick<Model, 'segments'>,
): string | null {
  const after = new Map(changes.map(change => [change.key, change.after]));
  for (const change of changes) {
    const others = segments
      .filter(({ key }) => key !== change.key)
      .map(({ key, persona }) => after.get(key) ?? persona);
    const why = [...unusable(change.after), ...named(change.after, others)];
    if (why.length > 0) return `the texts for "${change.key}" are refused: ${why.join('; ')}`;
  }
  return null;
}

function unusable(texts: PersonaTexts): string[] {
  const telling = tellingWord(texts.neutralName);
  const each = written.flatMap(part => {
    const text = texts[part];
    if (text.trim() === '' && !mayBeBlank.includes(part)) return [`${part} is blank`];
    if ([...text].length > longest[part]) return [`${part} has more than ${longest[part]} characters`];
    if (/[\p{C}\p{Zl}\p{Zp}]/u.test(text)) return [`${part} holds a control character or a line break`];
    if (withoutLinks(text) !== text) return [`${part} holds a link, a tag or a mark that is not seen`];
    if (groupNumber.test(text)) return [`${part} speaks of a group by a number`];
    const [trait] = screenTerms([text]);
    return trait ? [`${part} tells of a protected trait (${trait.category})`] : [];
  });
  return [
    ...each,
    ...(telling === null
      ? []
      : [`neutralName tells of the people on the list ("${telling}"), and is to name what it is sent`]),
  ];
}

function named(texts: PersonaTexts, others: readonly Pick<PersonaTexts, 'name' | 'neutralName'>[]): string[] {
  const same = (a: string, b: string) => a.trim() !== '' && a.trim().toLowerCase() === b.trim().toLowerCase();
  return [
    ...(others.some(({ name }) => same(name, texts.name)) ? ['another segment has this name'] : []),
    ...(others.some(({ neutralName }) => same(neutralName, texts.neutralName))
      ? ['another segment has this neutral name']
      : []),
  ];
}

/** Refuses a number in what is written anew that nothing known of the segment bears out. */
export function refuseInventedNumbers(anew: Partial<PersonaTexts>, segment: Segment): void {
  const facts = factsOfSegment(segment);
  const invented = written.flatMap(part =>
    unsupportedNumbers(anew[part] ?? '', facts).map(({ text }) => text),
  );
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
