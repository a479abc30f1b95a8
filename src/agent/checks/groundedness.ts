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
import { plainText, sentencesOf } from './plain-text.ts';
import { type Quantity, quantitiesIn } from './spelled-numbers.ts';

/** A share or a value beside that of all customers, from what the sheet shows. */
interface Pair {
  own: number;
  overall: number;
}

/**
 * Every number in the texts stands on the fact sheet, after rounding, with its unit: in digits, and in words such as
 * "half", "twice" and "a third". A piece of evidence may only give the figures of its own feature.
 */
export const groundedness: Check = (draft, sheet) => {
  const evidence = draft.evidence.map(({ feature, says }) => {
    const known = sheet.features.find(({ id }) => id === feature);
    return judged(says, known ? factsOf(known) : sheet.facts, known ? [known] : sheet.features, sheet);
  });
  const rest = textsOf({ ...draft, evidence: [] })
    .flatMap(sentencesOf)
    .map(sentence => judged(sentence, sheet.facts, spokenOf(sentence, sheet), sheet));
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
  features: readonly SheetFeature[],
  sheet: FactSheet,
): { numbers: number; wrong: string[] } {
  const labelled = withoutLabels(text, sheet);
  const quantities = quantitiesIn(labelled);
  const digits = blanked(labelled, quantities);
  const wrong = [
    ...unsupportedNumbers(digits, facts).filter(number => !roundedFrom(number, facts)),
    ...numbersIn(digits).filter(number => isHeadcount(number, digits) && !isSize(number, sheet)),
  ].map(number => number.text);
  const wrongWords = quantities.filter(quantity => !isBorneOut(quantity, facts, features));
  return {
    numbers: numbersIn(digits).length + quantities.length,
    wrong: [...new Set([...wrong, ...wrongWords.map(quantity => quantity.text)])].map(
      number =>
        `"${number}" in "${shortened(text)}" is not on the fact sheet${features.length === 1 ? ` of ${features[0]!.id}` : ''}. Use its figures as they stand there, or none.`,
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
  { kinds, least, most }: Quantity,
  facts: readonly Fact[],
  features: readonly SheetFeature[],
): boolean {
  const within = (value: number) => value >= least - 1e-9 && value <= most + 1e-9;
  const known = [...facts, ...features.flatMap(factsOf)];
  const ofUnit = (wanted: (unit: Fact['unit']) => boolean) =>
    known.some(({ value, unit }) => wanted(unit) && within(Math.abs(value)));
  const pairs = features.flatMap(pairOf);
  return kinds.some(kind => {
    if (kind === 'ratio') return pairs.some(({ own, overall }) => overall !== 0 && within(own / overall));
    if (kind === 'share') return ofUnit(unit => unit === 'share');
    if (kind === 'days') return ofUnit(unit => unit === 'days');
    if (kind === 'per month') return ofUnit(unit => unit === 'per month');
    return ofUnit(unit => unit !== 'share' && unit !== 'money' && unit !== 'days');
  });
}

/** Features that a sentence speaks of; all of them where it speaks of none. */
function spokenOf(sentence: string, { features }: FactSheet): readonly SheetFeature[] {
  const claimed = new Set(claimsIn(sentence).flatMap(claim => Object.keys(claim.features)));
  const plain = plainText(sentence);
  const spoken = features.filter(({ id, label }) => claimed.has(id) || plain.includes(plainText(label)));
  return spoken.length > 0 ? spoken : features;
}

function factsOf({ value, overall, unit }: SheetFeature): Fact[] {
  return [value, overall].flatMap(text =>
    numbersIn(text).map(number => ({ value: number.value, unit: number.unit ?? unit })),
  );
}

function pairOf({ value, overall }: SheetFeature): Pair[] {
  const [own, all] = [numbersIn(value)[0], numbersIn(overall)[0]];
  return own && all ? [{ own: own.value, overall: all.value }] : [];
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
