import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliverDue } from '../../../src/activation/deliver/deliver.ts';
import { followDue } from '../../../src/activation/follow.ts';
import { pauseSync, resumeSync } from '../../../src/activation/pause.ts';
import { endSync, openSyncProposal, planSync } from '../../../src/activation/plan/propose.ts';
import { withdraw } from '../../../src/activation/withdraw.ts';
import { disconnect } from '../../../src/connections/disconnect.ts';
import { UpstreamError } from '../../../src/errors.ts';
import { VendorRefusal } from '../../../src/vendors/refusal.ts';
import { type SyncWorld, silentLog, syncWorld, unstopped } from './world.ts';

/** What people decide while a plan is made, a call is under way, or a run is half sent. */

let world: SyncWorld;
beforeEach(async () => {
  world = await syncWorld();
}, 60_000);
afterEach(() => world?.close());

const told = { signal: unstopped(), log: silentLog };
const by = { id: 's-1', actor: 'ada' };
const asked = { ...by, signal: unstopped() };
const delivered = () => deliverDue(world.context, told);
const opened = (changed: object = {}) =>
  openSyncProposal(world.context, {
    audience: world.audience,
    connection: 'mail',
    basis: { lawfulBasis: 'consent', interest: '' },
    holdout: 0.1,
    mostChange: 0.2,
    purpose: 'a newsletter',
    actor: 'ada',
    signal: unstopped(),
    ...changed,
  });
async function approved(): Promise<void> {
  const { proposal } = await opened();
  await world.approve(proposal.id);
}

/** Does something while the next call of a kind is under way. */
function during(call: 'add' | 'remove', what: () => Promise<unknown>): void {
  const { destination } = world.vendor;
  const plain = destination[call] as (...args: unknown[]) => Promise<never>;
  Object.assign(destination, {
    async [call](...args: unknown[]) {
      destination[call] = plain;
      await what();
      return plain(...args);
    },
  });
}

/** Does something after the next batch was claimed, and before anything of it is sent. */
function onceClaimed(what: () => Promise<unknown>): void {
  const { turns } = world.context;
  let isNext = true;
  world.context.turns = {
    ...turns,
    async take(name, work, signal) {
      const result = await turns.take(name, work, signal);
      if (isNext && name === 'looking at permissions') {
        isNext = false;
        await what();
      }
      return result;
    },
  };
}

test('a pause holds back what is left of a run that is being sent', async () => {
  const { vendor, context } = world;
  await approved();
  during('add', () => pauseSync(context, by));
  await delivered();
  await delivered();
  expect(vendor.calls).toHaveLength(1);
  await resumeSync(context, by);
  expect((await delivered()).finished).toHaveLength(1);
});

test('an end takes out whoever came after it was planned', async () => {
  const { vendor, context, state } = world;
  await approved();
  let end = '';
  during('add', async () => {
    end = (await endSync(context, asked))!.proposal.id;
  });
  await delivered();
  expect(vendor.list.size).toBeGreaterThan(7);
  await world.approve(end);
  await delivered();
  await delivered();
  expect([...vendor.list]).toEqual([]);
  expect((await state.syncs.byId('s-1'))?.status).toBe('ended');
});

test('an end that is approved while a call is under way waits for it', async () => {
  const { vendor, context, state, clock } = world;
  await approved();
  vendor.faults = ['none', 'some again'];
  await delivered();
  const { proposal } = (await endSync(context, asked))!;
  clock.pass(31);
  during('add', () => world.approve(proposal.id));
  vendor.faults = ['some again'];
  await delivered();
  clock.pass(3600);
  await delivered();
  await delivered();
  expect([...vendor.list]).toEqual([]);
  expect((await state.syncs.byId('s-1'))?.status).toBe('ended');
});

test('a paused sync can be ended', async () => {
  const { vendor, context, state } = world;
  await approved();
  await delivered();
  await pauseSync(context, by);
  await world.approve((await endSync(context, asked))!.proposal.id);
  await expect(planSync(context, asked)).rejects.toThrow('s-1 is about to end');
  await delivered();
  expect([...vendor.list]).toEqual([]);
  expect((await state.syncs.byId('s-1'))?.status).toBe('ended');
});

test.each(['end', 'pause'] as const)(
  'a sync that follows stops where somebody asks for its %s while it is planned',
  async what => {
    const { vendor, context, state } = world;
    await approved();
    await delivered();
    await world.shop.refresh(1);
    const { members } = vendor.destination;
    vendor.destination.members = async function* (...args) {
      vendor.destination.members = members!;
      if (what === 'end') await world.approve((await endSync(context, asked))!.proposal.id);
      else await pauseSync(context, by);
      yield* members!(...args);
    };
    expect(await followDue(context, told)).toEqual([]);
    await delivered();
    expect(vendor.list.size === 0).toBe(what === 'end');
    expect((await state.syncs.byId('s-1'))?.status).toBe(what === 'end' ? 'ended' : 'paused');
  },
);

