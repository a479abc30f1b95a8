import {
  type Fact,
  numbersIn,
  unsupportedNumbers,
  type WrittenNumber,
} from '../../segmentation/written-numbers.ts';
import { textsOf } from '../tasks/naming/draft.ts';
import type { FactSheet, SheetFeature } from '../tasks/naming/fact-sheet.ts';
import { type Check, scored } from './check.ts';
import { claimsIn } from './claims/find-claims.ts';
import { sentencesOf } from './plain-text.ts';
import { tokensOf } from './similarity.ts';
import { type Quantity, quantitiesIn } from './spelled-numbers.ts';

/**
 * A feature that a text speaks of: by its own name (0), or by words that say its high (1) or low (-1) side. "Order twice
 * as often" turns the ratio of the days between orders round.
 */
interface Spoken {
  feature: SheetFeature;
  sign: 1 | -1 | 0;
}

/**
 * Every number in the texts stands on the fact sheet, after rounding, with its unit: in digits, and in words such as
 * "half", "twice" and "a third". A piece of evidence may only give the figures of its own feature.
 */
export const groundedness: Check = (draft, sheet) => {
  // Those of features once more, with their units.
  const facts = [...sheet.facts, ...sheet.features.flatMap(factsOf)];
  const evidence = draft.evidence.map(({ feature, says }) => {
    const known = sheet.features.find(({ id }) => id === feature);
    if (!known) return judged(says, sheet.facts, () => [], sheet);
    const signed = [1, -1].map(sign => ({ feature: known, sign }) as Spoken);
    return judged(says, factsOf(known), () => signed, sheet);
  });
  const rest = textsOf({ ...draft, evidence: [] })
    .flatMap(sentencesOf)
    .map(sentence => judged(sentence, facts, () => spokenOf(sentence, sheet), sheet));
  const all = [...rest, ...evidence];
  return scored(
    all.reduce((sum, { numbers }) => sum + numbers, 0),
    [...new Set(all.flatMap(({ wrong }) => wrong))],
  );
};

/** The share of numbers that stand on the sheet, and what is wrong with the others. */
function judged(
  text: string,
  facts: readonly Fact[],
  spoken: () => readonly Spoken[],
  sheet: FactSheet,
): { numbers: number; wrong: string[] } {
  const labelled = withoutLabels(text, sheet);
  const quantities = quantitiesIn(labelled);
  const digits = blanked(labelled, quantities);
  const wrong = [
    ...unsupportedNumbers(digits, facts).filter(number => !roundedFrom(number, facts)),
    ...numbersIn(digits).filter(number => isHeadcount(number, digits) && !isSize(number, sheet)),
  ].map(number => number.text);
  const known = quantities.length > 0 ? spoken() : [];
  const wrongWords = quantities.filter(quantity => !isBorneOut(quantity, facts, known, sheet));
  return {
    numbers: numbersIn(digits).length + quantities.length,
    wrong: [...new Set([...wrong, ...wrongWords.map(quantity => quantity.text)])].map(
      number =>
        `"${number}" in "${shortened(text)}" is not on the fact sheet. Use its figures as they stand there, or none.`,
    ),
  };
}

/** Trailing noughts are a rounding too, as long as two digits are left: "£2,600" of £2,635. */
function roundedFrom({ text, value, unit }: WrittenNumber, facts: readonly Fact[]): boolean {
  const noughts = /^\D*[1-9][\d,]*[1-9]([0,]*)(?!\d)/.exec(text)?.[1]?.replaceAll(',', '').length ?? 0;
  if (noughts === 0 || text.includes('.') || /%|\b(?:million|m|k|thousand|bn|billion)\b/.test(text))
    return false;
  return facts.some(
    fact =>
      Math.abs(Math.abs(fact.value) - value) <= 0.5 * 10 ** noughts &&
      (unit === null ? fact.unit !== 'share' : fact.unit === unit),
  );
}

