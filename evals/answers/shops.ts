import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProcess } from '../../src/clustering/pool.ts';
import { writeDemoShop } from '../../src/demo/demo-shop.ts';
import { silent } from '../../src/progress.ts';
import { refresh } from '../../src/segmentation/refresh/refresh.ts';
import { segmentShop } from '../../src/segmentation/segment-shop.ts';
import { importPaths } from '../../src/sources/import.ts';
import { openState } from '../../src/state/state.ts';
import type { ToolContext } from '../../src/tools/tool.ts';
import { createTurns } from '../../src/turns.ts';
import { openDuckDb } from '../../src/warehouse/duckdb.ts';
import type { Warehouse } from '../../src/warehouse/port.ts';
import { writeLivingShop } from '../../test/support/living-shop/living-shop.ts';

export type ShopId = 'made' | 'living';

/** A segmented shop in a folder of its own, with what tools are given. */
export interface EvalShop {
  id: ShopId;
  context: ToolContext;
  close(): Promise<void>;
}

/** Rows, and the dates of the segmentation and of the refreshes after it. */
interface ShopPlan {
  write(warehouse: Warehouse, folder: string): Promise<readonly [string, ...string[]]>;
  groups: number;
  /** The day of the questions. */
  today: string;
}

const plans: Readonly<Record<ShopId, ShopPlan>> = {
  /** The shop that `kindred demo` writes: every kind of data, one quiet month. */
  made: {
    async write(warehouse, folder) {
      const dir = join(folder, 'shop');
      await writeDemoShop(dir, { customers: 500, seed: 5, asOf: '2026-11-01', months: 12 });
      const importedAt = '2026-11-01T09:00:00.000Z';
      await importPaths(warehouse, { paths: [dir], importedAt, tempDir: folder }, silent);
      return ['2026-10-04', '2026-11-01'];
    },
    groups: 4,
    today: '2026-11-02',
  },
  /** A shop that loses a kind of customers and raises its prices between two refreshes. */
  living: {
    async write(warehouse) {
      const changes = {
        priceRise: { fromWeek: 2, factor: 1.4 },
        dissolve: { fromWeek: 1, type: 'loyal' as const },
      };
      const shop = await writeLivingShop(warehouse, { seed: 7, customers: 400, past: 52, ahead: 9, changes });
      return [shop.asOf(0), shop.asOf(8)];
    },
    groups: 4,
    today: '2026-07-28',
  },
};

/** Written anew each time; same id, same figures. */
export async function openShop(id: ShopId): Promise<EvalShop> {
  const plan = plans[id];
  const folder = await mkdtemp(join(tmpdir(), 'kindred-eval-'));
  const warehouse = await openDuckDb({ file: ':memory:', threads: 2 });
  const state = await openState({ dataDir: join(folder, 'data'), url: undefined });
  const turns = createTurns();
  const context: ToolContext = {
    warehouse,
    state,
    pool: inProcess,
    now: () => new Date(`${plan.today}T09:00:00Z`),
    actor: 'eval',
    role: 'analyst',
    progress: silent,
    turn: (name, work) => turns.take(name, work),
  };
  const close = async () => {
    await state.close();
    await warehouse.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const [start, ...later] = await plan.write(warehouse, folder);
    await segmentShop(context, { asOf: start, force: true, k: plan.groups }, silent);
    for (const asOf of later) await refresh(context, { asOf, again: false, actor: 'eval' }, silent);
    return { id, context, close };
  } catch (error) {
    await close();
    throw error;
  }
}
