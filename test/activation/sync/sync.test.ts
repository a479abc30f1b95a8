import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliverDue } from '../../../src/activation/deliver/deliver.ts';
import { followDue } from '../../../src/activation/follow.ts';
import { listSyncs, showSync } from '../../../src/activation/overview.ts';
import { pauseSync, resumeSync } from '../../../src/activation/pause.ts';
import { openSyncProposal, planSync } from '../../../src/activation/plan/propose.ts';
import { withdraw } from '../../../src/activation/withdraw.ts';
import { approvedView } from '../../../src/cli/views/approved.ts';
import { proposalView } from '../../../src/cli/views/proposals.ts';
import { shownSyncView, syncsView } from '../../../src/cli/views/sync.ts';
import { OperatorError } from '../../../src/errors.ts';
import { planChanges } from '../../../src/segmentation/proposals/sync-words.ts';
import { proposalFacts } from '../../../src/slack/approval/facts.ts';
import { toldOf } from '../../../src/tools/results/told-proposal.ts';
import { runTool } from '../../../src/tools/run-tool.ts';
import { madeContext } from '../../tools/made-context.ts';
import { fakeVendor } from './fake-destination.ts';
import { type SyncWorld, silentLog, syncWorld, unstopped } from './world.ts';

let world: SyncWorld;
beforeEach(async () => {
  world = await syncWorld();
}, 60_000);
afterEach(() => world?.close());

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
const told = { signal: unstopped(), log: silentLog };
const delivered = () => deliverDue(world.context, told);
const followed = () => followDue(world.context, told);
const planned = () => planSync(world.context, { id: 's-1', actor: 'ada', signal: unstopped() });

/** Somebody who is there because of Kindred. */
async function sent(): Promise<string> {
  const { proposal } = await opened();
  await world.approve(proposal.id);
  await delivered();
  const [entry] = await world.state.syncMembers.page('s-1', '', 1);
  return entry!.profileId;
}

test('nothing is sent before somebody approves; then exactly what was planned', async () => {
  const { context, vendor, state, people, addressOf } = world;
  await world.says(people[1]!, null);
  await world.says(people[2]!, false);
  vendor.list.set(addressOf(people[4]!), { kindred_segment: 'old' });
  const { proposal, counts, sync } = await opened();
  await delivered();
  expect(vendor.calls).toEqual([]);
  expect(counts.suppressed).toEqual([
    { reason: 'no consent for e-mail', customers: 1 },
    { reason: 'said no to marketing by e-mail', customers: 1 },
  ]);
  expect(counts).toMatchObject({ updates: 1, unchanged: 0, removes: 0, against: 'destination' });
  await world.approve(proposal.id);
  const { done, finished } = await delivered();
  expect([done, finished]).toEqual([counts.adds + 1, [{ sync: 's-1', run: 1 }]]);
  expect(vendor.list.size).toBe(counts.adds + 1);
  expect(sync.target.id).toBeNull();
  expect((await state.syncs.byId('s-1'))?.target.id).toBe('list-1');
  const [found] = await state.syncMembers.of('s-1', [people[4]!]);
  expect(found).toMatchObject({ added: 'found there' });
  expect(await state.syncMembers.assigned('s-1', [people[4]!])).toEqual([]);
  const changes = await showSync(context, 's-1');
  expect(changes.runs[0]?.progress).toMatchObject({ waiting: 0, done: { adds: counts.adds, updates: 1 } });
});

test('a plan is refused once the segments were refreshed, and a newer plan takes its place', async () => {
  const first = await opened();
  const second = await opened();
  expect((await world.state.proposals.byId(first.proposal.id))?.status).toBe('superseded');
  await world.shop.refresh(1);
  await expect(world.approve(second.proposal.id)).rejects.toMatchObject({
    message: expect.stringContaining('the segments were refreshed or changed since'),
    next: 'Plan it anew with `kindred sync plan s-1`.',
  });
  const third = await planned();
  await world.approve(third.proposal.id);
  await expect(world.approve(third.proposal.id)).rejects.toThrow('was approved by ada');
  await world.state.connections.remove('mail', { at: '2026-11-22T12:00:00Z', actor: 'ada' });
});

