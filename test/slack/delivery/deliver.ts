/**
 * A server that delivers, as a process of its own. Waits for the file that argv[2] names, sends what an earlier one left,
 * refreshes the segments and sends what follows from it. Says every step that it comes to, and how often it has; stands
 * still at the one that argv[3] names.
 */
import { existsSync, readFileSync, writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { silent } from '../../../src/progress.ts';
import { refresh } from '../../../src/segmentation/refresh/refresh.ts';
import { beatOf } from '../../../src/slack/delivery/beat.ts';
import { renderers } from '../../../src/slack/delivery/renderers.ts';
import { openState } from '../../../src/state/state.ts';
import { openDuckDb } from '../../../src/warehouse/duckdb.ts';
import { steppedFetch, steppedState } from './steps.ts';
import { slackOver, type Told } from './world.ts';

const [go, fatal] = process.argv.slice(2);
const say = (line: string) => writeSync(1, `${line}\n`);
say('ready');
while (!existsSync(go!)) await wait(2);
const { file, url, asOf, left, at, fake } = JSON.parse(readFileSync(go!, 'utf8')) as Told;
const warehouse = await openDuckDb({ file, threads: 2 });
const state = await openState({ dataDir: '', url });
let time = left;
const now = () => new Date(time);

const before = beatOf(slackOver(fake, { warehouse, state }, { now }), renderers());
for (let i = 0; i < 3; i++) await before();
time = at;
await refresh({ warehouse, state, now }, { asOf, again: false, actor: 'test' }, silent);
say('refreshed');

const times = new Map<string, number>();
const step = (name: string) => {
  times.set(name, (times.get(name) ?? 0) + 1);
  const here = `${name} ${times.get(name)}`;
  say(here);
  if (here === fatal) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
};
const slack = slackOver(
  fake,
  { warehouse, state: steppedState(state, step) },
  { now, fetch: steppedFetch(step) },
);
await beatOf(slack, renderers())();
say('done');
await state.close();
await warehouse.close();
