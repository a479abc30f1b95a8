import type { FeatureSummary, Model, Segment } from '../../../segmentation/model.ts';
import { traits } from '../../../segmentation/traits.ts';
import { sideBySide, typical } from '../../../segmentation/typical.ts';
import {
  formatMoney,
  formatSize,
  formatValue,
  SMALLEST_REPORTED,
  tamed,
} from '../../../segmentation/wording.ts';
import type { Fact } from '../../../segmentation/written-numbers.ts';
import { wholeOf } from '../../../tools/results/coarse.ts';
import { factsInText } from '../../../tools/results/facts.ts';
import { labelOf } from '../../../tools/results/feature-label.ts';
import { differenceInWords, type FactSheet, type SheetFeature } from './fact-sheet.ts';

/**
 * One for each segment of at least ten customers, in the order of the model. Where a smaller one stands beside them,
 * shares are told in whole per cent, so that it does not follow from the rest.
 */
export function factSheets({ segments, population }: Model): FactSheet[] {
  const { setAside, currency, customers, revenue } = population;
  const aside = setAside.count === 0 ? [] : [setAside.count];
  const whole = wholeOf([...segments.map(({ size }) => size), ...aside]);
  const nameOf = new Map(segments.map(({ key, persona }) => [key, tamed(persona.name)]));
  return segments
    .filter(({ size }) => size >= SMALLEST_REPORTED)
    .map(segment => {
      const sheet = {
        key: segment.key,
        name: nameOf.get(segment.key)!,
        size: formatSize(segment.size),
        // From the figures that the deterministic texts are written from: rounded twice, 7.65 % would read otherwise.
        share: formatValue(
          whole.exact ? segment.share : whole.shareOf(segment.size, customers),
          'share',
          null,
        ),
        revenue: formatMoney(segment.revenue, currency),
        revenueShare: formatValue(
          whole.exact ? segment.revenueShare : whole.moneyShareOf(segment.revenue, revenue),
          'share',
          null,
        ),
        perCustomer: formatMoney(segment.revenue / segment.size, currency),
        features: featuresOf(segment, currency),
        rule: ruleOf(segment),
        neighbours: segment.neighbours.slice(0, MOST_NEIGHBOURS).flatMap(({ key }) => nameOf.get(key) ?? []),
      };
      return { ...sheet, facts: factsOf(sheet) };
    });
}

const MOST_NEIGHBOURS = 2;

function featuresOf({ features }: Segment, currency: string | null): SheetFeature[] {
  return features
    .filter(({ id }) => !traits[id]?.quiet)
    .toSorted((a, b) => Math.abs(b.difference) - Math.abs(a.difference) || (a.id < b.id ? -1 : 1))
    .map(feature => toldFeature(feature, currency));
}

function toldFeature(feature: FeatureSummary, currency: string | null): SheetFeature {
  const { id, unit, class: of, difference } = feature;
  return {
    id,
    label: labelOf(feature),
    unit,
    class: of,
    ...sideBySide(feature, currency),
    difference,
    // Where the figures as written do not show the difference, no text can.
    words: differenceInWords(typical(feature, currency) ? difference : 0),
  };
}

function ruleOf({ rule: { text, precision, recall } }: Segment): FactSheet['rule'] {
  if (text === '') return null;
  return {
    text,
    precision: formatValue(precision, 'share', null),
    recall: formatValue(recall, 'share', null),
  };
}

/** Numbers as they are written in it: what a text says more exactly, it has made up. */
function factsOf(sheet: Omit<FactSheet, 'facts'>): Fact[] {
  const { size, share, revenue, revenueShare, perCustomer, features, rule } = sheet;
  return [
    ...[size, share, revenue, revenueShare, perCustomer].flatMap(factsInText),
    ...features.flatMap(({ label, value, overall, unit }) => [
      ...factsInText(label),
      // A number without a mark, as in "1.6 a month", is in the unit of its feature.
      ...[value, overall]
        .flatMap(factsInText)
        .map(fact => (fact.unit === 'count' ? { ...fact, unit } : fact)),
    ]),
    ...(rule ? [rule.text, rule.precision, rule.recall].flatMap(factsInText) : []),
  ];
}
