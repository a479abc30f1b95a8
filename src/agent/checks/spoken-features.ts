import { type Fact, numbersIn, type WrittenNumber } from '../../segmentation/written-numbers.ts';
import type { FactSheet, SheetFeature } from '../tasks/naming/fact-sheet.ts';
import { claimsIn } from './claims/find-claims.ts';
import { tokensOf } from './similarity.ts';

/**
 * A feature that a text speaks of: by its own name (0), or by words that say its high (1) or low (-1) side. "Order twice
 * as often" turns the ratio of the days between orders round.
 */
export interface Spoken {
  feature: SheetFeature;
  sign: 1 | -1 | 0;
}

/** Features that a text speaks of, by words that say something of them or by the words of their labels. */
export function spokenOf(text: string, { features }: FactSheet): Spoken[] {
  const claimed = new Map(claimsIn(text).flatMap(claim => Object.entries(claim.features)));
  const words = tellingTokens(text);
  return features.flatMap(feature => {
    const label = tokensOfLabel(feature);
    const named = label.size > 0 && [...label].every(word => words.has(word));
    const sign = claimed.get(feature.id);
    return [
      ...(named ? [{ feature, sign: 0 as const }] : []),
      ...(sign === undefined ? [] : [{ feature, sign }]),
    ];
  });
}

/** A stretch of a sentence, with the features that it names and those that its words may mean as well. */
export interface Stretch {
  start: number;
  end: number;
  named: SheetFeature[];
  related: SheetFeature[];
}

const BORDER =
  /,(?!\d)|[;:()–—]|\b(?:and|but|while|whereas|who|which|so|though|although|than|compared with)\b/g;
/** Goes on with what stands before it: "a discount on 84 % of orders, against 33 %". */
const GOES_ON = /^\s*(?:against|where all|of all|for all|all customers|than|compared)/;

/**
 * A sentence by its clauses. A clause that names a feature may give figures of that one and of those that share a word
 * with it or are told by the same words: "a discount on 12 % of orders" is no click rate.
 */
export function stretchesOf(sentence: string, sheet: FactSheet): Stretch[] {
  const borders = [...sentence.matchAll(BORDER)].map(({ index }) => index);
  const edges = [0, ...borders, sentence.length];
  const stretches: Stretch[] = [];
  for (const [i, start] of edges.slice(0, -1).entries()) {
    const end = edges[i + 1]!;
    const text = sentence.slice(start, end);
    const named = spokenOf(text, sheet).map(({ feature }) => feature);
    const before = stretches.at(-1);
    if (named.length === 0 && before && GOES_ON.test(text.replace(/^[,;:()–—]/, '')))
      stretches.push({ ...before, start, end });
    else stretches.push({ start, end, named, related: relatedTo(text, sheet) });
  }
  return stretches;
}

/** Whether a clause names a feature of a figure's unit, and the figure is of none that its words may mean. */
export function isOfAnother(number: WrittenNumber, { named, related }: Stretch): boolean {
  const fits = ({ unit }: SheetFeature) => (number.unit === null ? unit !== 'share' : unit === number.unit);
  if (!named.some(fits)) return false;
  return ![...named, ...related]
    .filter(fits)
    .flatMap(factsOf)
    .some(({ value }) => Math.abs(Math.abs(value) - number.value) <= number.rounding + 1e-12);
}

export function factsOf({ value, overall, unit }: SheetFeature): Fact[] {
  return [value, overall].flatMap(text =>
    numbersIn(text).map(number => ({ value: number.value, unit: number.unit ?? unit })),
  );
}

function relatedTo(text: string, { features }: FactSheet): SheetFeature[] {
  const words = tellingTokens(text);
  return features.filter(feature => [...tokensOfLabel(feature)].some(word => words.has(word)));
}

/** Every clause is held against every label, so each is read once. */
const labelTokens = new WeakMap<SheetFeature, ReadonlySet<string>>();

function tokensOfLabel(feature: SheetFeature): ReadonlySet<string> {
  const known = labelTokens.get(feature) ?? tellingTokens(feature.label);
  labelTokens.set(feature, known);
  return known;
}

/** Words of labels that say how something is measured and not what. */
const MEASURES = new Set(['rate', 'number', 'time', 'times', 'days', 'day', 'per', 'mix', 'month', 'last']);

/** Rougher stems than those by which texts are compared, as "categories" names the category. */
function tellingTokens(text: string): Set<string> {
  return new Set(
    [...tokensOf(text.replaceAll(/\bago\b/g, 'since'))]
      .filter(word => !MEASURES.has(word))
      .map(word => word.replace(/(?:y|i|e)$/, '')),
  );
}
