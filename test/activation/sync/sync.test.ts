import { afterAll, beforeAll, expect, test } from 'vitest';
import { deliverDue } from '../../../src/activation/deliver/deliver.ts';
import { holdoutArm } from '../../../src/activation/holdout.ts';
import { openSyncProposal } from '../../../src/activation/plan/propose.ts';
import { type SyncWorld, silentLog, syncWorld, unstopped } from './world.ts';

let world: SyncWorld;
beforeAll(async () => {
  world = await syncWorld();
}, 60_000);
afterAll(() => world?.close());

const consent = { lawfulBasis: 'consent', interest: '' } as const;

test('an audience is planned, approved and sent; nobody held out is told', async () => {
  const { context, vendor, state, audience, people, addressOf } = world;
  await world.says(people[1]!, null);
  await world.says(people[2]!, false);
  vendor.list.set(addressOf(people[4]!), {});
  const opened = await openSyncProposal(context, {
    audience,
    connection: 'mail',
    basis: consent,
    holdout: 0.1,
    mostChange: 0.2,
    purpose: 'a newsletter',
    actor: 'ada',
    signal: unstopped(),
  });
  console.log(opened.proposal.summary, opened.body);
  await world.approve(opened.proposal.id);
  const delivered = await deliverDue(context, { signal: unstopped(), log: silentLog });
  console.log(delivered, await state.syncRuns.ofSync('s-1'), vendor.calls.length);
  const held = await state.syncMembers.assignments('s-1');
  for (const { profileId, arm } of held) {
    expect(holdoutArm(opened.sync.holdoutKey, profileId, 0.1)).toBe(arm);
    expect(vendor.seen.has(profileId)).toBe(arm === 'treated');
  }
  expect(delivered.finished).toHaveLength(1);
});
