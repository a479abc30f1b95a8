import { approve as decide, type Ruling } from '../../../src/segmentation/proposals/decide.ts';
import type { Promoted } from '../../../src/segmentation/recluster/promote.ts';
import type { SegmentContext } from '../../../src/segmentation/segment-shop.ts';

/** Approves a proposal of which a model comes to stand. */
export async function approve(context: SegmentContext, ruling: Ruling): Promise<Promoted> {
  const approved = await decide(context, ruling);
  if (approved.kind !== 'promoted') throw new Error(`${ruling.id} promotes nothing: ${approved.kind}`);
  return approved;
}
