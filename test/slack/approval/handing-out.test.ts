import { readdirSync } from 'node:fs';
import { afterAll, afterEach, expect, it } from 'vitest';
import { askedShop } from '../../mcp/approval/asked-shop.ts';
import { appOver } from '../../support/mcp-app.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type Approving, approving, wordsIn } from './approving.ts';
import { proposeList } from './proposed.ts';

const waiting = askedShop();
const shop = () => waiting.shop.context;
const folder = temporaryFolder();
afterAll(() => folder.remove());

let here: Approving | undefined;
afterEach(async () => {
  await here?.close();
  here = undefined;
});

/** Approves a list up to its confirmation, in the channel of approvals. */
async function confirmed(on: Approving): Promise<string> {
  const { fake } = on;
  const proposal = await proposeList(shop());
  await on.look();
  const card = await fake.waitFor(fake.channels.marketing, ({ text }) => text.includes(`${proposal.id} `));
  await fake.press(fake.users.ana, card, 'proposal_approve');
  await on.idle();
  const [view] = fake.views(fake.users.ana);
  expect(wordsIn(view!)).toContain('a file with them is sent to you alone');
  await fake.submit(fake.users.ana, view!, {});
  await on.idle();
  return proposal.id;
}

const begin = async () => {
  here = await approving(appOver(shop(), { tempDir: folder.path }));
  return here;
};

it('an approved list goes to whoever approved it, and to nobody else', async () => {
  const on = await begin();
  const { fake } = on;
  const id = await confirmed(on);
  const dm = fake.dm(fake.users.ana);
  const [file, ...others] = fake.files();
  expect(others).toEqual([]);
  expect(file!.shared.map(({ channel }) => channel)).toEqual([dm]);
  expect(file!.bytes!.toString('utf8').split('\n')[0]).toMatch(/^customer_id,email/);
  expect(await shop().state.proposals.byId(id)).toMatchObject({
    status: 'approved',
    decidedBy: `Ana (${fake.users.ana})`,
  });
  const card = fake.messages(fake.channels.marketing).find(({ text }) => text.includes(`${id} `))!;
  expect(wordsIn(card)).toContain('The list was written for whoever approved it, and for nobody else.');
  expect(JSON.stringify(fake.messages(fake.channels.marketing))).not.toMatch(/shop-\d|@example/);
  expect(readdirSync(folder.path)).toEqual([]);
  expect(on.troubles).toEqual([]);
});

it('where Slack does not take the file it is approved all the same, and whoever approved it hears where it is', async () => {
  const on = await begin();
  const { fake } = on;
  fake.fail('files.getUploadURLExternal', { error: 'internal_error', times: 50 });
  const id = await confirmed(on);
  const told = await fake.waitFor(
    fake.channels.marketing,
    ({ ephemeral, text }) => ephemeral === fake.users.ana && text.includes(id),
  );
  expect(told.text).toMatch(
    /is approved, but Slack did not take the file\. In a terminal, kindred audience export \S+ --to FILE/,
  );
  expect(await shop().state.proposals.byId(id)).toMatchObject({ status: 'approved' });
  expect(readdirSync(folder.path)).toEqual([]);
});
