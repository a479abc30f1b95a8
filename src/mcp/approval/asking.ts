import {
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { writesFile } from '../../segmentation/proposals/bodies.ts';
import { proposalOf } from '../../segmentation/proposals/find.ts';
import { oneLine } from '../../segmentation/proposals/open.ts';
import type { Proposal } from '../../state/proposals.ts';
import { proposalResult } from '../../tools/results/proposal-result.ts';
import { type Told, toldOf } from '../../tools/results/told-proposal.ts';
import { recordAnswer, recordCall } from '../audit.ts';
import { clientOf } from '../client-of.ts';
import type { Connection } from '../tools/connection.ts';
import { carryOut } from './decision.ts';
import { answer, formOf } from './form.ts';
import type { Asked } from './request-state.ts';

/** What came of a question: the proposal as it is now, and in `decide` what was decided, or where to. */
export interface Heard {
  proposal: Proposal;
  told: Told;
}

/** The key of the one question of a round. */
const question = 'decision';

/**
 * Puts a proposal to the person in front of the client. null where nobody is asked: it is not open, its kind needs a
 * terminal, the caller may not decide, or the client cannot ask; `whereToDecide` says so then.
 */
export async function ask(
  { server, caller, mint }: Connection,
  asked: Asked,
  { proposal, told }: Heard,
  ctx: ServerContext,
): Promise<InputRequiredResult | null> {
  if (!canBeAsked(proposal) || caller.role !== 'approver' || !clientOf(server, ctx).asks) return null;
  return inputRequired({
    inputRequests: { [question]: inputRequired.elicit(formOf(proposal, told, asked.forReason === true)) },
    requestState: await mint(asked, ctx),
  });
}

/** After a tool has opened a proposal: the question, or what the tool gave and where to decide. */
export async function askAfter(
  connection: Connection,
  tool: string,
  output: Record<string, unknown>,
  ctx: ServerContext,
): Promise<InputRequiredResult | Heard> {
  const told = proposalResult.parse(output);
  const state = await connection.app.state();
  const proposal = await proposalOf(state, told.proposal);
  const question = { proposal, told: await toldOf(state, proposal) };
  const opened = { proposal, told: { ...told, decide: whereToDecide(proposal, told, connection) } };
  return (await ask(connection, { tool, proposal: proposal.id }, question, ctx)) ?? opened;
}

/** Hears what the person answered, and does it. */
export async function hear(
  connection: Connection,
  tool: string,
  asked: Asked,
  ctx: ServerContext,
): Promise<InputRequiredResult | Heard> {
  const { app, caller, server } = connection;
  const state = await app.state();
  const proposal = await proposalOf(state, asked.proposal);
  const told = await toldOf(state, proposal);
  const open = { proposal, told: { ...told, decide: whereToDecide(proposal, told, connection) } };
  const view = inputResponse(ctx.mcpReq.inputResponses, question);
  if (asked.tool !== tool || view.kind !== 'elicit' || caller.role !== 'approver') {
    await recordCall(app, caller, { kind: 'tool', name: tool });
    return (await ask(connection, { tool, proposal: proposal.id }, open, ctx)) ?? open;
  }
  const client = clientOf(server, ctx).name;
  const said = view.action === 'accept' ? answer.safeParse(view.content).data : undefined;
  await recordAnswer(app, caller, { proposal: proposal.id, client, answer: said?.decision ?? view.action });
  const undecided = (why: string): Heard => ({
    proposal,
    told: { ...told, decide: `${why} ${open.told.decide}` },
  });
  if (view.action !== 'accept')
    return undecided(`${caller.actor} was asked in ${client} and closed the question without deciding.`);
  if (!said) return undecided(`${caller.actor} was asked in ${client}; the answer could not be read.`);
  const { decision, reason = '' } = said;
  if (decision === 'later') return undecided(`${caller.actor} was asked in ${client} and decides later.`);
  if (decision === 'approve' && proposal.kind === 'feature' && oneLine(reason) === '') {
    const again = asked.forReason
      ? null
      : await ask(connection, { tool, proposal: proposal.id, forReason: true }, open, ctx);
    return again ?? undecided(`${caller.actor} gave no reason, without which this cannot be approved.`);
  }
  const decide = await carryOut(connection, proposal, { decision, reason, client }, ctx);
  return { proposal: await proposalOf(state, proposal.id), told: { ...told, decide } };
}

/** Who decides, and where, as long as nobody has. */
export function whereToDecide(
  proposal: Proposal,
  { decide }: Told,
  { caller }: Pick<Connection, 'caller'>,
): string {
  const { status, decidedBy, decidedAt } = proposal;
  if (status === 'superseded') return 'Nothing to decide: it was superseded.';
  if (status !== 'open') return `Decided already: ${status} by ${decidedBy} on ${decidedAt?.slice(0, 10)}.`;
  const where = `${decide} ${places[writesFile(proposal) ? 'terminal' : 'either']}`;
  if (caller.role === 'approver') return where;
  return `${where} That takes the role approver; yours is ${caller.role}, so nobody was asked here.`;
}

/** Whoever may decide over HTTP need not have a terminal on that machine. */
const places = {
  either:
    'That is typed in a terminal where Kindred runs; without one, call review_proposal in a client that can ask its user.',
  terminal:
    'That is typed in a terminal where Kindred runs, as it names the file that people are written to.',
} as const;

/** A file for people is named in a terminal. */
function canBeAsked(proposal: Proposal): boolean {
  return proposal.status === 'open' && !writesFile(proposal);
}
