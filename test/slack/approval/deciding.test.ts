import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../../src/app.ts';
import { approve, reject } from '../../../src/segmentation/proposals/decide.ts';
import type { Proposal } from '../../../src/state/proposals.ts';
import { askedShop } from '../../mcp/approval/asked-shop.ts';
import { appOver } from '../../support/mcp-app.ts';
import { type FakeSlack, fakeSlack } from '../../support/slack/fake-slack.ts';
import type { Message, View } from '../../support/slack/types.ts';
import { type Approving, type ApprovingOptions, approving, buttonsIn, wordsIn } from './approving.ts';
import { firstName, proposeFeature, proposeTexts } from './proposed.ts';

const waiting = askedShop();
const shop = () => waiting.shop.context;

/** One for all: the state knows the cards of the tests before. */
let fake: FakeSlack;
beforeAll(async () => {
  fake = await fakeSlack();
});
afterAll(() => fake.close());

let here: Approving | undefined;
afterEach(async () => {
  const troubles = here?.troubles;
  await here?.close();
  here = undefined;
  expect(troubles ?? []).toEqual([]);
});

const begin = async (options: ApprovingOptions = {}, changed: Partial<App> = {}) => {
  here = await approving(appOver(shop(), changed), { fake, keepFake: true, ...options });
  return here;
};

const cardOf = ({ fake }: Approving, { id }: Proposal): Promise<Message> =>
  fake.waitFor(fake.channels.marketing, ({ text }) => text.includes(`Proposal ${id} `));

/** The card once it is posted. */
async function posted(on: Approving, proposal: Proposal): Promise<Message> {
  await on.look();
  return cardOf(on, proposal);
}

/** Presses, and gives the dialog that opens. */
async function pressed(
  on: Approving,
  user: string,
  card: Message,
  action = 'proposal_approve',
): Promise<View> {
  await on.fake.press(user, card, action);
  await on.idle();
  return on.fake.views(user)[0]!;
}

/** Submits, and waits until all is done that follows. */
async function submitted(on: Approving, user: string, view: View, values: Record<string, string> = {}) {
  const told = await on.fake.submit(user, view, values);
  await on.idle();
  return told;
}

const alone = ({ fake }: Approving, user: string, { id }: Proposal) =>
  fake
    .messages(fake.channels.marketing)
    .filter(({ ephemeral, text }) => ephemeral === user && text.includes(id));

const drawnAs = (on: Approving, { id }: Proposal, words: RegExp) =>
  on.fake.waitFor(
    on.fake.channels.marketing,
    message => message.text.includes(`Proposal ${id} `) && words.test(wordsIn(message)),
  );

