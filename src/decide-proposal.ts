import type { App } from './app.ts';
import type { Progress } from './progress.ts';
import { type Approved, approve, type Ruling, reject } from './segmentation/proposals/decide.ts';
import type { Proposal } from './state/proposals.ts';

export type { Ruling };

/** What came of a decision. */
export type Decided =
  | { decision: 'approve'; approved: Approved }
  | { decision: 'reject'; proposal: Proposal };

/**
 * Carries out what a person decided at a surface that serves many, in a turn of its own. Whoever goes away meanwhile does
 * not take it back.
 *
 * @throws InputError where it is decided already, or can no longer be carried out
 */
export async function decideProposal(
  app: Pick<App, 'warehouse' | 'state' | 'turns' | 'now'>,
  { decision, ...ruling }: Ruling & { decision: Decided['decision'] },
  progress?: Progress,
): Promise<Decided> {
  return app.turns.take(decision, async () => {
    const context = { warehouse: await app.warehouse(), state: await app.state(), now: app.now };
    return decision === 'approve'
      ? { decision, approved: await approve(context, ruling, progress) }
      : { decision, proposal: await reject(context, ruling) };
  });
}
