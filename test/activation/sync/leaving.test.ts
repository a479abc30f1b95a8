import { afterAll, beforeAll, expect, test } from 'vitest';
import { deliverDue } from '../../../src/activation/deliver/deliver.ts';
import type { KnownMember } from '../../../src/activation/destination.ts';
import { endSync, openSyncProposal } from '../../../src/activation/plan/propose.ts';
import { buildAudience } from '../../../src/segmentation/audiences/build-audience.ts';
import { type SyncWorld, silentLog, syncWorld, unstopped } from './world.ts';

let world: SyncWorld;
/** By address, what a removal said of the property. */
const said = new Map<string, KnownMember>();
beforeAll(async () => {
  world = await syncWorld({ tells: false });
  const { destination } = world.vendor;
  const { remove } = destination;
  destination.remove = (connection, target, members, ...rest) => {
    for (const member of members) said.set(member.key, member);
    return remove(connection, target, members, ...rest);
  };
}, 60_000);
afterAll(() => world?.close());

const delivered = () => deliverDue(world.context, { signal: unstopped(), log: silentLog });

async function sent(audience: string, options: Record<string, string> = {}, name?: string): Promise<string> {
  const { proposal, sync } = await openSyncProposal(world.context, {
    audience,
    connection: 'mail',
    basis: { lawfulBasis: 'consent', interest: '' },
    holdout: 0.1,
    mostChange: 0.2,
    purpose: 'a newsletter',
    actor: 'ada',
    signal: unstopped(),
    options,
    ...(name === undefined ? {} : { name }),
  });
  await world.approve(proposal.id);
  await delivered();
  return sync.id;
}

/** Addresses whose property was to go, and to stay, as all whom a sync put there are taken out. */
async function ended(id: string): Promise<{ goes: string[]; stays: string[] }> {
  said.clear();
  const opened = await endSync(world.context, { id, actor: 'ada', signal: unstopped() });
  await world.approve(opened!.proposal.id);
  await delivered();
  const by = (keeps: boolean) =>
    [...said.values()].filter(({ keepsProperty = false }) => keepsProperty === keeps).map(({ key }) => key);
  return { goes: by(false).sort(), stays: by(true).sort() };
}

async function heldBy(id: string): Promise<string[]> {
  return (await world.state.syncMembers.page(id, '', 1000)).map(({ key }) => key).sort();
}

test('the property of whoever is in another audience of the connection stays until they leave that too', async () => {
  const all = await buildAudience(world.shop.context, {
    filter: {
      any: [
        { field: 'country', is: 'GB' },
        { field: 'country', is: 'FR' },
      ],
    },
    name: 'Everybody',
    actor: 'ada',
  });
  const british = await sent(world.audience);
  const everybody = await sent(all.audience.handle);
  const both = new Set(await heldBy(british));
  const shared = (await heldBy(everybody)).filter(key => both.has(key));
  const alone = [...both].filter(key => !shared.includes(key)).sort();
  expect(shared.length).toBeGreaterThan(10);
  expect(alone.length).toBeGreaterThan(0);
  expect(await ended(british)).toEqual({ goes: alone, stays: shared });
  const left = await heldBy(everybody);
  expect(await ended(everybody)).toEqual({ goes: left, stays: [] });
});

test('audiences with properties of their own do not mind each other', async () => {
  const elsewhere = await buildAudience(world.shop.context, {
    filter: { not: { field: 'country', is: 'FR' } },
    name: 'Elsewhere',
    actor: 'ada',
  });
  const mine = await sent(elsewhere.audience.handle);
  const other = await sent(world.audience, { property: 'kindred_other' });
  const there = await heldBy(mine);
  expect((await heldBy(other)).some(key => there.includes(key))).toBe(true);
  expect(await ended(mine)).toEqual({ goes: there, stays: [] });
});

test('no two audiences share a list, of which each would remove whom the other keeps', async () => {
  const others = await buildAudience(world.shop.context, {
    filter: { field: 'country', is: 'FR' },
    name: 'In France',
    actor: 'ada',
  });
  const first = await sent(others.audience.handle, {}, 'Autumn');
  const again = () => sent(world.audience, { property: 'kindred_third' }, 'autumn');
  await world.state.syncs.list().then(async all => {
    for (const { id, status } of all) if (status !== 'ended' && id !== first) await ended(id);
  });
  await expect(again()).rejects.toThrow(`is the list of ${first} at`);
  await ended(first);
  await again();
});
