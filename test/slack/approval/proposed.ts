import { buildAudience } from '../../../src/segmentation/audiences/build-audience.ts';
import { block } from '../../../src/segmentation/governance/block.ts';
import { openFeature } from '../../../src/segmentation/proposals/open-feature.ts';
import { openPersonas } from '../../../src/segmentation/proposals/open-personas.ts';
import { openSync } from '../../../src/segmentation/proposals/open-sync.ts';
import type { SegmentContext } from '../../../src/segmentation/segment-shop.ts';
import type { Proposal } from '../../../src/state/proposals.ts';
import { freshName } from '../../mcp/approval/asked-shop.ts';

/** Proposals of each kind that decides soon, opened by hand. */

export async function proposeTexts(
  context: SegmentContext,
  { name = freshName(), why = 'clearer', actor = 'grace, through Claude Desktop' } = {},
): Promise<Proposal> {
  const { key, persona } = (await context.state.models.current())!.segments[0]!;
  return openPersonas(context, { texts: [{ key, after: { ...persona, name } }], why, actor });
}

export async function proposeFeature(context: SegmentContext): Promise<Proposal> {
  await block(context, {
    what: 'evening_share',
    ground: 'proxy',
    by: 'grace',
    reason: 'not needed',
  });
  return openFeature(context, {
    feature: 'evening_share',
    lawfulBasis: 'consent',
    why: 'to write at the right hour',
    actor: 'grace',
  });
}

export async function proposeList(context: SegmentContext): Promise<Proposal> {
  const built = await buildAudience(context, {
    filter: { field: 'orders', atLeast: 1 },
    name: 'Winter letter',
    actor: 'grace',
  });
  return openSync(context, { built, destination: 'file', purpose: 'a winter letter', actor: 'grace' });
}

export const firstName = async ({ state }: SegmentContext) =>
  (await state.models.current())!.segments[0]!.persona.name;
