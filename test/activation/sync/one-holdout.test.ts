import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliverDue } from '../../../src/activation/deliver/deliver.ts';
import { endSync, openSyncProposal } from '../../../src/activation/plan/propose.ts';
import { fakeVendor } from './fake-destination.ts';
import { type SyncWorld, silentLog, syncWorld, unstopped } from './world.ts';

let world: SyncWorld;
beforeEach(async () => {
  world = await syncWorld();
}, 60_000);
afterEach(() => world?.close());

const opened = (connection: string, holdout?: number) =>
  openSyncProposal(world.context, {
    audience: world.audience,
    connection,
    basis: { lawfulBasis: 'consent', interest: '' },
    holdout,
    mostChange: 0.2,
    purpose: 'a newsletter',
    actor: 'ada',
    signal: unstopped(),
  });

async function sent(connection: string, holdout?: number): Promise<void> {
  const { proposal } = await opened(connection, holdout);
  await world.approve(proposal.id);
  await deliverDue(world.context, { signal: unstopped(), log: silentLog });
}

async function heldOut(sync: string): Promise<string[]> {
  const assigned = await world.state.syncMembers.assignments(sync);
  return assigned.filter(({ arm }) => arm === 'holdout').map(({ profileId }) => profileId);
}

test('whoever is held out of one tool is held out of every other, and of one that comes after', async () => {
  const { context, state } = world;
  const at = context.now().toISOString();
  const stored = { vendor: 'webhook', settings: {}, secrets: '', account: '', createdAt: at } as const;
  await state.connections.put({ ...stored, name: 'ads', createdBy: 'ada' }, { at, actor: 'ada' });
  await sent('mail', 0.1);
  const held = await heldOut('s-1');
  expect(held.length).toBeGreaterThan(0);
  await expect(opened('ads', 0.05)).rejects.toMatchObject({
    message: `${world.audience} is kept at “mail” with a holdout of 0.1, and another of 0.05 is asked for.`,
  });
  world.vendor = fakeVendor();
  await sent('ads');
  expect(await heldOut('s-2')).toEqual(held);
  expect([...world.vendor.seen].filter(profileId => held.includes(profileId))).toEqual([]);
  const { proposal } = (await endSync(context, { id: 's-1', actor: 'ada', signal: unstopped() }))!;
  await world.approve(proposal.id);
  await deliverDue(context, { signal: unstopped(), log: silentLog });
  await sent('mail');
  expect(await heldOut('s-3')).toEqual(held);
});

test('the first assignment of a person in any sync of the audience stands', async () => {
  const { context, state, people } = world;
  const at = context.now().toISOString();
  const stored = { vendor: 'webhook', settings: {}, secrets: '', account: '', createdAt: at } as const;
  await state.connections.put({ ...stored, name: 'ads', createdBy: 'ada' }, { at, actor: 'ada' });
  await sent('mail');
  const [one] = await heldOut('s-1');
  const other = people.find(id => id > one! && world.countries.get(id) === 'GB')!;
  // They turn out to be one person, under the id of whoever is treated.
  await state.syncMembers.join('s-1', [{ from: one!, to: other }]);
  world.vendor = fakeVendor();
  await opened('ads');
  const arm = (await state.syncMembers.assigned('s-1', [other]))[0]!.arm;
  expect(await state.syncMembers.arms('s-2', [other])).toEqual(new Map([[other, arm]]));
});
