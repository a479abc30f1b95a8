import { createPool } from '../../../src/clustering/pool.ts';
import { writeDemoShop } from '../../../src/demo/demo-shop.ts';
import { silent } from '../../../src/progress.ts';
import { openState } from '../../../src/state/state.ts';
import type { ToolContext } from '../../../src/tools/tool.ts';
import { createTurns } from '../../../src/turns.ts';
import { openDuckDb } from '../../../src/warehouse/duckdb.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { kindred } from '../../support/terminal.ts';

export interface SegmentedShop {
  context: ToolContext;
  /** The folder of its data; its stores are held while `context` is used. */
  close(): Promise<void>;
}

/** A made shop, segmented a week ago and refreshed since. */
export async function segmentedShop(): Promise<SegmentedShop> {
  const dir = temporaryFolder();
  const data = ['--data', dir.file('data')];
  await writeDemoShop(dir.file('shop'), { customers: 500, seed: 5, asOf: '2026-11-01', months: 12 });
  for (const args of [
    ['import', dir.file('shop')],
    ['segment', '--force', '--k', '4', '--as-of', '2026-10-25'],
    ['refresh', '--as-of', '2026-11-01'],
  ]) {
    const { code, err } = await kindred([...args, ...data]);
    if (code !== 0) throw new Error(err);
  }
  const warehouse = await openDuckDb({ file: dir.file('data/warehouse.duckdb') });
  const state = await openState({ dataDir: dir.file('data') });
  const pool = createPool(1);
  const turns = createTurns();
  return {
    context: {
      warehouse,
      state,
      pool,
      now: () => new Date('2026-11-02T09:00:00Z'),
      actor: 'ada',
      role: 'analyst',
      progress: silent,
      turn: (name, work) => turns.take(name, work),
    },
    async close() {
      await pool.close();
      await state.close();
      await warehouse.close();
      dir.remove();
    },
  };
}
