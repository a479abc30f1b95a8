import { InputError } from '../../errors.ts';
import type { Progress } from '../../progress.ts';
import { findAudience } from '../../segmentation/audiences/build-audience.ts';
import { currentModel } from '../../segmentation/current.ts';
import { oneLine } from '../../segmentation/proposals/open.ts';
import { refuseReplacing } from '../../segmentation/proposals/opened-by.ts';
import { planSummary } from '../../segmentation/proposals/sync-words.ts';
import { fence, tamed } from '../../segmentation/wording.ts';
import type { Proposal } from '../../state/proposals.ts';
import type { ActivationContext } from '../context.ts';
import { holdoutShares, newHoldoutKey } from '../holdout.ts';
import type { PlanBody, PlanCounts, Sync, SyncBasis } from '../sync.ts';
import { targetName } from '../target-name.ts';
import { ownList } from './own-list.ts';
import { type Drafted, draftEnd, draftRun } from './plan.ts';
import { type Reached, reach } from './reach.ts';

export interface SyncRequest {
  /** Handle of the audience. */
  audience: string;
  connection: string;
  /** What the list is to be called there; a name of ours where absent. */
  name?: string | undefined;
  /** The destination's own choices. */
  options?: Readonly<Record<string, string>>;
  basis: SyncBasis;
  /** Left out: as where the audience is kept already, or else the most. */
  holdout?: number | undefined;
  /** Share of the members there that may change without asking again. */
  mostChange: number;
  purpose: string;
  actor: string;
  signal: AbortSignal;
}

export interface OpenedSync {
  sync: Sync;
  run: number;
  proposal: Proposal;
  counts: PlanCounts;
  body: PlanBody;
}

/**
 * Plans to keep an audience at a destination, and lays the plan before a person: nothing is sent. A plan of the same sync
 * that waits is superseded.
 *
 * @throws InputError where it is kept there already or what is asked cannot be, UpstreamError where the destination does not
 *   answer
 */
export async function openSyncProposal(
  context: ActivationContext,
  request: SyncRequest,
  progress?: Progress,
): Promise<OpenedSync> {
  const { audience: handle, connection: name, options = {}, mostChange, actor, signal } = request;
  refuseShares(request);
  const basis = basisOf(request.basis);
  const state = await context.state();
  const audience = await findAudience(state, handle);
  const standing = await state.syncs.standing(audience.handle, name);
  if (standing && standing.status !== 'waiting')
    throw new InputError(
      `${audience.handle} is kept at ${fence(name)} already, as ${standing.id}.`,
      `\`kindred sync plan ${standing.id}\` plans it anew; \`kindred sync end ${standing.id}\` ends it.`,
    );
  if (standing) await refuseReplacing(state, { kind: 'sync', subject: standing.id }, actor);
  const reached = await reach(context, name);
  const target = {
    name: await ownList(
      state,
      { connection: name, audience: audience.handle },
      targetName(reached.destination, audience, await currentModel(state), request.name),
    ),
    id: null,
    options,
  };
  const others = (await state.syncs.list()).filter(
    other => other.audience === audience.handle && other.id !== standing?.id,
  );
  const sync = await state.syncs.open({
    audience: audience.handle,
    connection: name,
    target,
    basis,
    holdout: oneHoldout(request.holdout, others),
    holdoutKey: others[0]?.holdoutKey ?? newHoldoutKey(),
    mostChange,
    purpose: oneLine(request.purpose),
    createdAt: context.now().toISOString(),
    createdBy: actor,
  });
  const drafted = await draftRun(context, { sync, reached, actor, signal }, progress);
  return propose(context, { sync, reached, drafted, kind: 'follow', actor });
}

/** Plans a sync that there is anew, and lays it before a person. */
export async function planSync(
  context: ActivationContext,
  { id, actor, signal }: { id: string; actor: string; signal: AbortSignal },
  progress?: Progress,
): Promise<OpenedSync> {
  const sync = await findSync(context, id);
  if (sync.status === 'ended')
    throw new InputError(`${id} has ended.`, 'Begin another with `kindred sync add`.');
  if (sync.status === 'paused')
    throw new InputError(`${id} is paused.`, `\`kindred sync resume ${id}\` has it follow again.`);
  const state = await context.state();
  if ((await state.syncRuns.ofSync(id)).some(({ kind, status }) => kind === 'end' && status === 'approved'))
    throw new InputError(
      `${id} is about to end: whom Kindred put there is being taken out.`,
      `\`kindred sync show ${id}\` tells how far it is. Begin another with \`kindred sync add\` when it has ended.`,
    );
  await refuseReplacing(state, { kind: 'sync', subject: id }, actor);
  const reached = await reach(context, sync.connection);
  const drafted = await draftRun(context, { sync, reached, actor, signal }, progress);
  return propose(context, { sync, reached, drafted, kind: 'follow', actor });
}

