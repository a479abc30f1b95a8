/**
 * A server that delivers, as a process of its own. Waits for the file that argv[2] names, sends what an earlier one left,
 * then finds the segments refreshed and sends what follows from it. Says every step that it comes to, and how often it has;
 * stands still at the one that argv[3] names.
 */
import { existsSync, readFileSync, writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { beatOf } from '../../../src/slack/delivery/beat.ts';
import { renderers } from '../../../src/slack/delivery/renderers.ts';
import { openState } from '../../../src/state/state.ts';
import { openDuckDb } from '../../../src/warehouse/duckdb.ts';
import { onDay } from './on-day.ts';
import { steppedFetch, steppedState } from './steps.ts';
import { slackOver, type Told } from './world.ts';

const [go, fatal] = process.argv.slice(2);
const say = (line: string) => writeSync(1, `${line}\n`);
say('ready');
while (!existsSync(go!)) await wait(2);
const { file, url, earlier, left, at, fake } = JSON.parse(readFileSync(go!, 'utf8')) as Told;
const warehouse = await openDuckDb({ file, threads: 2 });
const state = await openState({ dataDir: '', url });

const before = { warehouse, state: (await onDay(state, new Date(earlier))).state };
const leftOver = beatOf(slackOver(fake, before, { now: () => new Date(left) }), renderers());
for (let i = 0; i < 3; i++) await leftOver();
const refreshed = (await onDay(state, new Date(at))).state;
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
  { warehouse, state: steppedState(refreshed, step) },
  { now: () => new Date(at), fetch: steppedFetch(step) },
);
await beatOf(slack, renderers())();
say('done');
await state.close();
await warehouse.close();
