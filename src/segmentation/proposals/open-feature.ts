import { InputError } from '../../errors.ts';
import { featureById } from '../../features/catalogue.ts';
import { allowedBy, type LawfulBasis } from '../../governance/decisions.ts';
import type { Proposal } from '../../state/proposals.ts';
import type { SegmentContext } from '../segment-shop.ts';
import type { FeatureBody } from './bodies.ts';
import { oneLine, open } from './open.ts';

/**
 * Proposes that a feature may be used which is sensitive, or was blocked.
 *
 * @throws InputError where there is no such feature, or it may be used already
 */
export async function openFeature(
  context: Pick<SegmentContext, 'state' | 'now'>,
  {
    feature: id,
    lawfulBasis,
    why,
    actor,
  }: { feature: string; lawfulBasis: LawfulBasis; why: string; actor: string },
): Promise<Proposal> {
  const feature = featureById(id);
  if (!feature)
    throw new InputError(`There is no feature "${id}".`, 'See `kindred features` for the catalogue.');
  const { label, sensitivity } = feature;
  if (allowedBy(await context.state.decisions.list(), feature))
    throw new InputError(`"${id}" (${label}) may be used already.`, 'Nothing needs to be decided.');
  const body: FeatureBody = { feature: id, label, sensitivity, lawfulBasis, why: oneLine(why) };
  const summary = `“${label}” would be allowed in recipes and filters, on the lawful basis of ${lawfulBasis.replaceAll('-', ' ')}.`;
  return open(context, { kind: 'feature', subject: id, summary, body }, actor);
}
