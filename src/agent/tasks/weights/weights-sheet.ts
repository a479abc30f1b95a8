import { catalogueWith } from '../../../features/catalogue.ts';
import type { Feature } from '../../../features/feature.ts';
import { allowedBy, type Decision, whyRefused } from '../../../governance/decisions.ts';
import type { ReviewedName } from '../../../segmentation/governance/sensitive-review.ts';
import type { FeatureSummary, Model } from '../../../segmentation/model.ts';
import { sectorsOf } from '../../../segmentation/overlays/overlays.ts';
import { fence, formatSize, formatValue, SMALLEST_REPORTED } from '../../../segmentation/wording.ts';

const MOST_CATEGORIES = 10;

/** A feature as the choice of weights sees it. */
export interface WeighableFeature {
  feature: Feature;
  /** In the standing recipe; 0 where it has no part in it. */
  weight: number;
  /** Of all customers, and how far the standing segments differ in it; null where the shop's data says nothing of it. */
  overall: Pick<FeatureSummary, 'overallMean' | 'overallMedian' | 'explained'> | null;
}

export interface WeightsSheet {
  usable: WeighableFeature[];
  /** Features and categories that are not to be used for grouping, whatever the priority. */
  barred: { id: string; label: string; why: string }[];
}

/**
 * Which features the standing model could weigh otherwise, and what nobody may.
 *
 * @param names that were found to tell of protected traits
 */
export function weightsSheet(
  model: Model,
  decisions: readonly Decision[],
  names: readonly Pick<ReviewedName, 'kind' | 'name' | 'ground'>[],
): WeightsSheet {
  const told = new Map(model.segments[0]?.features.map(summary => [summary.id, summary]));
  const weights = new Map(model.recipe.features.map(({ id, weight }) => [id, weight]));
  const features = catalogueWith(sectorsOf(model)).filter(({ clusters }) => clusters);
  const allowed = features.filter(feature => allowedBy(decisions, feature));
  return {
    usable: allowed.flatMap(feature => {
      const overall = told.get(feature.id) ?? null;
      const weight = weights.get(feature.id) ?? 0;
      return overall === null && weight === 0 ? [] : [{ feature, weight, overall }];
    }),
    barred: [
      ...features.flatMap(feature => {
        const refused = whyRefused(decisions, feature);
        return refused ? [{ id: feature.id, label: feature.label, why: refused.why }] : [];
      }),
      ...names
        .filter(({ kind }) => kind === 'category')
        .slice(0, MOST_CATEGORIES)
        .map(({ name, ground }) => ({
          id: fence(name),
          label: 'a category of products',
          why: ground === 'proxy' ? 'it can stand in for a protected trait' : `it tells of ${ground}`,
        })),
    ],
  };
}

/** The sheet as text, with the shop's segments as they are now: what a choice of weights can rest on. */
export function sheetText({ usable, barred }: WeightsSheet, model: Model, priority: string): string {
  const { currency } = model.population;
  // Beside a size, a share tells of all customers, and with them of a segment that is withheld.
  const sharesTell = model.segments.some(({ size }) => size < SMALLEST_REPORTED);
  return [
    `The priority, in the words of the shop: ${quotedLine(priority)}`,
    '',
    `Figures as of ${model.describedAsOf}. Features (id | what it says | class | weight now | mean and median of all customers | part of its variance that lies between the segments of now):`,
    ...usable.map(({ feature, weight, overall }) =>
      [
        feature.id,
        feature.label,
        feature.class,
        formatValue(weight, 'ratio', null),
        overall
          ? `${formatValue(overall.overallMean, feature.unit, currency)}, ${formatValue(overall.overallMedian, feature.unit, currency)}`
          : 'not known',
        overall ? formatValue(overall.explained, 'share', null) : 'not known',
      ].join(' | '),
    ),
    '',
    'Not to be used:',
    ...(barred.length === 0 ? ['none'] : barred.map(({ id, label, why }) => `${id} | ${label} | ${why}`)),
    '',
    'Segments of now:',
    ...model.segments.map(
      ({ size, share, persona }) =>
        `${fence(persona.name)} | ${formatSize(size)} customers${sharesTell ? '' : `, ${formatValue(share, 'share', null)}`}`,
    ),
  ].join('\n');
}

/** Words of a person, who may have pasted anything: one line in quotes, without marks that could end them. */
export function quotedLine(words: string): string {
  return `“${words
    .replace(/[“”"<>{}[\]`\\]/g, '')
    .replace(/[\p{C}\p{Z}\s]+/gu, ' ')
    .trim()
    .slice(0, 1000)}”`;
}
