import type { Sync } from '../../../src/activation/sync.ts';
import type { State } from '../../../src/state/state.ts';

export interface MadeMember {
  profileId: string;
  arm: 'treated' | 'holdout';
  segment: string;
}

/** A sync that was approved at a moment, and with it who is treated and who is held out. */
export async function madeSync(
  state: State,
  {
    members,
    at,
    name = 'Win back',
    handle = 'a-0000abcd',
    connection = 'klaviyo',
    holdout = 0.1,
  }: {
    members: readonly MadeMember[];
    at: string;
    name?: string;
    handle?: string;
    connection?: string;
    holdout?: number;
  },
): Promise<Sync> {
  await state.audiences.save({
    handle,
    name,
    filter: { field: 'orders', is: 'at least', value: 1 } as never,
    createdAt: at,
    createdBy: 'ada',
  } as never);
  const by = { createdAt: at, createdBy: 'ada' };
  const sync = await state.syncs.open({
    audience: handle,
    connection,
    target: { name, id: null, options: {} },
    basis: { lawfulBasis: 'consent', interest: '' },
    holdout,
    holdoutKey: '00'.repeat(16),
    mostChange: 0.2,
    purpose: 'win them back',
    ...by,
  });
  await assigned(state, sync, { members, at });
  return (await state.syncs.byId(sync.id))!;
}

/** One more wave of a sync. */
export async function assigned(
  state: State,
  sync: Pick<Sync, 'id'>,
  { members, at }: { members: readonly MadeMember[]; at: string },
): Promise<void> {
  const counts = {
    members: members.length,
    adds: members.length,
    updates: 0,
    removes: 0,
    unchanged: 0,
    holdout: 0,
    suppressed: [],
    against: 'last sent' as const,
  };
  const run = await state.syncRuns.draft({
    sync: sync.id,
    kind: 'follow',
    asOf: at.slice(0, 10),
    record: 'made',
    counts,
    createdAt: at,
    createdBy: 'ada',
  });
  await state.syncRuns.addChanges(
    run,
    members.map(({ profileId, arm, segment }) => ({
      profileId,
      action: arm === 'holdout' ? ('hold' as const) : ('add' as const),
      segment,
      member: arm === 'holdout' ? null : { key: profileId },
    })),
    at,
  );
  await state.syncRuns.follow(run, counts, { at, by: 'ada' });
}