describe('a proposal in the channel of approvals', () => {
  it('is posted once, with what changes, for how many, who proposed it and on what it rests', async () => {
    const on = await begin();
    const before = await firstName(shop());
    const proposal = await proposeTexts(shop(), { name: 'Night owls' });
    const card = await posted(on, proposal);
    await on.look();
    const words = wordsIn(card);
    expect(words).toContain(`*Proposal ${proposal.id}: other texts*`);
    expect(words).toContain(`“${before}” would be “Night owls”`);
    expect(words).toContain(`•  Name: “Night owls” instead of “${before}”`);
    expect(words).toMatch(/\*Customers in it: \d+, as of \d{1,2} [A-Z][a-z]+ \d{4}\*/);
    expect(words).toContain('Proposed by grace, through Claude Desktop on 22 November 2026.');
    expect(words).toContain('>“clearer”');
    expect(words).toContain('If you approve, people read these texts from now on');
    expect(words).toMatch(/Based on: Written from the figures of/);
    expect(buttonsIn(card)).toEqual(['proposal_approve', 'proposal_reject', 'proposal_details']);
    expect(on.fake.messages(on.fake.channels.marketing)).toHaveLength(1);
  });

  it('is approved in two steps, recorded, and the card tells everybody', async () => {
    const on = await begin();
    const { ana } = on.fake.users;
    const proposal = await proposeTexts(shop(), { name: 'Early birds' });
    const view = await pressed(on, ana, await posted(on, proposal));
    expect(await shop().state.proposals.byId(proposal.id)).toMatchObject({ status: 'open' });
    expect(wordsIn(view)).toMatch(/Name: “Early birds” instead of/);
    expect(wordsIn(view)).toMatch(/Customers in it: \d+/);
    await submitted(on, ana, view, { reason: 'It reads better' });
    const card = await drawnAs(on, proposal, /Approved by/);
    expect(await shop().state.proposals.byId(proposal.id)).toMatchObject({
      status: 'approved',
      decidedBy: `Ana (${ana})`,
      reason: 'It reads better (in Slack)',
    });
    expect(await firstName(shop())).toBe('Early birds');
    expect(wordsIn(card)).toContain(`Approved by <@${ana}>, <!date^`);
    expect(wordsIn(card)).toContain('>“It reads better (in Slack)”');
    expect(buttonsIn(card)).toEqual(['proposal_details']);
    expect(on.fake.views(ana)).toEqual([]);
    const rows = (await shop().state.audit.list()).filter(({ subject }) => subject === proposal.id);
    expect(rows.map(({ actor, action }) => [actor, action])).toEqual([
      ['grace, through Claude Desktop', 'proposal.opened'],
      [`Ana (${ana})`, 'slack.answer'],
      [`Ana (${ana})`, 'proposal.approved'],
    ]);
    expect(rows[1]!.details).toMatchObject({ surface: 'slack', answer: 'approve', role: 'approver' });
  });

  it('is rejected in two steps', async () => {
    const on = await begin();
    const { cleo } = on.fake.users;
    const before = await firstName(shop());
    const proposal = await proposeTexts(shop());
    const view = await pressed(on, cleo, await posted(on, proposal), 'proposal_reject');
    expect(wordsIn(view)).toContain('nothing changes');
    await submitted(on, cleo, view);
    const card = await drawnAs(on, proposal, /Rejected by/);
    expect(wordsIn(card)).toContain(`Rejected by <@${cleo}>`);
    expect(await shop().state.proposals.byId(proposal.id)).toMatchObject({
      status: 'rejected',
      decidedBy: cleo,
      reason: 'Decided in Slack.',
    });
    expect(await firstName(shop())).toBe(before);
  });

  it('closing the dialog decides nothing', async () => {
    const on = await begin();
    const { ana } = on.fake.users;
    const proposal = await proposeTexts(shop());
    await on.fake.dismiss(ana, await pressed(on, ana, await posted(on, proposal)));
    await on.look();
    expect(await shop().state.proposals.byId(proposal.id)).toMatchObject({ status: 'open' });
    expect(buttonsIn(await cardOf(on, proposal))).toContain('proposal_approve');
  });

  it('of a feature needs a reason that can be read', async () => {
    const on = await begin();
    const { ana } = on.fake.users;
    const proposal = await proposeFeature(shop());
    const view = await pressed(on, ana, await posted(on, proposal));
    await expect(on.fake.submit(ana, view, {})).rejects.toThrow('Slack asks to fill in reason');
    const { errors } = await on.fake.submit(ana, view, { reason: ' \u200b ' });
    expect(errors.reason).toMatch(/without a reason/);
    expect(await shop().state.proposals.byId(proposal.id)).toMatchObject({ status: 'open' });
    await on.fake.submit(ana, view, { reason: 'They agreed to it' });
    await drawnAs(on, proposal, /Approved by/);
    expect(await shop().state.proposals.byId(proposal.id)).toMatchObject({
      status: 'approved',
      reason: 'They agreed to it (in Slack)',
    });
  });
});

