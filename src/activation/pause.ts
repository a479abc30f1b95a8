import { InputError } from '../errors.ts';
import type { ActivationContext } from './context.ts';
import { findSync } from './plan/propose.ts';

interface Asked {
  id: string;
  actor: string;
}

/** Sends nothing more of a sync, but that people go who have to. What is on its way comes to its end. */
export async function pauseSync(
  context: Pick<ActivationContext, 'state' | 'now'>,
  asked: Asked,
): Promise<void> {
  await change(context, asked, 'active', 'paused');
}

/** What was approved and waits goes on; what was refreshed meanwhile is planned anew. */
export async function resumeSync(
  context: Pick<ActivationContext, 'state' | 'now'>,
  asked: Asked,
): Promise<void> {
  await change(context, asked, 'paused', 'active');
}

async function change(
  { state, now }: Pick<ActivationContext, 'state' | 'now'>,
  { id, actor }: Asked,
  from: 'active' | 'paused',
  to: 'active' | 'paused',
): Promise<void> {
  const { status } = await findSync({ state }, id);
  const { syncs } = await state();
  if (!(await syncs.setStatus(id, { from: [from], to, at: now().toISOString(), by: actor })))
    throw new InputError(
      `${id} is ${status === 'waiting' ? 'not approved yet' : status === 'ended' ? 'ended' : `${status} already`}.`,
      '`kindred sync list` shows how it stands with all.',
    );
}
