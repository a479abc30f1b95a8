/**
 * Waits for the file argv[5], then refreshes the segments of the DuckDB file argv[2] and the state at argv[3] as of
 * argv[4]. Says every step that it comes to, and stands still at the one that argv[6] names.
 */
import { existsSync, writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { inProcess } from '../../../src/clustering/pool.ts';
import { refresh } from '../../../src/segmentation/refresh/refresh.ts';
import { openState } from '../../../src/state/state.ts';
import { openDuckDb } from '../../../src/warehouse/duckdb.ts';

const [file, url, asOf, go, point] = process.argv.slice(2);
const say = (step: string) => {
  writeSync(1, `${step}\n`);
  if (step === point) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
};

say('ready');
while (!existsSync(go!)) await wait(2);
const warehouse = await openDuckDb({ file: file!, threads: 2 });
const state = await openState({ dataDir: '', url });
const told = {
  ...state,
  async apply(change: Parameters<typeof state.apply>[0]) {
    say('handing over');
    await state.apply(change);
    say('handed over');
  },
};
const context = {
  warehouse,
  state: told,
  pool: inProcess,
  now: () => new Date('2026-11-22T12:00:00Z'),
};
await refresh(context, { asOf: asOf!, again: false, actor: 'test' }, ({ stage }) => say(stage));
say('done');
await state.close();
await warehouse.close();
