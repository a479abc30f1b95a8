import { learnRules } from '../clustering/rule.ts';
import type { Condition } from '../clustering/rule-search.ts';
import type { Feature, Unit } from '../features/feature.ts';
import type { SegmentRule } from './model.ts';
import { overlayOf } from './overlays/overlays.ts';
import { doingInWords, saidOf, shopWords, type Words } from './overlays/words.ts';
import { rulePhrases } from './rule-phrases.ts';
import type { SummaryInput } from './summary.ts';
import { segmentedValues } from './summary-features.ts';
import { capitalised, currencyPrefix, listed, number } from './wording.ts';

type RuleInput = Pick<
  SummaryInput,
  'table' | 'matrix' | 'transforms' | 'rowOf' | 'labels' | 'k' | 'currency' | 'overlay'
>;

/** One sentence per segment that tells its members apart, over raw features that a person can look up. */
export function segmentRules(input: RuleInput): SegmentRule[] {
  const used = new Set(input.transforms.map(({ feature }) => feature));
  const { words } = overlayOf(input.overlay);
  const said = new Set(saidOf(input.table.features, words));
  const readable = input.table.features
    .map((feature, j) => ({ feature, j }))
    .filter(
      ({ feature }) =>
        said.has(feature) &&
        rulePhrases[feature.id] &&
        (feature.sensitivity === 'none' || used.has(feature.id)),
    );
  const columns = readable.map(({ feature, j }) => segmentedValues(input, feature, j));
  return learnRules(columns, input.labels, input.k).map(({ conditions, precision, recall }) => ({
    text: ruleText(
      conditions,
      readable.map(({ feature }) => feature),
      input.currency,
      words,
    ),
    precision,
    recall,
  }));
}

/** "Orders more than 2 times a month and uses a discount on at most 20 % of orders." */
export function ruleText(
  conditions: readonly Condition[],
  features: readonly Pick<Feature, 'id' | 'unit'>[],
  currency: string | null,
  words: Words = shopWords,
): string {
  if (conditions.length === 0) return 'No simple rule tells these customers apart.';
  const columns = [...new Set(conditions.map(({ column }) => column))];
  const parts = columns.map(column =>
    clause(
      features[column]!,
      conditions.filter(condition => condition.column === column),
      currency,
      words,
    ),
  );
  const text = listed(parts).replaceAll(' 1 times as long', ' as long').replaceAll(' 1 times', ' once');
  return `${capitalised(text)}.`;
}

function clause(
  { id, unit }: Pick<Feature, 'id' | 'unit'>,
  conditions: readonly Condition[],
  currency: string | null,
  words: Words,
): string {
  const phrase = rulePhrases[id]!;
  const [only] = conditions;
  if (conditions.length === 1 && only!.threshold === 0) {
    const without = only!.op === 'at most' ? phrase.none : phrase.some;
    if (without !== undefined) return doingInWords(without, words);
  }
  const bounds = conditions
    .toSorted((a, b) => a.threshold - b.threshold)
    .map(({ op, threshold }) => `${op} ${exact(threshold, unit, currency)}`);
  return doingInWords(phrase.text, words).replace('{x}', listed(bounds));
}

/** The threshold itself, not a rounding of it: precision and recall were measured with it. */
function exact(value: number, unit: Unit, currency: string | null): string {
  if (unit === 'share') return `${number(value * 100, 4)} %`;
  if (unit === 'money') return currencyPrefix(currency) + number(value, 4).replace(/\.\d$/, '$&0');
  if (unit === 'days') return value === 1 ? '1 day' : `${number(value, 4)} days`;
  return number(value, 4);
}
