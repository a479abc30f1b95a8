/**
 * A server that keeps an audience at Klaviyo, as a process of its own. Waits for the file that argv[2] names, does what it
 * says and all that follows from it, and says `quiet`. Stands still at the step whose number argv[3] gives, and says so.
 */
import { existsSync, readFileSync, writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { activationOf } from '../../../src/activation/activation-of.ts';
import { deliverDue } from '../../../src/activation/deliver/deliver.ts';
import { followDue } from '../../../src/activation/follow.ts';
import { inProcess } from '../../../src/clustering/pool.ts';
import { readConfig } from '../../../src/config.ts';
import { silent } from '../../../src/progress.ts';
import { continueErasures, erase } from '../../../src/rights/erase.ts';
import { refresh } from '../../../src/segmentation/refresh/refresh.ts';
import { openState } from '../../../src/state/state.ts';
import { openDuckDb } from '../../../src/warehouse/duckdb.ts';
import { appOver } from '../../support/mcp-app.ts';
import { hurry } from './fast-clock.ts';
import { steppedState } from './steps.ts';

export interface Told {
  file: string;
  url: string;
  folder: string;
  key: string;
  /** Since when time passes faster than it does. */
  begun: number;
  /** ISO time: what its clock says. */
  now: string;
  /** The date to refresh as of. */
  asOf: string;
  /** The address of somebody who wishes to be forgotten; null where nobody does. */
  erase: string | null;
}

const [go, fatal] = process.argv.slice(2);
const say = (line: string) => writeSync(1, `${line}\n`);
say('ready');
while (!existsSync(go!)) await wait(2);
const told = JSON.parse(readFileSync(go!, 'utf8')) as Told;
hurry(told.begun);
const warehouse = await openDuckDb({ file: told.file, threads: 2 });
const state = await openState({ dataDir: '', url: told.url });

let steps = 0;
const step = (name: string) => {
  steps++;
  if (steps !== Number(fatal)) return;
  say(`dying ${name}`);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
};
const sent = globalThis.fetch;
globalThis.fetch = async (...args) => {
  step('request');
  const answer = await sent(...args);
  step('answer');
  return answer;
};
const now = () => new Date(told.now);
const config = readConfig({ KINDRED_KEY: told.key }, told.folder);
const app = appOver(
  { warehouse, state: steppedState(state, step), pool: inProcess, now },
  { config, tempDir: told.folder },
);
const signal = new AbortController().signal;
const log = { info() {}, warn() {}, error: (facts: object) => say(`error ${JSON.stringify(facts)}`) };

await refresh(
  { warehouse, state: await app.state(), now },
  { asOf: told.asOf, again: false, actor: 'kindred' },
  silent,
);
await continueErasures(app, signal);
if (told.erase !== null) {
  const known = await warehouse.query('SELECT 1 AS one FROM customers WHERE lower(email) = $1', [told.erase]);
  if (known.length > 0) await erase(app, { email: told.erase, by: 'ada', wholly: true }, signal);
}
const context = activationOf(app);
await followDue(context, { signal, log });
await deliverDue(context, { signal, log });
await continueErasures(app, signal);
say(`quiet after ${steps}`);
await state.close();
await warehouse.close();