test('a destination that does not answer is never taken for an empty one', async () => {
  world.vendor.faults = ['down'];
  await expect(opened()).rejects.toThrow('The vendor did not answer.');
  expect(await world.state.proposals.list()).toEqual([]);
  expect((await listSyncs(world.context))[0]).toMatchObject({ status: 'waiting', waits: null });
});

test('a tool that does not tell who is there is said to be one', async () => {
  world.vendor = fakeVendor({ tells: false });
  const { body } = await opened();
  expect(planChanges(body).at(-1)).toContain('does not tell who is there');
  expect(body.counts.against).toBe('last sent');
});

test('who objects meanwhile is not sent, and who is there goes at once, also of a paused sync', async () => {
  const { context, vendor, state, addressOf } = world;
  const there = await sent();
  await pauseSync(context, { id: 's-1', actor: 'ada' });
  expect(await withdraw(context, [there], { by: 'ada', reason: 'objected to profiling' })).toEqual({
    removals: 1,
    dropped: 0,
  });
  await world.says(there, false);
  await delivered();
  expect(vendor.list.has(addressOf(there))).toBe(false);
  expect(await state.syncMembers.of('s-1', [there])).toEqual([]);
  await resumeSync(context, { id: 's-1', actor: 'ada' });
  await world.says(there, true);
  const { proposal, counts } = await planned();
  expect(counts.adds).toBe(1);
  await world.approve(proposal.id);
  await world.says(there, false);
  expect(await delivered()).toMatchObject({ done: 0, dropped: 1 });
  expect(vendor.list.has(addressOf(there))).toBe(false);
});

test('who may be there by a call that was broken off, and objects before it is made again, goes too', async () => {
  const { context, vendor, state, addressOf, clock } = world;
  const { proposal } = await opened();
  await world.approve(proposal.id);
  vendor.faults = ['answer lost'];
  await delivered();
  const [told] = vendor.calls;
  const [gone] = told!.profileIds;
  expect(vendor.list.has(addressOf(gone!))).toBe(true);
  await world.says(gone!, false);
  clock.pass(3600);
  await delivered();
  await delivered();
  expect(vendor.list.has(addressOf(gone!))).toBe(false);
  expect(await state.syncMembers.of('s-1', [gone!])).toEqual([]);
  const again = vendor.calls.find(call => call !== told && call.profileIds.includes(told!.profileIds[1]!));
  expect(again?.id).not.toBe(told!.id);
  expect((await showSync(context, 's-1')).runs.map(({ kind, status }) => [kind, status])).toEqual([
    ['withdrawal', 'done'],
    ['follow', 'done'],
  ]);
});

