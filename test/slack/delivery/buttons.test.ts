import { App as Bolt, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerDigestActions } from '../../../src/slack/listeners/digest/register.ts';
import { type LivedShop, livedShop } from '../../segmentation/refresh/lived-shop.ts';
import type { Message } from '../../support/slack/types.ts';
import { buttonsOf, wordsIn } from '../answers/answering.ts';
import { proposeTexts } from '../approval/proposed.ts';
import { type DeliveryWorld, deliveryWorld, refreshed } from './world.ts';

let shop: LivedShop;
let world: DeliveryWorld;
let bolt: Bolt;
let digest: Message;
beforeAll(async () => {
  shop = await livedShop({ customers: 110, ahead: 6, changes: { brokenFeed: { fromWeek: 1 } } });
  world = await deliveryWorld(shop);
  const { fake, clock } = world;
  await refreshed(shop, 3, clock.now());
  await proposeTexts(shop.context, { actor: `Ana (${fake.users.ana}), through Claude Desktop` });
  const people = [
    { id: fake.users.ana, name: 'Ana', role: 'approver' as const },
    { id: fake.users.ben, name: 'Ben', role: 'viewer' as const },
  ];
  const server = world.process({ config: { people } });
  await server.beats(1);
  digest = fake.messages(fake.channels.marketing).at(-1)!;
  bolt = new Bolt({
    token: fake.botToken,
    receiver: new SocketModeReceiver({
      appToken: fake.appToken,
      logLevel: LogLevel.ERROR,
      installerOptions: { clientOptions: { slackApiUrl: fake.apiUrl } },
    }),
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: fake.apiUrl },
  });
  registerDigestActions(bolt, server.slack);
  await bolt.start();
  await fake.connected();
});
afterAll(async () => {
  await bolt.stop();
  await world.close();
  await shop.close();
});

/** What a user alone is told after a press that holds these words; a picture may come after it. */
async function pressed(user: string, action: string, holds: RegExp): Promise<Message> {
  const { fake } = world;
  const before = new Set(fake.allMessages(digest.channel).map(({ ts }) => ts));
  await fake.press(user, digest, action);
  return fake.waitFor(
    digest.channel,
    message => message.ephemeral === user && !before.has(message.ts) && holds.test(wordsIn(message)),
  );
}

test('each button answers whoever pressed, and nobody else', async () => {
  const { ben } = world.fake.users;
  expect(buttonsOf(digest).map(({ text }) => text)).toEqual([
    'Show the moves',
    'Show drift (1)',
    'Open proposals (1)',
    'Ask a question',
  ]);
  await pressed(ben, 'digest_moves', /Moves from 1 June 2026 to 22 June 2026/);
  await pressed(ben, 'digest_drift', /All feeds of the shop stopped arriving/);
  const card = await pressed(
    ben,
    'digest_proposals',
    new RegExp(`Proposed by <@${world.fake.users.ana}>, through Claude Desktop`),
  );
  expect(buttonsOf(card).map(({ text }) => text)).toEqual(expect.arrayContaining(['Approve …', 'Reject …']));
  await pressed(ben, 'digest_ask', /What would you like to know\?/);
});

test('somebody whom Kindred does not know is told whom to ask', async () => {
  await pressed(world.fake.users.cleo, 'digest_moves', /does not know you yet/);
});

test('proposals that were decided meanwhile are shown no more', async () => {
  const { proposals } = shop.context.state;
  for (const { id, status } of await proposals.list())
    if (status === 'open')
      await proposals.reject(id, { at: world.clock.now().toISOString(), by: 'grace', reason: 'not now' });
  await pressed(world.fake.users.ana, 'digest_proposals', /Nothing waits/);
});
