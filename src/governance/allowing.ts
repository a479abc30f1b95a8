import { InputError } from '../errors.ts';
import type { Feature } from '../features/feature.ts';
import { allowCommand, type Decision, type LawfulBasis } from './decisions.ts';

/** Article 9(2) of the UK and EU GDPR: without one of them a special category may not be processed at all. */
export const conditions = {
  'explicit-consent': '9(2)(a), explicit consent',
  'employment-and-social-security': '9(2)(b), employment, social security and social protection law',
  'vital-interests': '9(2)(c), vital interests',
  'not-for-profit-body': '9(2)(d), a not-for-profit body and its members',
  'made-public': '9(2)(e), made public by the person',
  'legal-claims': '9(2)(f), legal claims',
  'substantial-public-interest': '9(2)(g), substantial public interest',
  'health-or-social-care': '9(2)(h), health or social care',
  'public-health': '9(2)(i), public health',
  'archiving-and-research': '9(2)(j), archiving, research and statistics',
} as const;
export type Condition = keyof typeof conditions;

export interface Allowing {
  basis: LawfulBasis;
  /** Needed for a special category; its words become part of the reason. */
  condition?: Condition | undefined;
  by: string;
  reason: string;
  /** ISO time. */
  at: string;
}

/**
 * The decision that a feature may be used.
 *
 * @throws InputError where the feature tells of a special category and no condition of article 9 is named
 */
export function allowing(
  feature: Pick<Feature, 'id' | 'label' | 'sensitivity'>,
  { basis, condition, by, reason, at }: Allowing,
): Decision {
  if (feature.sensitivity === 'special' && condition === undefined)
    throw new InputError(
      `"${feature.id}" (${feature.label}) tells of a special category of data, which article 9 of the GDPR forbids to use without one of its conditions.`,
      `Name the one that holds: ${allowCommand(feature)} (${Object.keys(conditions).join(', ')}).`,
    );
  return {
    feature: feature.id,
    effect: 'allow',
    lawfulBasis: basis,
    decidedBy: by,
    at,
    reason: condition === undefined ? reason : `Article ${conditions[condition]}: ${reason}`,
  };
}
