import { renameSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createRandom } from '../../../src/clustering/random.ts';
import { openDuckDb } from '../../../src/warehouse/duckdb.ts';
import { livedShop } from '../../segmentation/refresh/lived-shop.ts';
import { startChild } from '../../support/child.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { onDay } from './on-day.ts';
import { deliveryWorld, keysIn, refreshed, type Told } from './world.ts';

/** Where it is stopped for certain; the kills after these come at any moment. */
const points = [
  'slack.messages.enqueue 1',
  'slack.messages.enqueue 2',
  'replies.record 1',
  'digests.keep 1',
  'files.getUploadURLExternal 1',
  'answer of files.getUploadURLExternal 1',
  'files.completeUploadExternal 1',
  'answer of files.completeUploadExternal 1',
  'slack.messages.sending 1',
  'slack.messages.sending 2',
  'chat.postMessage 1',
  'chat.postMessage 2',
  'answer of chat.postMessage 1',
  'answer of chat.postMessage 2',
  'slack.messages.sent 1',
  'slack.messages.sent 2',
];
const kills = 20;
/** In minutes. */
const day = 24 * 60;
const child = new URL('./deliver.ts', import.meta.url);

test('killed 20 times between refresh and sending, each channel has each digest once', async () => {
  const folder = temporaryFolder();
  const url = await freshDatabase();
  const file = folder.file('warehouse.duckdb');
  const open = () => openDuckDb({ file, threads: 2 });
  const shop = await livedShop({ customers: 110, ahead: 2, open, database: url });
  const world = await deliveryWorld(shop);
  const { fake, clock } = world;
  await refreshed(shop, 1, clock.now());
  await shop.letGo();
  const { apiUrl, botToken, appToken, channels } = fake;

  const tomorrow = () => new Date(clock.now().getTime() + day * 60_000);
  const random = createRandom(11);
  const go = (week: number) => folder.file(`go-${week}`);
  const point = (week: number) => points[week - 1] ?? 'none';
  const start = (week: number) => startChild(child, [go(week), point(week)]);
  let next = start(1);
  /** How long it takes on this machine, as the first ones show. */
  let longest = 0;
  let interrupted = 0;
  const refreshes = [clock.now().toISOString()];
  try {
    for (let week = 1; week <= kills; week++) {
      const running = next;
      if (week < kills) next = start(week + 1);
      await running.line();
      const [left, at] = [clock.now().toISOString(), tomorrow().toISOString()];
      const earlier = refreshes.at(-1)!;
      refreshes.push(at);
      clock.pass(day);
      const told: Told = {
        file,
        url,
        earlier,
        left,
        at,
        fake: { apiUrl, botToken, appToken, channels },
      };
      writeFileSync(`${go(week)}.making`, JSON.stringify(told));
      renameSync(`${go(week)}.making`, go(week));
      while ((await running.line()) !== 'refreshed');
      const began = performance.now();
      if (week <= points.length) {
        while ((await running.line()) !== point(week));
        longest = Math.max(longest, performance.now() - began);
      } else await wait(random.uniform() * longest);
      running.process.kill('SIGKILL');
      if ((await running.ended) === 'SIGKILL') interrupted++;
      clock.pass(10);
    }
    await shop.takeUp(open);
    const { state } = await onDay(shop.context.state, new Date(refreshes.at(-1)!));
    await world.process({ state }).beats(2);
    expect(interrupted).toBeGreaterThanOrEqual(points.length);
    const keys = refreshes.map(at => `digest refresh-${at.slice(0, '2026-11-23'.length)}`);
    for (const channel of [channels.marketing, channels.board])
      expect(keysIn(fake, channel).filter(key => key.startsWith('digest'))).toEqual(keys);
  } finally {
    next.process.kill('SIGKILL');
    await next.ended;
    await world.close();
    await shop.close();
    folder.remove();
  }
}, 600_000);
