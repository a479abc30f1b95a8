import type { Proposal } from '../../state/proposals.ts';
import type { BuiltAudience } from '../audiences/build-audience.ts';
import type { SegmentContext } from '../segment-shop.ts';
import { formatSize } from '../wording.ts';
import type { FileBody } from './bodies.ts';
import { oneLine, open } from './open.ts';

/** Proposes that the members of an audience are handed out. Nobody is looked up by name before a person approves it. */
export async function openSync(
  context: Pick<SegmentContext, 'state' | 'now'>,
  {
    built: { audience, figures },
    destination,
    purpose,
    actor,
  }: { built: BuiltAudience } & Pick<FileBody, 'destination' | 'purpose'> & { actor: string },
): Promise<Proposal> {
  const { customers, asOf } = figures;
  const body: FileBody = {
    handle: audience.handle,
    name: audience.name,
    destination,
    purpose: oneLine(purpose),
    customers,
    asOf,
  };
  const summary = `The ${formatSize(customers)} members of ${audience.handle} (${audience.name}) would be written to a file for whoever approves it.`;
  return open(context, { kind: 'sync', subject: audience.handle, summary, body }, actor);
}
