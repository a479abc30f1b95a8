import { inProcess } from '../../../src/clustering/pool.ts';
import { silent } from '../../../src/progress.ts';
import { scores } from '../../../src/segmentation/predictions/scores.ts';
import { type RefreshOutcome, refresh } from '../../../src/segmentation/refresh/refresh.ts';
import { type SegmentContext, segmentShop } from '../../../src/segmentation/segment-shop.ts';
import { openState } from '../../../src/state/state.ts';
import { openDuckDb } from '../../../src/warehouse/duckdb.ts';
import type { Warehouse } from '../../../src/warehouse/port.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import type { Changes } from '../../support/living-shop/changes.ts';
import { type LivingShop, writeLivingShop } from '../../support/living-shop/living-shop.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A small shop of a few weeks, segmented as of its start, with what the use cases need. */
export interface LivedShop {
  context: SegmentContext;
  /** The date so many weeks after the start. */
  asOf: LivingShop['asOf'];
  /** Refreshes as of that date. */
  refresh(week: number, again?: boolean): Promise<RefreshOutcome>;
  /** All that a refresh leaves in both stores, as comparable data. */
  left(): Promise<unknown>;
  /** Closes the warehouse, so that another process may have it; `takeUp` opens it again. */
  letGo(): Promise<void>;
  takeUp(open: () => Promise<Warehouse>): Promise<void>;
  close(): Promise<void>;
}

export interface LivedShopOptions {
  open?: () => Promise<Warehouse>;
  /** Of the state; a fresh one where absent. */
  database?: string;
  customers?: number;
  /** Weeks that it has lived before the start. */
  past?: number;
  /** Weeks that it lives on after the start. */
  ahead?: number;
  /** Segmented into classical RFM cells instead of groups. */
  rfm?: boolean;
  seed?: number;
  /** What happens to the shop from its start on. */
  changes?: Changes;
}

export const inMemory = () => openDuckDb({ file: ':memory:', threads: 2 });

export async function livedShop({
  open = inMemory,
  database,
  customers = 240,
  past = 52,
  ahead = 8,
  rfm = false,
  seed = 5,
  changes = {},
}: LivedShopOptions = {}): Promise<LivedShop> {
  const folder = temporaryFolder();
  const warehouse = await open();
  const state = await openState({ dataDir: folder.path, url: database ?? (await freshDatabase()) });
  const shop = await writeLivingShop(warehouse, { seed, customers, past, ahead, changes });
  await addBulkBuyer(warehouse, shop.asOf(0));
  const context = { warehouse, state, pool: inProcess, now: () => new Date('2026-11-22T12:00:00Z') };
  await segmentShop(context, { asOf: shop.asOf(0), force: !rfm, ...(rfm ? {} : { k: 4 }) }, silent);
  let closed = false;
  return {
    context,
    asOf: shop.asOf,
    refresh: (week, again = false) =>
      refresh(context, { asOf: shop.asOf(week), again, actor: 'test' }, silent),
    left: async () => ({
      ...(await kept(context.warehouse, state.owner)),
      records: await state.refreshes.list(),
      model: await state.models.current(),
    }),
    async letGo() {
      await context.warehouse.close();
      closed = true;
    },
    async takeUp(again) {
      context.warehouse = await again();
      closed = false;
    },
    async close() {
      await state.close();
      if (!closed) await context.warehouse.close();
      folder.remove();
    },
  };
}

/** Somebody of unusual volume, who is set aside: four large orders on each of the hundred days before a date. */
async function addBulkBuyer(warehouse: Warehouse, asOf: string): Promise<void> {
  const orders = Array.from({ length: 400 }, (_, i) => i);
  const of = (value: string) => orders.map(() => value);
  const day = (i: number) =>
    new Date(Date.parse(asOf) - (1 + (i >> 2)) * 86_400_000).toISOString().slice(0, 10);
  await warehouse.append('orders', {
    source: of('shop'),
    order_id: orders.map(i => `bulk ${i}`),
    customer_id: of('bulk'),
    profile_id: of('shop/bulk'),
    ordered_at: orders.map(i => `${day(i)} 0${i % 4}:30:00`),
    total: orders.map(i => 4000 + i),
    currency: of('GBP'),
  });
  await warehouse.append('identities', {
    source: ['shop'],
    source_id: ['bulk'],
    profile_id: ['shop/bulk'],
    reason: ['own id'],
  });
}

/** The rows of the history in the warehouse; a state's own id is no part of what is compared. */
export async function kept(warehouse: Warehouse, owner: string) {
  return {
    memberships: await warehouse.query(
      `SELECT profile_id, segment_key, valid_from, valid_to, model_id, confidence FROM memberships
       WHERE owner = $1 ORDER BY profile_id COLLATE "C", valid_from`,
      [owner],
    ),
    placements: await warehouse.query(
      `SELECT as_of, profile_id, segment_key, candidate_key, confidence FROM placements
       WHERE owner = $1 ORDER BY as_of, profile_id COLLATE "C"`,
      [owner],
    ),
    scores: await warehouse.query(
      `SELECT as_of, profile_id, ${scores.map(({ id }) => id).join(', ')} FROM scores
       WHERE owner = $1 ORDER BY as_of, profile_id COLLATE "C"`,
      [owner],
    ),
    outbox: await warehouse.query('SELECT body FROM outbox WHERE owner = $1', [owner]),
  };
}
