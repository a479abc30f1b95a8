import type { Proposal } from '../../state/proposals.ts';
import { showAudience } from '../audiences/build-audience.ts';
import type { SegmentContext } from '../segment-shop.ts';
import { formatSize } from '../wording.ts';
import type { SyncBody } from './bodies.ts';
import { open } from './open.ts';

/**
 * Proposes that the members of an audience are handed out. Nobody is looked up by name before a person approves it.
 *
 * @throws InputError where there is no audience of this handle, or it asks for what is no longer there
 */
export async function openSync(
  context: Pick<SegmentContext, 'warehouse' | 'state' | 'now'>,
  {
    handle,
    destination,
    purpose,
    actor,
  }: Pick<SyncBody, 'handle' | 'destination' | 'purpose'> & { actor: string },
): Promise<Proposal> {
  const { audience, figures } = await showAudience(context, handle);
  const { customers, asOf } = figures;
  const body: SyncBody = {
    handle: audience.handle,
    name: audience.name,
    destination,
    purpose,
    customers,
    asOf,
  };
  const summary = `The ${formatSize(customers)} members of ${audience.handle} (${audience.name}) would be written to a file for whoever approves it.`;
  return open(context, { kind: 'sync', subject: audience.handle, summary, body }, actor);
}
