import { numbersIn } from '../../segmentation/written-numbers.ts';
import { type FactSheet, LEAST_DIFFERENCE } from '../tasks/naming/fact-sheet.ts';
import { type Check, type Described, scored } from './check.ts';
import { type Claim, claimsIn } from './claims/find-claims.ts';
import { plainText } from './plain-text.ts';

/**
 * Words and evidence that set the segment above or below others must point the way its features do, by a standardised
 * difference of at least 0.2. Claims on features that the sheet does not hold cannot be judged and do not count.
 * Advice (action, avoid) claims nothing.
 */
export const direction: Check = (draft, sheet, others) => {
  const texts: [string, string][] = [
    ['name', draft.name],
    ['sentence', draft.sentence],
    ['paragraph', draft.paragraph],
    ...draft.evidence.map(({ feature, says }): [string, string] => [`evidence on ${feature}`, says]),
  ];
  const judged = texts.flatMap(([where, text]) =>
    claimsIn(text).flatMap(claim => {
      const wrong = wrongOf(claim, sheet, others);
      return wrong === undefined
        ? []
        : [wrong === null ? null : `The ${where} says "${claim.words}": ${wrong}`];
    }),
  );
  const listed = draft.evidence.map(({ feature, direction: told }) => {
    const known = sheet.features.find(({ id }) => id === feature);
    if (!known)
      return `The evidence names the feature ${feature}, which is not on the fact sheet. Use its ids.`;
    const signed = known.difference * (told === 'above' ? 1 : -1);
    return signed >= LEAST_DIFFERENCE
      ? null
      : `The evidence puts ${feature} ${told} all customers, but it is ${said(known.difference)} (${known.value} against ${known.overall}). ${MEND}`;
  });
  const weight = shareOfRevenue(draft.paragraph, sheet);
  const all = [...judged, ...listed, ...weight];
  return scored(
    all.length,
    all.filter(failure => failure !== null),
  );
};

const MEND = 'Say it the other way round, or leave it out.';

/** null: borne out; undefined: cannot be judged. */
function wrongOf(claim: Claim, sheet: FactSheet, others: readonly Described[]): string | null | undefined {
  const rival = others.find(({ draft }) => claim.sentence.includes(` than the${plainText(draft.name)}`));
  const differences = Object.entries(claim.features).flatMap(([id, sign]) => {
    const own = differenceOf(sheet, id);
    const base = rival ? differenceOf(rival.sheet, id) : 0;
    return own === null || base === null ? [] : [{ id, sign, difference: own - base }];
  });
  if (differences.length === 0) return undefined;
  const right = differences.filter(({ sign, difference }) => sign * difference >= LEAST_DIFFERENCE);
  if (right.length === 0) {
    const found = differences.map(({ id, difference }) => `${id} is ${said(difference)}`);
    return `by the figures ${found.join(' and ')}${rival ? ` set against ${rival.draft.name}` : ''}. ${MEND}`;
  }
  if (!ofAllSegments(claim)) return null;
  const topped = right.every(({ id, sign }) =>
    others.some(other => sign * (differenceOf(other.sheet, id) ?? 0) > sign * differenceOf(sheet, id)!),
  );
  return topped
    ? 'another segment has more of it, so it is not so of all segments. Leave the superlative out.'
    : null;
}

/** "The largest orders of all segments". */
function ofAllSegments({ words, sentence }: Claim): boolean {
  return (
    / (?:of all|of any|than any)(?: other| the| of the)* (?:segments?|groups?) /.test(sentence) &&
    /\b(?:most|least|fewest|[a-z]+est)\b/.test(words)
  );
}

function differenceOf(sheet: FactSheet, id: string): number | null {
  return sheet.features.find(feature => feature.id === id)?.difference ?? null;
}

function said(difference: number): string {
  if (Math.abs(difference) < LEAST_DIFFERENCE) return 'about the same';
  return difference > 0 ? 'above' : 'below';
}

/** "More than their share of customers" is a claim on two figures of the sheet. */
function shareOfRevenue(paragraph: string, { share, revenueShare }: FactSheet): (string | null)[] {
  const claimed = / (more|less) than (?:its|their) share of (?:\w+ )?/.exec(plainText(paragraph));
  if (!claimed) return [];
  const [of, brought] = [share, revenueShare].map(text => numbersIn(text)[0]!.value);
  const more = brought! > of!;
  return [
    more === (claimed[1] === 'more')
      ? null
      : `The paragraph says that they bring ${claimed[1]} than their share, but ${share} of customers bring ${revenueShare} of revenue. ${MEND}`,
  ];
}
