import type { ServerContext } from '@modelcontextprotocol/server';
import { type Approved, approve, reject } from '../../segmentation/proposals/decide.ts';
import { proposalOf } from '../../segmentation/proposals/find.ts';
import { oneLine } from '../../segmentation/proposals/open.ts';
import { tamed } from '../../segmentation/wording.ts';
import { candidateKinds, type Proposal } from '../../state/proposals.ts';
import type { Connection } from '../tools/connection.ts';
import { wordsOf } from '../tools/errors.ts';
import { progressOf } from '../tools/progress.ts';

/** What a person said of a proposal, and through which client. */
interface Said {
  decision: 'approve' | 'reject';
  reason: string;
  client: string;
}

/** Carries a person's decision out, and says what came of it; where it cannot be carried out, why, and what stands. */
export async function carryOut(
  connection: Pick<Connection, 'app' | 'caller' | 'log'>,
  { id }: Proposal,
  { decision, reason, client }: Said,
  ctx: ServerContext,
): Promise<string> {
  const { app, caller } = connection;
  const by = caller.actor;
  const state = await app.state();
  const own = oneLine(reason);
  const ruling = { id, by, reason: own === '' ? `Asked in ${client}.` : `${own} (asked in ${client})` };
  try {
    return await app.turns.take(decision, async () => {
      const context = { warehouse: await app.warehouse(), state, now: app.now };
      // Once a person has decided, a client that goes away does not take it back.
      if (decision === 'approve')
        return `Approved by ${by}, asked in ${client}. ${cameOf(await approve(context, ruling, progressOf(ctx)))}`;
      return `Rejected by ${by}, asked in ${client}${own === '' ? '' : `, because: ${tamed(own, 300)}`}. ${stays(await reject(context, ruling))}`;
    });
  } catch (error) {
    const { status } = await proposalOf(state, id);
    const ends = status === 'open' ? ` ${id} stays open and nothing has changed.` : '';
    return `${by} said ${decision}, but it was not carried out: ${wordsOf(error, connection)}${ends}`;
  }
}

function cameOf(approved: Approved): string {
  switch (approved.kind) {
    case 'promoted':
      return `These are the segments now, as of ${approved.record.asOf}: list_segments shows them. kindred rollback takes it back.`;
    case 'renamed':
      return `The texts stand now for ${approved.keys.join(', ')}; who is in them stays.`;
    case 'allowed':
      return 'It may be used in filters now, and in the segments that are found from now on.';
    case 'written':
      return 'The members were written to a file.';
  }
}

function stays({ kind }: Proposal): string {
  if (candidateKinds.includes(kind)) return 'The segments stay as they are.';
  return kind === 'feature' ? 'It may not be used.' : 'The texts stay as they are.';
}
