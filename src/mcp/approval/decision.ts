import type { ServerContext } from '@modelcontextprotocol/server';
import { decideProposal } from '../../decide-proposal.ts';
import { proposalOf } from '../../segmentation/proposals/find.ts';
import { oneLine } from '../../segmentation/proposals/open.ts';
import { cameOf, staysAsItIs } from '../../segmentation/proposals/outcome-words.ts';
import { wordedAs } from '../../segmentation/proposals/proposal-words.ts';
import { tamed } from '../../segmentation/wording.ts';
import type { Proposal } from '../../state/proposals.ts';
import { wordsOf } from '../../told-errors.ts';
import type { Connection } from '../tools/connection.ts';
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
  const kept = own === '' ? `Asked in ${client}.` : `${own} (asked in ${client})`;
  try {
    // Once a person has decided, a client that goes away does not take it back.
    const decided = await decideProposal(app, { id, by, reason: kept, decision }, progressOf(ctx));
    if (decided.decision === 'reject')
      return `Rejected by ${by}, asked in ${client}${own === '' ? '' : `, because: ${tamed(own, 300)}`}. ${staysAsItIs(wordedAs(decided.proposal))}`;
    const { approved } = decided;
    const where = approved.kind === 'promoted' ? ' list_segments shows them.' : '';
    return `Approved by ${by}, asked in ${client}. ${cameOf(approved)}${where}`;
  } catch (error) {
    const { status } = await proposalOf(state, id);
    const ends = status === 'open' ? ` ${id} stays open and nothing has changed.` : '';
    return `${by} said ${decision}, but it was not carried out: ${wordsOf(error, connection)}${ends}`;
  }
}
