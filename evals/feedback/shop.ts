import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { InputError } from '../../src/errors.ts';
import { acquireStore } from '../../src/store-lock.ts';
import { toolContext } from '../../src/tool-context.ts';
import type { ToolContext } from '../../src/tools/tool.ts';
import { openShop } from '../answers/shops.ts';

/** Does `work` in the demo shop of the evals, made anew. */
export async function inDemoShop<T>(work: (context: ToolContext) => Promise<T>): Promise<T> {
  const shop = await openShop('made');
  try {
    return await work(shop.context);
  } finally {
    await shop.close();
  }
}

const stores = ['warehouse.duckdb', 'state'] as const;

/** Does `work` in a copy of the data folder: answering saves audiences and may open proposals. */
export async function inCopyOf<T>(dataDir: string, work: (context: ToolContext) => Promise<T>): Promise<T> {
  if (!stores.every(name => existsSync(join(dataDir, name))))
    throw new InputError(
      `${dataDir} holds no warehouse and state of its own.`,
      'Give the data folder of a shop that was segmented, or leave --data out to ask the demo shop.',
    );
  const now = () => new Date();
  const copy = await mkdtemp(join(tmpdir(), 'kindred-eval-'));
  try {
    const lock = await acquireStore(dataDir, {
      pid: process.pid,
      command: 'npm run eval',
      startedAt: now().toISOString(),
    });
    try {
      for (const name of stores) await cp(join(dataDir, name), join(copy, name), { recursive: true });
    } finally {
      await lock.release();
    }
    // Not where servers are named: what was copied is asked.
    const config = { ...readConfig(process.env, copy), warehouseUrl: undefined, databaseUrl: undefined };
    return await withApp(config, 'npm run eval', now, async app =>
      work(await toolContext(app, { actor: 'eval', role: 'analyst' })),
    );
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}
