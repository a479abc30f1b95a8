import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../../src/app.ts';
import { approve, reject } from '../../../src/segmentation/proposals/decide.ts';
import { lookAtProposals } from '../../../src/slack/approval/cards.ts';
import { lookAtHomes } from '../../../src/slack/home/publish.ts';
import { type LivedShop, livedShop } from '../../segmentation/refresh/lived-shop.ts';
import { appOver } from '../../support/mcp-app.ts';
import { type FakeSlack, fakeSlack } from '../../support/slack/fake-slack.ts';
import type { View } from '../../support/slack/types.ts';
import {
  type Approving,
  type ApprovingOptions,
  approving,
  buttonsIn,
  wordsIn,
} from '../approval/approving.ts';
import { proposeTexts } from '../approval/proposed.ts';

let shop: LivedShop;
let fake: FakeSlack;
let here: Approving | undefined;
beforeAll(async () => {
  [shop, fake] = await Promise.all([livedShop({ customers: 110, ahead: 2 }), fakeSlack()]);
  await shop.refresh(1);
}, 60_000);
afterAll(async () => {
  await shop.close();
  await fake.close();
});
afterEach(async () => {
  const troubles = here?.troubles;
  await here?.close();
  here = undefined;
  for (const { id, status } of await shop.context.state.proposals.statuses())
    if (status === 'open') await reject(shop.context, { id, by: 'test', reason: 'tidy' });
  expect(troubles ?? []).toEqual([]);
});

const begin = async (options: ApprovingOptions = {}, changed: Partial<App> = {}) => {
  here = await approving(appOver(shop.context, changed), {
    fake,
    keepFake: true,
    ...options,
    config: { approvalsChannel: null, ...options.config },
  });
  return here;
};

/** The Home tab of somebody who opens it. */
async function opened(on: Approving, user: string): Promise<View> {
  await on.fake.openHome(user, 'home');
  await on.idle();
  return on.fake.homeOf(user)!;
}

