import type { ActivationContext } from '../../../src/activation/context.ts';
import type { Log } from '../../../src/log.ts';
import { buildAudience } from '../../../src/segmentation/audiences/build-audience.ts';
import { approve } from '../../../src/segmentation/proposals/decide.ts';
import type { State } from '../../../src/state/state.ts';
import { createTurns } from '../../../src/turns.ts';
import type { Platform } from '../../../src/vendors/vendor.ts';
import { type LivedShop, type LivedShopOptions, livedShop } from '../../segmentation/refresh/lived-shop.ts';
import { type FakeVendor, fakeVendor } from './fake-destination.ts';

export const silentLog: Log = { info() {}, warn() {}, error() {} };
export const unstopped = () => new AbortController().signal;

/** A shop whose customers have addresses, an audience of those in Britain, and a fake tool that is connected as `mail`. */
export interface SyncWorld {
  shop: LivedShop;
  vendor: FakeVendor;
  context: ActivationContext;
  state: State;
  audience: string;
  clock: { pass(seconds: number): void };
  /** Everybody, by profile. */
  people: string[];
  addressOf(profileId: string): string;
  /** Where everybody lives, and whether they accept marketing. */
  countries: Map<string, 'GB' | 'FR'>;
  accepting: Map<string, boolean | null>;
  /** Whether somebody is in the audience. */
  live(profileId: string, country: 'GB' | 'FR'): Promise<void>;
  says(profileId: string, accepts: boolean | null): Promise<void>;
  approve(proposal: string): Promise<void>;
  close(): Promise<void>;
}

const begun = Date.parse('2026-11-22T12:00:00Z');

export async function syncWorld(
  options: LivedShopOptions & Parameters<typeof fakeVendor>[0] = {},
): Promise<SyncWorld> {
  const shop = await livedShop({ customers: 110, ahead: 4, ...options });
  const { warehouse, state } = shop.context;
  let now = begun;
  const clock = {
    pass(seconds: number) {
      now += seconds * 1000;
    },
  };
  const people = (
    await warehouse.query<{ id: string }>(
      `SELECT DISTINCT profile_id AS id FROM orders WHERE ordered_at < TIMESTAMP '${shop.asOf(0)}' ORDER BY profile_id`,
    )
  ).map(({ id }) => id);
  const addressOf = (profileId: string) => `${profileId.replace('/', '.').toLowerCase()}@example.org`;
  await warehouse.execute('DELETE FROM customers');
  const of = <T>(value: (id: string, i: number) => T) => people.map(value);
  await warehouse.append('customers', {
    source: of(() => 'shop'),
    customer_id: of(id => id.slice('shop/'.length)),
    profile_id: people,
    email: of(addressOf),
    country: of((_, i) => (i % 3 === 0 ? 'FR' : 'GB')),
  });
  await warehouse.execute('UPDATE customers SET accepts_marketing = TRUE');
  const vendor = fakeVendor(options);
  await state.connections.put(
    {
      name: 'mail',
      vendor: 'webhook',
      settings: {},
      secrets: '',
      account: 'Fakemail',
      createdAt: new Date(begun).toISOString(),
      createdBy: 'ada',
    },
    { at: new Date(begun).toISOString(), actor: 'ada' },
  );
  const { audience } = await buildAudience(shop.context, {
    filter: { field: 'country', is: 'GB' },
    name: 'In Britain',
    actor: 'ada',
  });
  const context: ActivationContext = {
    state: async () => state,
    warehouse: async () => shop.context.warehouse,
    turns: createTurns(),
    now: () => new Date(now),
    mostChange: 0.2,
    destinationOf: () => world.vendor.destination,
    connectionOf: async name => ({ name, vendor: 'webhook', settings: {}, secrets: {} }),
    platform: () => ({}) as Platform,
  };
  const world: SyncWorld = {
    shop,
    vendor,
    context,
    state,
    audience: audience.handle,
    clock,
    people,
    addressOf,
    countries: new Map(people.map((id, i) => [id, i % 3 === 0 ? 'FR' : 'GB'])),
    accepting: new Map(people.map(id => [id, true])),
    async live(profileId, country) {
      await warehouse.execute(`UPDATE customers SET country = $1 WHERE profile_id = $2`, [
        country,
        profileId,
      ]);
    },
    async says(profileId, accepts) {
      const value = accepts === null ? 'NULL' : accepts ? 'TRUE' : 'FALSE';
      await warehouse.execute(`UPDATE customers SET accepts_marketing = ${value} WHERE profile_id = $1`, [
        profileId,
      ]);
    },
    async approve(proposal) {
      const stores = { warehouse, state, now: context.now };
      await approve(stores, { id: proposal, by: 'ada', reason: 'as planned' });
    },
    close: () => shop.close(),
  };
  return world;
}
