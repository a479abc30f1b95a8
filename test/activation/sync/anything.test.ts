import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deliverDue } from '../../../src/activation/deliver/deliver.ts';
import { holdoutArm } from '../../../src/activation/holdout.ts';
import {
  endSync,
  type OpenedSync,
  openSyncProposal,
  planSync,
} from '../../../src/activation/plan/propose.ts';
import { withdraw } from '../../../src/activation/withdraw.ts';
import { type Fault, fakeVendor } from './fake-destination.ts';
import { mortal } from './mortal.ts';
import { type SyncWorld, silentLog, syncWorld, unstopped } from './world.ts';

let world: SyncWorld;
beforeAll(async () => {
  world = await syncWorld();
}, 60_000);
afterAll(() => world?.close());

type Step =
  | { do: 'move'; who: number }
  | { do: 'say'; who: number; accepts: boolean | null }
  | { do: 'object'; who: number }
  | { do: 'plan'; fatal: number; down: boolean }
  | { do: 'deliver'; fatal: number; faults: Fault[] }
  | { do: 'wait'; seconds: number };

const who = fc.nat(1000);
const fatal = fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.nat(40));
const fault = fc.constantFrom<Fault>('none', 'none', 'some again', 'down', 'answer lost');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('move' as const), who }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('say' as const),
      who,
      accepts: fc.constantFrom(true, true, false, null),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('object' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('plan' as const), fatal, down: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('deliver' as const),
      fatal,
      faults: fc.array(fault, { maxLength: 6 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('wait' as const), seconds: fc.constantFrom(1, 60, 3600) }),
  },
);

let number = 0;

/** One sync from its first plan to its end, whatever happens to it. */
async function live(tells: boolean, before: readonly number[], steps: readonly Step[]) {
  const { context, state, people, addressOf, clock, audience } = world;
  const vendor = fakeVendor({ tells });
  world.vendor = vendor;
  const connection = `mail-${++number}`;
  const at = context.now().toISOString();
  const stored = { name: connection, vendor: 'webhook', settings: {}, secrets: '', account: '' } as const;
  await state.connections.put({ ...stored, createdAt: at, createdBy: 'ada' }, { at, actor: 'ada' });
  const person = (i: number) => people[i % people.length]!;
  const there = new Set(tells ? before.map(i => addressOf(person(i))) : []);
  for (const address of there) vendor.list.set(address, { own: 'yes' });

  const opened = (process = context): Promise<OpenedSync> =>
    (async () => {
      const asked = { actor: 'ada', signal: unstopped() };
      const known = await state.syncs.standing(audience, connection);
      if (known && known.status !== 'waiting') return planSync(process, { id: known.id, ...asked });
      return openSyncProposal(process, {
        ...asked,
        audience,
        connection,
        basis: { lawfulBasis: 'consent', interest: '' },
        holdout: 0.1,
        mostChange: 0.2,
        purpose: 'letters',
      });
    })();
  const planned = async (process = context) => {
    const { proposal } = await opened(process);
    await world.approve(proposal.id);
  };
  const delivered = (process = context) => deliverDue(process, { signal: unstopped(), log: silentLog });

  for (const what of steps) {
    switch (what.do) {
      case 'move': {
        const profileId = person(what.who);
        world.countries.set(profileId, world.countries.get(profileId) === 'GB' ? 'FR' : 'GB');
        await world.live(profileId, world.countries.get(profileId)!);
        break;
      }
      case 'say':
        world.accepting.set(person(what.who), what.accepts);
        await world.says(person(what.who), what.accepts);
        break;
      case 'object':
        world.accepting.set(person(what.who), false);
        await world.says(person(what.who), false);
        await withdraw(context, [person(what.who)], { by: 'ada', reason: 'objected' });
        break;
      case 'plan':
        if (what.down && tells) vendor.faults.unshift('down');
        await planned(mortal(context, what.fatal).context).catch(() => {});
        vendor.faults.length = 0;
        break;
      case 'deliver':
        vendor.faults = [...what.faults];
        await delivered(mortal(context, what.fatal).context).catch(() => {});
        vendor.faults.length = 0;
        break;
      case 'wait':
        clock.pass(what.seconds);
    }
  }
  for (let quiet = 0; quiet < 3; quiet++) {
    clock.pass(5 * 3600);
    await delivered();
    await planned();
    await delivered();
  }
  const sync = (await state.syncs.standing(audience, connection))!;
  const assigned = new Map(
    (await state.syncMembers.assignments(sync.id)).map(({ profileId, arm }) => [profileId, arm]),
  );
  const expected = new Set(there);
  for (const profileId of people) {
    const address = addressOf(profileId);
    const arm = holdoutArm(sync.holdoutKey, profileId, 0.1);
    if (assigned.has(profileId)) expect(assigned.get(profileId)).toBe(arm);
    if (arm === 'holdout' && !there.has(address)) expect(vendor.seen).not.toContain(profileId);
    const isMember =
      world.countries.get(profileId) === 'GB' && world.accepting.get(profileId) === true && arm === 'treated';
    if (isMember) expected.add(address);
  }
  expect([...vendor.list.keys()].sort()).toEqual([...expected].sort());
  const ledger = await state.syncMembers.page(sync.id, '', 1000);
  const ours = ledger.filter(({ added }) => added === 'by kindred');
  expect(ours.map(({ key }) => key).sort()).toEqual([...expected].filter(key => !there.has(key)).sort());
  expect(ours.every(({ sentAt }) => sentAt !== null)).toBe(true);
  const byId = new Map<string, string>();
  for (const { id, profileIds } of vendor.calls) {
    expect(byId.get(id) ?? profileIds.join()).toBe(profileIds.join());
    byId.set(id, profileIds.join());
  }
  const again = await opened();
  expect(again.counts).toMatchObject({ adds: 0, updates: 0, removes: 0 });
  const audit = (await state.audit.list(['sync.approved', 'sync.applied', 'sync.withdrawn'])).filter(
    ({ subject }) => subject === sync.id,
  );
  for (const { id, kind, status } of await state.syncRuns.ofSync(sync.id)) {
    const told = (action: string) =>
      audit.filter(row => row.action === action && row.details.run === id).length;
    if (!['approved', 'done'].includes(status)) continue;
    expect(status).toBe('done');
    expect([told(kind === 'withdrawal' ? 'sync.withdrawn' : 'sync.approved'), told('sync.applied')]).toEqual([
      1, 1,
    ]);
  }
  const end = await endSync(context, { id: sync.id, actor: 'ada', signal: unstopped() });
  if (end) await world.approve(end.proposal.id);
  await delivered();
  expect([...vendor.list.keys()].sort()).toEqual([...there].sort());
  expect((await state.syncs.byId(sync.id))?.status).toBe('ended');
}

test('whatever happens on the way, in the end the destination holds who should be there, and who was', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      fc.array(who, { maxLength: 5 }),
      fc.array(step, { minLength: 3, maxLength: 14 }),
      live,
    ),
    { numRuns: 12, seed: 8, endOnFailure: true },
  );
}, 300_000);