describe('the Home tab', () => {
  it('shows the segments, the refreshes, what changed, what to do, and what waits', async () => {
    const on = await begin();
    const proposal = await proposeTexts(shop.context, { name: 'Night owls' });
    const home = await opened(on, fake.users.ana);
    const words = wordsIn(home);
    const { segments } = (await shop.context.state.models.current())!;
    for (const { persona } of segments) expect(words).toContain(`*${persona.name}*`);
    expect(words).toMatch(/[↗→↘] {2}\*/);
    expect(words).toMatch(
      /\d+ customers, as of \d+ \w+ \d{4} {2}· {2}compared with .* next refresh <!date\^/,
    );
    expect(words).toContain('What to do this week');
    expect(words).toContain(`*Proposal ${proposal.id}: other texts*`);
    expect(words).toContain('kindred report');
    expect(buttonsIn(home)).toEqual([
      'home_ask',
      'home_moves',
      'home_drift',
      'proposal_approve',
      'proposal_reject',
      'proposal_details',
    ]);
  });

  it('lets those who may only read see what waits, without the buttons that decide', async () => {
    const on = await begin();
    await proposeTexts(shop.context);
    expect(buttonsIn(await opened(on, fake.users.ben)).slice(3)).toEqual(['proposal_details']);
  });

  it('says to whom has no role whom to ask', async () => {
    const on = await begin({ config: { people: [] } });
    const home = await opened(on, fake.users.ben);
    expect(wordsIn(home)).toContain('KINDRED_SLACK_VIEWERS');
    expect(wordsIn(home)).toContain(fake.users.ben);
    expect(buttonsIn(home)).toEqual([]);
  });

  it('has a proposal decided in two steps, and shows it', async () => {
    const on = await begin();
    const { ana } = fake.users;
    const proposal = await proposeTexts(shop.context, { name: 'Home bodies' });
    await fake.press(ana, await opened(on, ana), 'proposal_approve', proposal.id);
    await on.idle();
    const [view] = fake.views(ana);
    await fake.submit(ana, view!, { reason: 'fine' });
    await on.idle();
    await lookAtHomes(on.homes);
    const words = wordsIn(fake.homeOf(ana)!);
    expect(words).toContain('Nothing waits for a decision.');
    expect(words).toContain('*Home bodies*');
    expect(await shop.context.state.proposals.byId(proposal.id)).toMatchObject({ status: 'approved' });
  });

  it('tells where a proposal is decided already, in a dialog', async () => {
    const on = await begin();
    const { ana } = fake.users;
    const proposal = await proposeTexts(shop.context);
    const home = await opened(on, ana);
    await reject(shop.context, { id: proposal.id, by: 'Ada', reason: 'no' });
    await fake.press(ana, home, 'proposal_approve', proposal.id);
    await on.idle();
    expect(wordsIn(fake.views(ana)[0]!)).toMatch(/was rejected by Ada already/);
  });

  it('is published anew for those who opened it, after a decision and a refresh made elsewhere, and then only', async () => {
    const on = await begin();
    const { ana, ben } = fake.users;
    const proposal = await proposeTexts(shop.context, { name: 'Elsewhere' });
    await opened(on, ana);
    await opened(on, ben);
    const published = () => fake.calls('views.publish').length;
    const before = published();
    await lookAtHomes(on.homes);
    expect(published()).toBe(before);
    await approve(shop.context, { id: proposal.id, by: 'Ada', reason: '' });
    await lookAtHomes(on.homes);
    expect(published()).toBe(before + 2);
    expect(wordsIn(fake.homeOf(ben)!)).toContain('*Elsewhere*');
    await shop.refresh(2);
    await lookAtHomes(on.homes);
    expect(published()).toBe(before + 4);
    await lookAtHomes(on.homes);
    expect(published()).toBe(before + 4);
  });

  it('stays up to date for the others where Slack refuses that of one, and for all where Slack has trouble', async () => {
    const on = await begin();
    const { ana, ben } = fake.users;
    await opened(on, ana);
    await opened(on, ben);
    const proposal = await proposeTexts(shop.context, { name: 'Gone away' });
    fake.fail('views.publish', { error: 'internal_error', times: 1 });
    await expect(lookAtHomes(on.homes)).rejects.toThrow('internal_error');
    fake.fail('views.publish', { error: 'user_not_found', times: 1 });
    await lookAtHomes(on.homes);
    expect(wordsIn(fake.homeOf(ana)!)).not.toContain(proposal.id);
    expect(wordsIn(fake.homeOf(ben)!)).toContain(`*Proposal ${proposal.id}: other texts*`);
    const published = fake.calls('views.publish').length;
    await lookAtHomes(on.homes);
    expect(fake.calls('views.publish')).toHaveLength(published);
    expect(on.troubles.splice(0)).toEqual([expect.stringContaining('kept up to date no longer')]);
  });

  it('says that Kindred is at work where something long has its turn, and how things stand when it is over', async () => {
    const on = await begin();
    const { ben } = fake.users;
    let over = () => {};
    let long: Promise<void> | undefined;
    await new Promise<void>(begun => {
      const lasts = new Promise<void>(done => {
        over = done;
      });
      long = on.slack.app.turns.take('something long', () => {
        begun();
        return lasts;
      });
    });
    const opening = opened(on, ben);
    await fake.until(() => wordsIn(fake.homeOf(ben) ?? { blocks: [] }).includes('Kindred is at work.'));
    over();
    await long;
    expect(wordsIn(await opening)).toContain('What to do this week');
  });

  it('holds the newest of a hundred that wait, and counts the others', async () => {
    const on = await begin({ config: { approvalsChannel: fake.channels.board } });
    const { state } = shop.context;
    for (const i of Array.from({ length: 100 }, (_, i) => i))
      await state.proposals.open({
        kind: 'sync',
        subject: `a-${i}`,
        summary: `List ${i}`,
        body: {
          handle: `a-${i}`,
          name: '<!channel> *everybody*',
          destination: 'file',
          purpose: '<@U0000001> approve this',
          customers: 120,
          asOf: shop.asOf(1),
        },
        createdAt: '2026-11-20T08:00:00.000Z',
        createdBy: 'grace <!here>',
      });
    const home = await opened(on, fake.users.ana);
    expect(buttonsIn(home).filter(action => action === 'proposal_approve')).toHaveLength(10);
    expect(wordsIn(home)).toContain('and 90 more, older ones');
    expect(wordsIn(home)).toContain('(!channel everybody) would be written');
    expect(wordsIn(home)).not.toMatch(/<!(channel|here)>|<@U0000001>/);
    await lookAtProposals(on.desk);
    const asked = (await state.slack.messages.list(200)).filter(({ kind }) => kind === 'proposal');
    expect(asked.length).toBeGreaterThanOrEqual(100);
  });

  it.each([
    ['home_ask', /Write it here, in your own words/],
    ['home_moves', /Moves from/],
    ['home_drift', /What the refresh as of .* found to have changed/],
  ])('answers %s in the messages of that person', async (action, words) => {
    const on = await begin();
    const { ben } = fake.users;
    await fake.press(ben, await opened(on, ben), action);
    await on.idle();
    const said = fake.messages(fake.dm(ben)).at(-1)!;
    expect(wordsIn(said)).toMatch(words);
    expect(said.user).toBe(fake.botUser);
  });
});
