import { isInputRequiredResult, type ServerContext } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { InputError } from '../../errors.ts';
import { proposalOf } from '../../segmentation/proposals/find.ts';
import { wordedAs } from '../../segmentation/proposals/proposal-words.ts';
import type { State } from '../../state/state.ts';
import { inputSchema } from '../../tools/inputs/json-schema.ts';
import { proposalResult } from '../../tools/results/proposal-result.ts';
import { toldOf, whoOf } from '../../tools/results/told-proposal.ts';
import { recordCall } from '../audit.ts';
import { type Answer, type Connection, guarded } from '../tools/connection.ts';
import { advertised, annotationsOf, outputSchema } from '../tools/definition.ts';
import { longestResult, structured } from '../tools/result.ts';
import { ask, type Heard, hear, whereToDecide } from './asking.ts';
import { pageOf } from './paging.ts';
import type { Asked } from './request-state.ts';

const name = 'review_proposal';

/** Of the entries; what stands around them is short. */
const longestPage = longestResult - 1000;

const input = z.object({
  proposal: z.string().optional().describe('its id, such as p-3; all that are open if left out'),
  page: z.number().int().min(1).optional().describe('of a list that came in pages'),
});

const output = z.object({
  proposals: z.array(
    proposalResult.extend({
      kind: z.string(),
      status: z.enum(['open', 'approved', 'rejected', 'superseded']),
      openedOn: z.string(),
      openedBy: z.string(),
    }),
  ),
  page: z.object({ number: z.number().int(), of: z.number().int() }).optional(),
});

const schemas = { input: inputSchema({ input }), output: outputSchema(output) };

/**
 * For what waits already. It takes no decision as its input, so a model that calls it decides nothing: where the client
 * can ask, the person does.
 */
export function registerReview(connection: Connection): void {
  connection.server.registerTool(
    name,
    {
      title: 'Review a proposal',
      description:
        'Shows a proposal that waits for a decision, or all that are open, and has the client ask the person to approve or reject it. Takes no decision itself.',
      annotations: annotationsOf(connection.caller.role === 'approver' ? 'propose' : 'read'),
      inputSchema: advertised(schemas.input),
      outputSchema: advertised(schemas.output),
    },
    (given, ctx) => guarded(connection, ctx, () => review(connection, given, ctx)),
  );
}

async function review(
  connection: Connection,
  given: Record<string, unknown>,
  ctx: ServerContext,
): Promise<Answer> {
  const { app, caller } = connection;
  const asked = ctx.mcpReq.requestState<Asked>();
  if (asked) {
    const heard = await hear(connection, name, asked, ctx);
    return isInputRequiredResult(heard) ? heard : structured({ proposals: [entryOf(heard)] });
  }
  await recordCall(app, caller, { kind: 'tool', name });
  const { proposal, page = 1 } = read(given);
  const found = await waiting(await app.state(), proposal);
  const [one] = found;
  const question = one && found.length === 1 && (await ask(connection, askedOf(one), one, ctx));
  if (question) return question;
  const entries = found.map(({ proposal, told }) =>
    entryOf({ proposal, told: { ...told, decide: whereToDecide(proposal, told, connection) } }),
  );
  const { items: proposals, of } = pageOf(entries, page, longestPage);
  return structured(of === 1 ? { proposals } : { proposals, page: { number: page, of } });
}

const askedOf = ({ proposal }: Heard): Asked => ({ tool: name, proposal: proposal.id });

function read(given: Record<string, unknown>): z.output<typeof input> {
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
  const { success, data } = input.strict().safeParse(said);
  if (success) return data;
  throw new InputError(
    `${name} takes the id of a proposal and nothing else.`,
    'Call it as {"proposal":"p-3"}, or without anything for all that are open. A person decides, in the client or a terminal.',
  );
}

/** The one that was named, whatever became of it, or those that are open, newest first. */
async function waiting(state: State, id: string | undefined): Promise<Heard[]> {
  const found =
    id === undefined
      ? (await state.proposals.list()).filter(({ status }) => status === 'open')
      : [await proposalOf(state, id)];
  return Promise.all(found.map(async proposal => ({ proposal, told: await toldOf(state, proposal) })));
}

function entryOf({ proposal, told }: Heard): z.input<typeof output>['proposals'][number] {
  const { status, createdAt } = proposal;
  return {
    ...told,
    kind: wordedAs(proposal),
    status,
    openedOn: createdAt.slice(0, 10),
    openedBy: whoOf(proposal),
  };
}