test('who was not taken by an older plan comes by the newer or not at all', async () => {
  const { vendor, context, clock, people } = world;
  await approved();
  vendor.faults = ['some again'];
  await delivered();
  const stays = people.findLast(id => world.countries.get(id) === 'GB')!;
  for (const id of people) if (id !== stays) await world.live(id, 'FR');
  clock.pass(31);
  const { proposal } = await planSync(context, asked);
  vendor.faults = ['some again'];
  during('add', () => world.approve(proposal.id));
  await delivered();
  await delivered();
  clock.pass(24 * 3600);
  await delivered();
  expect([...vendor.list.keys()].filter(address => address !== world.addressOf(stays))).toEqual([]);
});

test('who objects between the claim of a batch and its call is not sent', async () => {
  const { vendor, context, state, addressOf } = world;
  await approved();
  const first = (await state.syncMembers.assignments('s-1')).find(({ arm }) => arm === 'treated')!.profileId;
  onceClaimed(() => withdraw(context, [first], { by: 'ada', reason: 'objected to profiling' }));
  await delivered();
  expect(vendor.seen).not.toContain(first);
  expect(vendor.list.has(addressOf(first))).toBe(false);
  expect(await state.syncMembers.of('s-1', [first])).toEqual([]);
});

test('who was forgotten between the claim of a batch and its call is neither sent nor known', async () => {
  const { vendor, state } = world;
  await approved();
  const first = (await state.syncMembers.assignments('s-1')).find(({ arm }) => arm === 'treated')!.profileId;
  onceClaimed(() => state.syncMembers.forget([first]));
  await delivered();
  expect(vendor.seen).not.toContain(first);
  expect(await state.syncMembers.of('s-1', [first])).toEqual([]);
});

test('a sync that ends before its first call sends nothing', async () => {
  const { vendor, context, state } = world;
  await approved();
  onceClaimed(() => endSync(context, asked));
  await delivered();
  await delivered();
  expect(vendor.calls).toEqual([]);
  expect(await state.syncMembers.count('s-1')).toBe(0);
});

test('a plan whose sync was asked for otherwise since cannot be approved, also where no newer plan came about', async () => {
  const { vendor, state } = world;
  const first = await opened();
  vendor.faults = ['down'];
  await expect(
    opened({ name: 'Another list', basis: { lawfulBasis: 'legitimate-interest', interest: 'letters' } }),
  ).rejects.toThrow(UpstreamError);
  await expect(world.approve(first.proposal.id)).rejects.toThrow('was superseded');
  expect(await state.syncRuns.due('2027-01-01T00:00:00Z')).toEqual([]);
});

test('an outage uses up none of the tries that a refused call has', async () => {
  const { vendor, clock } = world;
  await approved();
  vendor.faults = Array.from({ length: 8 }, () => 'down');
  for (let i = 0; i < 8; i++) {
    await delivered();
    clock.pass(3600);
  }
  const { add } = vendor.destination;
  vendor.destination.add = async () => {
    throw new VendorRefusal({ name: 'mail', vendor: 'webhook' }, 400, 'busy');
  };
  expect((await delivered()).refused).toBe(0);
  vendor.destination.add = add;
  clock.pass(3600);
  const { finished, refused } = await delivered();
  expect([finished.length, refused]).toEqual([1, 0]);
});

test('a connection to another account pauses its syncs, and what was planned for the one before falls', async () => {
  const { vendor, context, state } = world;
  await approved();
  await delivered();
  const { proposal } = await planSync(context, asked);
  const moved = { at: context.now().toISOString(), by: 'ada' };
  expect(await state.syncs.moved('mail', moved)).toEqual(['s-1']);
  expect(await state.syncs.moved('mail', moved)).toEqual([]);
  expect(await state.syncs.byId('s-1')).toMatchObject({ status: 'paused', target: { id: null } });
  await expect(world.approve(proposal.id)).rejects.toThrow('was superseded');
  await world.shop.refresh(1);
  vendor.list.clear();
  expect(await followDue(context, told)).toEqual([]);
  await resumeSync(context, by);
  expect(await followDue(context, told)).toMatchObject([{ kind: 'proposed' }]);
});

test('nothing of anybody waits for a connection that is no more', async () => {
  const { context, state } = world;
  await approved();
  await disconnect(context, { name: 'mail', endSyncs: true, actor: 'ada' });
  expect(await state.syncRuns.ofSync('s-1')).toMatchObject([{ status: 'done' }]);
  const { waiting, dropped } = await state.syncRuns.progress(1);
  expect([waiting, dropped.map(({ reason }) => reason)]).toEqual([0, ['the sync has ended']]);
});
