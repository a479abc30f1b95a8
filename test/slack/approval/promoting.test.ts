import { afterAll, beforeAll, expect, it } from 'vitest';
import { proposeRecipeTool } from '../../../src/tools/propose_recipe.ts';
import { appOver } from '../../support/mcp-app.ts';
import { type LivedTools, livedTools } from '../../tools/lived-tools.ts';
import { approving, wordsIn } from './approving.ts';

let tools: LivedTools;
beforeAll(async () => {
  tools = await livedTools();
}, 60_000);
afterAll(() => tools.shop.close());

it('other segments come to stand: the dialog closes at once, and the card tells how far it is', async () => {
  const { context } = tools.shop;
  const { proposal } = await tools.call<{ proposal: string }>(proposeRecipeTool, {
    k: 3,
    why: 'fewer are easier to write to',
  });
  const on = await approving(appOver(context));
  const { fake } = on;
  const { ana, cleo } = fake.users;
  await on.look();
  const card = await fake.waitFor(fake.channels.marketing, ({ text }) => text.includes(`${proposal} `));
  const words = wordsIn(card);
  expect(words).toContain(`*Proposal ${proposal}: segments by another recipe*`);
  expect(words).toMatch(/Recipe: \d+ features, 3 groups, seed \d+\. Fingerprint: [0-9a-f]{12}\./);
  expect(words).toContain('>“fewer are easier to write to”');
  await fake.press(ana, card, 'proposal_approve');
  await on.idle();
  const [view] = fake.views(ana);
  // Something has its turn: it is carried out behind it, and whoever presses meanwhile is told.
  let over = () => {};
  const busy = on.slack.app.turns.take(
    'a refresh',
    () =>
      new Promise<void>(done => {
        over = done;
      }),
  );
  await fake.submit(ana, view!, {});
  expect(fake.views(ana)).toEqual([]);
  await fake.waitFor(fake.channels.marketing, message => wordsIn(message).includes('Being carried out'));
  await fake.press(cleo, card, 'proposal_reject');
  const told = await fake.waitFor(fake.channels.marketing, ({ ephemeral }) => ephemeral === cleo);
  expect(told.text).toBe(`Approved by <@${ana}> a moment ago, and being carried out.`);
  over();
  await busy;
  await on.idle();
  expect((await context.state.models.current())!.segments).toHaveLength(3);
  const [drawn] = fake.messages(fake.channels.marketing);
  expect(wordsIn(drawn!)).toContain(`Approved by <@${ana}>`);
  expect(wordsIn(drawn!)).toContain('These are the segments now.');
  expect(on.troubles).toEqual([]);
  await on.close();
});