/** "1,234 customers" speaks of the segment's size and of nothing else. */
function isHeadcount({ text, unit }: WrittenNumber, sentence: string): boolean {
  const after = sentence.slice(sentence.indexOf(text) + text.length);
  return unit === null && /^ (?:customers|people|shoppers|buyers|guests|subscribers|accounts)\b/.test(after);
}

function isSize({ value, rounding }: WrittenNumber, { size }: FactSheet): boolean {
  const told = numbersIn(size)[0];
  return (
    told !== undefined && Math.abs(told.value - value) <= Math.max(rounding, told.rounding, value * 0.02)
  );
}

function isBorneOut(
  { kinds, least, most, said, rounding }: Quantity,
  facts: readonly Fact[],
  spoken: readonly Spoken[],
  sheet: FactSheet,
): boolean {
  const within = (value: number) => value >= least - 1e-9 && value <= most + 1e-9;
  const oneOf = (known: readonly Fact[], wanted: (unit: Fact['unit']) => boolean) =>
    known.some(({ value, unit }) => wanted(unit) && within(Math.abs(value)));
  return kinds.some(kind => {
    if (kind === 'ratio') return spoken.flatMap(one => ratioOf(one, said < 1)).some(within);
    if (kind === 'share')
      return oneOf(
        [...sharesOf(sheet), ...spoken.flatMap(({ feature }) => factsOf(feature))],
        unit => unit === 'share',
      );
    if (kind === 'number')
      return facts.some(
        ({ value, unit }) =>
          unit !== 'share' &&
          unit !== 'money' &&
          unit !== 'days' &&
          Math.abs(value - said) <= rounding + 1e-9,
      );
    return oneOf(facts, unit => unit === kind);
  });
}

/** Of customers and of revenue. */
function sharesOf({ share, revenueShare }: FactSheet): Fact[] {
  return [share, revenueShare].flatMap(numbersIn).map(({ value }) => ({ value, unit: 'share' }));
}

/** Features that a sentence speaks of, by words that say something of them or by the words of their labels. */
function spokenOf(sentence: string, { features }: FactSheet): Spoken[] {
  const claimed = new Map(claimsIn(sentence).flatMap(claim => Object.entries(claim.features)));
  const words = tokensOf(sentence);
  return features.flatMap(feature => {
    const label = [...tokensOf(feature.label)];
    const named = label.length > 0 && label.every(word => words.has(word));
    const sign = claimed.get(feature.id);
    return [
      ...(named ? [{ feature, sign: 0 as const }] : []),
      ...(sign === undefined ? [] : [{ feature, sign }]),
    ];
  });
}

function factsOf({ value, overall, unit }: SheetFeature): Fact[] {
  return [value, overall].flatMap(text =>
    numbersIn(text).map(number => ({ value: number.value, unit: number.unit ?? unit })),
  );
}

/** The segment's value to that of all customers, turned round where the words speak of the contrary. */
function ratioOf({ feature: { value, overall }, sign }: Spoken, lessThanAll: boolean): number[] {
  const [own, all] = [value, overall].map(text => numbersIn(text)[0]?.value ?? 0) as [number, number];
  // "Half as often" is the low side of what "twice as often" is the high side of.
  const contrary = sign === (lessThanAll ? 1 : -1);
  const [above, below] = contrary ? [all, own] : [own, all];
  return below === 0 ? [] : [above / below];
}

/** Numbers that belong to the name of a feature ("in the last 90 days") are no figures. */
function withoutLabels(text: string, { features }: FactSheet): string {
  return features
    .filter(({ label }) => numbersIn(label).length + quantitiesIn(label).length > 0)
    .flatMap(({ label }) => [label, ...(/the last \d+ days/.exec(label) ?? [])])
    .reduce((rest, label) => rest.replaceAll(label, ' '.repeat(label.length)), text);
}

function blanked(text: string, quantities: readonly Quantity[]): string {
  return quantities.reduce(
    (rest, { start, end }) => rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end),
    text,
  );
}

const shortened = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text);
