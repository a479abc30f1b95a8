import type { Proposal } from '../../state/proposals.ts';
import { withoutLinks } from '../links.ts';
import type { SegmentContext } from '../segment-shop.ts';
import type { Draft } from './bodies.ts';
import { refuseReplacing } from './opened-by.ts';

/** What was written by whatever hand, without links and what a terminal would obey: whoever decides reads it. */
export function oneLine(text: string): string {
  return withoutLinks(text.replaceAll(/[\p{C}\p{Z}\s]+/gu, ' ')).trim();
}

/**
 * Has a draft wait for a person.
 *
 * @throws InputError where a model would supersede what a person opened
 */
export async function open(
  { state, now }: Pick<SegmentContext, 'state' | 'now'>,
  { body, ...draft }: Draft,
  actor: string,
): Promise<Proposal> {
  await refuseReplacing(state, draft, actor);
  return state.proposals.open({
    ...draft,
    body: { ...body },
    createdAt: now().toISOString(),
    createdBy: actor,
  });
}