test('a model proposes where an audience goes, and learns of no member', async () => {
  const tool = (input: object) =>
    runTool(madeContext({ ...world.shop.context, activation: world.context }), 'propose_sync', {
      audience: world.audience,
      purpose: 'letters',
      ...input,
    });
  await expect(tool({ destination: 'post' })).rejects.toMatchObject({
    message: 'The destination "post" is not connected.',
    next: 'Use "file", or one of: mail.',
  });
  const { output } = await tool({ destination: 'mail', holdout: 0.05 });
  expect(output).toMatchObject({
    proposal: 'p-1',
    decide: 'Waits for a person: kindred approve p-1, or kindred reject p-1 --reason TEXT.',
  });
  expect(JSON.stringify(output)).not.toMatch(/@|shop\//);
  expect(world.vendor.calls).toEqual([]);
});

test('after a refresh it follows by itself while little changes, and asks again where much does', async () => {
  const { state, people, vendor } = world;
  await sent();
  expect(await followed()).toEqual([]);
  await world.shop.refresh(1);
  const members = await state.syncMembers.page('s-1', '', 1000);
  await world.live(members[0]!.profileId, 'FR');
  const [first] = await followed();
  expect(first).toMatchObject({ sync: 's-1', kind: 'sent' });
  await delivered();
  expect(vendor.list.size).toBeGreaterThan(members.length / 2);
  expect(await followed()).toEqual([]);
  for (const id of people) await world.live(id, 'FR');
  await world.live(people[1]!, 'GB');
  await world.shop.refresh(2);
  const [second] = await followed();
  expect(second).toMatchObject({ kind: 'proposed' });
  const proposal = (await state.proposals.list())[0]!;
  expect(proposal.createdBy).toBe('kindred');
  expect((await toldOf(state, proposal)).changes[0]).toMatch(/more than the 20 % that may without asking/);
  expect(await followed()).toEqual([]);
});

test('a destination that is away when a sync follows is told, and asked again in a while', async () => {
  await sent();
  await world.shop.refresh(1);
  world.vendor.faults = ['down'];
  expect(await followed()).toMatchObject([
    { kind: 'failed', problem: expect.stringContaining('did not answer') },
  ]);
  expect((await listSyncs(world.context))[0]?.last?.problem).toContain('did not answer');
  expect(await followed()).toEqual([]);
  world.clock.pass(601);
  expect(await followed()).toMatchObject([{ kind: 'sent' }]);
});

test('refused credentials are told, and the run goes on once they are mended', async () => {
  const { proposal } = await opened();
  await world.approve(proposal.id);
  const { ensure } = world.vendor.destination;
  world.vendor.destination.ensure = async () => {
    throw new OperatorError('Fakemail refused the key.', 'Run `kindred connect` again.');
  };
  const { problems } = await delivered();
  expect(problems).toMatchObject([
    { sync: 's-1', problem: 'Fakemail refused the key. Run `kindred connect` again.' },
  ]);
  world.vendor.destination.ensure = ensure;
  expect((await delivered()).done).toBe(0);
  world.clock.pass(901);
  expect((await delivered()).finished).toHaveLength(1);
});

test('profiles that became one keep the first assignment, and are there by one address', async () => {
  const { state, shop, vendor, addressOf } = world;
  await sent();
  const { warehouse } = shop.context;
  const [one, other] = (await state.syncMembers.page('s-1', '', 2)).map(({ profileId }) => profileId);
  for (const table of ['identities', 'customers', 'orders', 'order_lines', 'events'])
    await warehouse.execute(`UPDATE ${table} SET profile_id = $1 WHERE profile_id = $2`, [one!, other!]);
  await shop.refresh(1);
  await followed();
  await delivered();
  expect(await state.syncMembers.assigned('s-1', [one!, other!])).toHaveLength(1);
  expect([addressOf(one!), addressOf(other!)].filter(email => vendor.list.has(email))).toHaveLength(1);
});

test('what people are told of it', async () => {
  const { state, context } = world;
  const { proposal } = await opened();
  const facts = await proposalFacts(state, proposal);
  expect(facts).toMatchObject({ kind: 'plan', title: 'an audience would be kept in another tool' });
  expect(facts.consequence).toContain('kindred sync pause stops it');
  const card = JSON.stringify(facts);
  expect(card).toContain('fewer than 10');
  expect(card).not.toContain('@example.org');
  const text = proposalView(proposal, 100);
  expect(text).toContain('kindred approve p-1 ');
  expect(text).toContain('Held out: fewer than 10, 10 % of those who could be sent');
  await world.approve(proposal.id);
  expect(approvedView('p-1', { kind: 'sending', body: (await planned()).body }, 100)).toContain(
    'kindred sync apply',
  );
  expect(syncsView(await listSyncs(context), 100)).toContain('In Britain');
  expect(shownSyncView(await showSync(context, 's-1'), 100)).not.toContain('undefined');
});