describe('a button', () => {
  it('of somebody who may not approve says who may, to them alone', async () => {
    const on = await begin();
    const { ana, ben, cleo } = on.fake.users;
    const proposal = await proposeTexts(shop());
    await on.fake.press(ben, await posted(on, proposal), 'proposal_approve');
    await on.fake.until(() => alone(on, ben, proposal).length === 1);
    expect(alone(on, ben, proposal)[0]!.text).toBe(
      `Only <@${ana}> and <@${cleo}> may approve or reject. Ask one of them to decide ${proposal.id}.`,
    );
    expect(on.fake.views(ben)).toEqual([]);
  });

  it('of somebody unknown says so', async () => {
    const on = await begin({
      config: { people: [] },
    });
    const { ana } = on.fake.users;
    const proposal = await proposeTexts(shop());
    await on.fake.press(ana, await posted(on, proposal), 'proposal_approve');
    await on.fake.waitFor(
      on.fake.channels.marketing,
      ({ ephemeral, text }) => ephemeral === ana && text.includes('does not know you yet'),
    );
  });

  it('that was pressed on a card of before says who decided, and the card is put right', async () => {
    const on = await begin();
    const { ana } = on.fake.users;
    const proposal = await proposeTexts(shop());
    const card = await posted(on, proposal);
    await reject(shop(), { id: proposal.id, by: 'Ada', reason: 'no' });
    await on.fake.press(ana, card, 'proposal_approve');
    await on.fake.until(() => alone(on, ana, proposal).length === 1);
    expect(alone(on, ana, proposal)[0]!.text).toMatch(
      new RegExp(`^${proposal.id} was rejected by Ada already, <!date`),
    );
    expect(buttonsIn(await drawnAs(on, proposal, /Rejected by Ada/))).toEqual(['proposal_details']);
  });
});

describe('a dialog of somebody who is no approver any more', () => {
  it('decides nothing, and says who may', async () => {
    const on = await begin();
    const { ana, cleo } = on.fake.users;
    const proposal = await proposeTexts(shop());
    const view = await pressed(on, ana, await posted(on, proposal));
    await on.close();
    const people = [
      { id: ana, name: 'Ana', role: 'analyst' as const },
      { id: cleo, name: '', role: 'approver' as const },
    ];
    const later = await begin({ config: { people } });
    await later.fake.submit(ana, view, {});
    expect(wordsIn(later.fake.views(ana)[0]!)).toContain(`Only <@${cleo}> may approve or reject.`);
    await later.idle();
    expect(await shop().state.proposals.byId(proposal.id)).toMatchObject({ status: 'open' });
    const answers = (await shop().state.audit.list()).filter(({ subject }) => subject === proposal.id);
    expect(answers.map(({ action }) => action)).toEqual(['proposal.opened']);
    await later.fake.dismiss(ana, later.fake.views(ana)[0]!);
  });
});

describe('a dialog that is answered late, as the state is slow', () => {
  const held = () => {
    let over = () => {};
    let waits = Promise.resolve();
    return {
      state: () => waits.then(() => shop().state),
      hold() {
        waits = new Promise(done => {
          over = done;
        });
      },
      over: () => over(),
    };
  };

  it('closes in time, and why nothing was decided is told beside it', async () => {
    const slow = held();
    const on = await begin({ answersWithinMs: 0 }, { state: slow.state });
    const { ana } = on.fake.users;
    const proposal = await proposeTexts(shop());
    const view = await pressed(on, ana, await posted(on, proposal));
    await reject(shop(), { id: proposal.id, by: 'Ada', reason: 'no' });
    slow.hold();
    await on.fake.submit(ana, view, {});
    expect(on.fake.views(ana)).toEqual([]);
    slow.over();
    await on.idle();
    expect(alone(on, ana, proposal).map(({ text }) => text)).toEqual([
      expect.stringMatching(/was rejected by Ada already/),
    ]);
  });

  it('decides what was confirmed, and nothing that lacks its reason', async () => {
    const slow = held();
    const on = await begin({ answersWithinMs: 0 }, { state: slow.state });
    const { ana } = on.fake.users;
    const proposal = await proposeFeature(shop());
    const card = await posted(on, proposal);
    for (const [reason, status] of [
      ['\u200b', 'open'],
      ['They agreed to it', 'approved'],
    ] as const) {
      const view = await pressed(on, ana, card);
      slow.hold();
      await on.fake.submit(ana, view, { reason });
      expect(on.fake.views(ana)).toEqual([]);
      slow.over();
      await on.idle();
      expect(await shop().state.proposals.byId(proposal.id)).toMatchObject({ status });
    }
    expect(alone(on, ana, proposal).map(({ text }) => text)).toEqual([
      `${proposal.id} is not decided. Say why: without a reason this cannot be approved.`,
    ]);
  });
});