/** Plans that everybody whom Kindred put there goes. null where that is nobody: then it has ended. */
export async function endSync(
  context: ActivationContext,
  { id, actor, signal }: { id: string; actor: string; signal: AbortSignal },
): Promise<OpenedSync | null> {
  const sync = await findSync(context, id);
  const state = await context.state();
  const at = context.now().toISOString();
  const isEmpty = (await state.syncMembers.count(sync.id)) === 0;
  if (sync.status === 'ended') throw new InputError(`${id} has ended already.`, 'Nothing is left to do.');
  if (sync.status === 'waiting' || isEmpty) {
    await state.syncRuns.close(sync.id, { at, by: actor });
    await state.syncs.setStatus(id, { from: ['waiting', 'active', 'paused'], to: 'ended', at, by: actor });
    return null;
  }
  await refuseReplacing(state, { kind: 'sync', subject: id }, actor);
  const reached = await reach(context, sync.connection);
  const drafted = await draftEnd(context, { sync, actor, signal });
  return propose(context, { sync, reached, drafted, kind: 'end', actor });
}

/** Has a draft wait for a person. */
export async function propose(
  context: Pick<ActivationContext, 'state' | 'now'>,
  {
    sync,
    reached: { destination },
    drafted: { run, counts, asOf, record, canShow },
    kind,
    actor,
    asksAgain = '',
  }: {
    sync: Sync;
    reached: Reached;
    drafted: Drafted;
    kind: PlanBody['kind'];
    actor: string;
    asksAgain?: string;
  },
): Promise<OpenedSync> {
  const state = await context.state();
  const { name } = await findAudience(state, sync.audience);
  const { vendor, title, channel } = destination;
  const body: PlanBody = {
    destination: 'connection',
    handle: sync.audience,
    name: tamed(name, 120),
    sync: sync.id,
    run,
    kind,
    connection: sync.connection,
    vendor,
    title,
    channel,
    target: sync.target.name,
    basis: sync.basis,
    holdout: sync.holdout,
    mostChange: sync.mostChange,
    canShow,
    counts,
    asOf,
    record,
    purpose: sync.purpose,
    asksAgain,
  };
  const proposal = await state.syncRuns.propose(run, counts, {
    kind: 'sync',
    subject: sync.id,
    summary: planSummary(body),
    body: { ...body },
    createdAt: context.now().toISOString(),
    createdBy: actor,
  });
  return { sync, run, proposal, counts, body };
}

/** An InputError where there is none. */
export async function findSync({ state }: Pick<ActivationContext, 'state'>, id: string): Promise<Sync> {
  const found = await (await state()).syncs.byId(id);
  if (!found)
    throw new InputError(`There is no sync "${id}".`, '`kindred sync list` shows those that there are.');
  return found;
}

/** Whoever is held out of one tool is held out of all: otherwise another would treat those with whom it is compared. */
function oneHoldout(asked: number | undefined, others: readonly Sync[]): number {
  const other = others.find(({ status }) => status !== 'ended');
  if (other && asked !== undefined && asked !== other.holdout)
    throw new InputError(
      `${other.audience} is kept at ${fence(other.connection)} with a holdout of ${other.holdout}, and another of ${asked} is asked for.`,
      'Leave --holdout out: an audience holds out the same people wherever it is kept.',
    );
  return asked ?? other?.holdout ?? holdoutShares.most;
}

function refuseShares({
  holdout = holdoutShares.most,
  mostChange,
}: Pick<SyncRequest, 'holdout' | 'mostChange'>): void {
  const { least, most } = holdoutShares;
  if (!(holdout >= least && holdout <= most))
    throw new InputError(
      `A holdout of ${holdout} is not between ${least} and ${most}.`,
      `Give a share from ${least} to ${most} with --holdout: without one nobody can tell what the audience earns.`,
    );
  if (!(mostChange >= 0 && mostChange <= 1))
    throw new InputError(`${mostChange} is no share of the members.`, 'Give a number from 0 to 1.');
}

function basisOf({ lawfulBasis, interest }: SyncBasis): SyncBasis {
  const stated = oneLine(interest);
  if (lawfulBasis === 'legitimate-interest' && stated === '')
    throw new InputError(
      'A legitimate interest is claimed, and nobody has said which.',
      'Say it with --interest TEXT, or use --basis consent.',
    );
  return { lawfulBasis, interest: lawfulBasis === 'consent' ? '' : stated };
}
