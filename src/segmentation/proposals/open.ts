import type { Proposal } from '../../state/proposals.ts';
import type { SegmentContext } from '../segment-shop.ts';
import type { Draft } from './bodies.ts';

/** Has a draft wait for a person. */
export function open(
  { state, now }: Pick<SegmentContext, 'state' | 'now'>,
  { body, ...draft }: Draft,
  actor: string,
): Promise<Proposal> {
  return state.proposals.open({
    ...draft,
    body: { ...body },
    createdAt: now().toISOString(),
    createdBy: actor,
  });
}
