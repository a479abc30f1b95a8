import { numbersIn } from '../../segmentation/written-numbers.ts';
import { type FactSheet, LEAST_DIFFERENCE } from '../tasks/naming/fact-sheet.ts';
import { type Check, type Described, scored } from './check.ts';
import { type Claim, claimsIn } from './claims/find-claims.ts';
import { plainText } from './plain-text.ts';
import { clausesOf, tellingWordsOf } from './subjects.ts';

/**
 * Words and evidence that set the segment above or below others must point the way its features do, by a standardised
 * difference of at least 0.2. Claims on features that the sheet does not hold cannot be judged and do not count.
 * Advice (action, avoid) claims nothing. What the paragraph says of another segment is held against that one's figures.
 */
export const direction: Check = (draft, sheet, others) => {
  const texts: [string, string][] = [
    ['name', draft.name],
    ['sentence', draft.sentence],
    ...draft.evidence.map(({ feature, says }): [string, string] => [`evidence on ${feature}`, says]),
  ];
  const judge = (where: string, text: string, wrongOne: (claim: Claim) => string | null | undefined) =>
    claimsIn(text).flatMap(claim => {
      const wrong = wrongOne(claim);
      return wrong === undefined
        ? []
        : [wrong === null ? null : `The ${where} says "${claim.words}": ${wrong}`];
    });
  const judged = [
    ...texts.flatMap(([where, text]) => judge(where, text, claim => wrongOf(claim, sheet, others))),
    ...clausesOf(draft.paragraph, [draft.name, sheet.name], others).flatMap(({ text, of }) =>
      judge('paragraph', text, claim =>
        of ? wrongOfOther(claim, of, sheet) : wrongOf(claim, sheet, others),
      ),
    ),
  ];
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
  const toAll = differencesOf(claim, sheet, null);
  if (toAll.length === 0) return undefined;
  const right = claim.denies ? toAll.filter(isNoContrary) : borneOut(toAll);
  if (claim.against !== null && right.length === 0) {
    const rival = others.find(other => isMeant(other, claim.against!));
    if (!rival) return undefined;
    const toRival = differencesOf(claim, sheet, rival.sheet);
    return borneOut(toRival).length > 0
      ? null
      : `${figures(toRival)} set against ${rival.draft.name}. ${MEND}`;
  }
  if (right.length === 0) return `${figures(toAll)}. ${MEND}`;
  if (!ofAllSegments(claim)) return null;
  const topped = right.every(({ id, sign }) =>
    others.some(other => sign * (differenceOf(other.sheet, id) ?? 0) > sign * differenceOf(sheet, id)!),
  );
  return topped
    ? 'another segment has more of it, so it is not so of all segments. Leave the superlative out.'
    : null;
}

/** A claim on another segment may set it against all customers or against this one. */
function wrongOfOther(claim: Claim, other: Described, sheet: FactSheet): string | null | undefined {
  const found = [null, sheet].map(base => differencesOf(claim, other.sheet, base));
  if (found[0]!.length === 0) return undefined;
  const holds = (base: readonly Signed[]) =>
    claim.denies ? base.some(isNoContrary) : borneOut(base).length > 0;
  return found.some(holds) ? null : `${figures(found[0]!)} for ${other.draft.name}. ${MEND}`;
}

interface Signed {
  id: string;
  sign: 1 | -1;
  difference: number;
}

const isRight = ({ sign, difference }: Signed) => sign * difference >= LEAST_DIFFERENCE;
/** Those that bear a claim out; none where others speak against it far more clearly. */
function borneOut(found: readonly Signed[]): Signed[] {
  const towards = ({ sign, difference }: Signed) => sign * difference;
  const most = Math.max(...found.map(towards));
  const least = Math.min(...found.map(towards));
  return -least > FAR_CLEARER * most ? [] : found.filter(isRight);
}

const FAR_CLEARER = 2;

const isNoContrary = ({ sign, difference }: Signed) => sign * difference > -LEAST_DIFFERENCE;

/** From all customers, or from another segment. */
function differencesOf({ features }: Claim, sheet: FactSheet, rival: FactSheet | null): Signed[] {
  return Object.entries(features).flatMap(([id, sign]) => {
    const own = differenceOf(sheet, id);
    const base = rival ? differenceOf(rival, id) : 0;
    return own === null || base === null ? [] : [{ id, sign, difference: own - base }];
  });
}

/** Texts call another segment by its name, or by the telling word of it ("the explorers"). */
function isMeant(other: Described, against: string): boolean {
  return tellingWordsOf(other).some(word => against.includes(` ${word} `));
}

const figures = (found: readonly Signed[]) =>
  `by the figures ${found.map(({ id, difference }) => `${id} is ${said(difference)}`).join(' and ')}`;

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
  const [of, brought] = [share, revenueShare].map(text => numbersIn(text)[0]!.value);
  const truly = brought! > of! ? 'more' : 'less';
  return [...plainText(paragraph).matchAll(/ (more|less) than (?:its|their) share of /g)].map(([, said]) =>
    said === truly
      ? null
      : `The paragraph says that they bring ${said} than their share, but ${share} of customers bring ${revenueShare} of revenue. ${MEND}`,
  );
}