describe('a dialog that was opened before somebody else decided', () => {
  it('says who did where it is submitted after', async () => {
    const on = await begin();
    const { ana } = on.fake.users;
    const proposal = await proposeTexts(shop(), { name: 'Late comers' });
    const view = await pressed(on, ana, await posted(on, proposal));
    await approve(shop(), { id: proposal.id, by: 'Ada', reason: '' });
    await on.fake.submit(ana, view, {});
    const [told] = on.fake.views(ana);
    expect(wordsIn(told!)).toMatch(/was approved by Ada already/);
    expect((await shop().state.proposals.byId(proposal.id))?.decidedBy).toBe('Ada');
  });

  it('of two who submit at once one decides, and the other is told who', async () => {
    const on = await begin();
    const { ana, cleo } = on.fake.users;
    const proposal = await proposeTexts(shop());
    const card = await posted(on, proposal);
    const [first, second] = [await pressed(on, ana, card), await pressed(on, cleo, card, 'proposal_reject')];
    await Promise.all([on.fake.submit(ana, first, {}), on.fake.submit(cleo, second, {})]);
    await drawnAs(on, proposal, /(Approved|Rejected) by <@\w+>, <!date/);
    await on.idle();
    const decided = (await shop().state.audit.list()).filter(
      ({ action, subject }) => subject === proposal.id && /proposal\.(approved|rejected)/.test(action),
    );
    expect(decided).toHaveLength(1);
    const loser = decided[0]!.actor === cleo ? ana : cleo;
    const told = [
      ...on.fake.views(loser).map(wordsIn),
      ...alone(on, loser, proposal).map(({ text }) => text),
    ].join('\n');
    expect(told).toMatch(/(was (approved|rejected) by|being carried out)/);
  });
});

describe('a card', () => {
  it('follows what is decided in a terminal', async () => {
    const on = await begin();
    const proposal = await proposeTexts(shop(), { name: 'Terminal folk' });
    await posted(on, proposal);
    await approve(shop(), { id: proposal.id, by: 'Ada', reason: 'fine' });
    await on.look();
    const card = await drawnAs(on, proposal, /Approved by Ada/);
    expect(wordsIn(card)).toContain('>“fine”');
    const drawn = on.fake.calls('chat.update').length;
    await on.look();
    expect(on.fake.calls('chat.update')).toHaveLength(drawn);
  });

  it('says why a decision was not carried out, and stays open', async () => {
    const on = await begin();
    const { ana } = on.fake.users;
    const proposal = await proposeTexts(shop(), { name: 'Second thoughts' });
    const other = await proposeTextsOfAnother();
    const view = await pressed(on, ana, await posted(on, proposal));
    await approve(shop(), { id: other.id, by: 'Ada', reason: '' });
    await on.fake.submit(ana, view, {});
    const card = await drawnAs(on, proposal, /could not be carried out/);
    expect(wordsIn(card)).toMatch(/can no longer be approved: /);
    expect(buttonsIn(card)).toContain('proposal_reject');
    await on.fake.until(() => alone(on, ana, proposal).length === 1);
    expect(alone(on, ana, proposal)[0]!.text).toMatch(
      /^You said approve to p-\d+, but it was not carried out: /,
    );
    expect(await shop().state.proposals.byId(proposal.id)).toMatchObject({ status: 'open' });
  });
});

/** Of the same segment, under a subject of its own, so that it supersedes nothing. */
async function proposeTextsOfAnother(): Promise<Proposal> {
  const { state, now } = shop();
  const model = (await state.models.current())!;
  const { key, persona } = model.segments[0]!;
  const { name, sentence, paragraph, evidence, action, avoid, neutralName } = persona;
  const before = { name, sentence, paragraph, evidence, action, avoid, neutralName };
  const after = { ...before, sentence: `${sentence} Always.` };
  return state.proposals.open({
    kind: 'persona',
    subject: 'aside',
    summary: 'Other texts',
    body: { modelId: model.id, asOf: model.describedAsOf, why: '', texts: [{ key, before, after }] },
    createdAt: now().toISOString(),
    createdBy: 'grace',
  });
}
