import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { buildAudience } from '../../../src/segmentation/audiences/build-audience.ts';
import { exportAudience } from '../../../src/segmentation/audiences/export-audience.ts';
import { registerAnswerActions } from '../../../src/slack/listeners/answers/register.ts';
import { listFolder, sendList } from '../../../src/slack/lists/send-list.ts';
import { type LivedShop, livedShop } from '../../segmentation/refresh/lived-shop.ts';
import { type Answering, answering } from './answering.ts';

let shop: LivedShop;
let here: Answering;
beforeAll(async () => {
  shop = await livedShop({ customers: 110, ahead: 1 });
  here = await answering(shop);
}, 60_000);
afterAll(async () => {
  await here.close();
  await shop.close();
});

it('sends nothing that is larger than Slack takes, says how to have it, and leaves nothing behind', async () => {
  const { audience } = await buildAudience(shop.context, {
    filter: { field: 'orders', atLeast: 1 },
    actor: 'test',
  });
  const person = { id: here.fake.users.cleo, actor: 'Cleo', role: 'analyst' } as const;
  const { handle } = audience;
  const write = (file: string) => exportAudience(shop.context, { handle, file, actor: 'Cleo' });
  const end = await sendList(here.slack, { person, handle, channel: null, write }, 100);
  expect(end).toMatchObject({ kind: 'too-large', handle });
  expect(here.fake.files()).toEqual([]);
  expect(readdirSync(here.tempDir)).toEqual([]);
  expect(await shop.context.state.audit.list(['audience.sent'])).toEqual([]);
});

it('removes the lists that a server which was killed left behind, and nothing else', async () => {
  mkdirSync(join(here.tempDir, `${listFolder}abc`));
  writeFileSync(join(here.tempDir, `${listFolder}abc`, 'a-1.csv'), 'somebody');
  mkdirSync(join(here.tempDir, 'other'));
  const listens = { action: () => {}, view: () => {} };
  registerAnswerActions(listens as never, here.slack);
  await vi.waitFor(() => expect(readdirSync(here.tempDir)).toEqual(['other']));
});
