import { z } from 'zod';
import { grounds } from '../governance/blocked-terms.ts';
import { currentModel } from '../segmentation/current.ts';
import { type SensitiveReview, sensitiveReview } from '../segmentation/governance/sensitive-review.ts';
import { nameKinds } from '../segmentation/governance/shop-names.ts';
import { tamed } from '../segmentation/wording.ts';
import { labelOf } from './results/feature-label.ts';
import { count, day, people, peopleOf } from './results/values.ts';
import { tool } from './tool.ts';

const MOST = 30;

const decisionShape = z.object({
  effect: z.enum(['allow', 'block']),
  lawfulBasis: z.string().nullable(),
  on: day,
});

export const reviewSensitiveTool = tool({
  name: 'review_sensitive',
  title: 'Review what is sensitive',
  description:
    'Features, categories, products, coupons and other names that tell of a protected trait (GDPR article 9 kinds and proxies), what was decided on them, and what is blocked. Only people allow.',
  input: z.object({ kind: z.enum(nameKinds).optional().describe('names of this kind only') }),
  output: z.object({
    asOf: day,
    features: z.array(
      z.object({
        id: z.string(),
        label: z.string(),
        sensitivity: z.enum(['none', 'proxy', 'special']),
        inModel: z.boolean(),
        decision: decisionShape.nullable(),
      }),
    ),
    plainFeatures: count,
    names: z.array(
      z.object({
        kind: z.enum(nameKinds),
        name: z.string(),
        ground: z.enum(grounds),
        foundBy: z.enum(['lexicon', 'blocked']),
        customers: people,
      }),
    ),
    more: count,
    screened: z.array(z.object({ kind: z.enum(nameKinds), names: count })),
    blocked: z.array(z.object({ term: z.string(), ground: z.enum(grounds), inModel: z.boolean() })),
    moreBlocked: count,
    next: z.string(),
  }),
  effect: 'read',
  role: 'viewer',
  async run({ warehouse, state }, { kind }) {
    const review = await sensitiveReview({ warehouse, state });
    const names = review.names.filter(name => kind === undefined || name.kind === kind);
    return {
      asOf: review.asOf ?? (await currentModel(state)).describedAsOf,
      features: review.features.map(featureOf),
      plainFeatures: review.plainFeatures,
      names: names.slice(0, MOST).map(({ customers, ...name }) => ({
        ...name,
        // A coupon of a few may bear their names.
        name: name.kind === 'coupon' && customers === null ? 'a coupon of few' : tamed(name.name),
        customers: peopleOf(customers ?? 0),
      })),
      more: Math.max(0, names.length - MOST),
      screened: nameKinds.map(each => ({ kind: each, names: review.screened[each] })),
      blocked: review.blockedTerms.slice(0, MOST).map(({ term, ground, inModel }) => ({
        term: tamed(term),
        ground,
        inModel,
      })),
      moreBlocked: Math.max(0, review.blockedTerms.length - MOST),
      next: 'Names of categories, products, coupons and campaigns that are listed, and all that is blocked, are kept out of features, habits and filters by themselves. A person blocks more with kindred block, and allows a feature with kindred allow and a lawful basis.',
    };
  },
});

function featureOf({ decision, ...feature }: SensitiveReview['features'][number]) {
  return {
    id: feature.id,
    label: labelOf(feature),
    sensitivity: feature.sensitivity,
    inModel: feature.inModel,
    decision: decision && {
      effect: decision.effect,
      lawfulBasis: decision.lawfulBasis,
      on: decision.at.slice(0, 10),
    },
  };
}
