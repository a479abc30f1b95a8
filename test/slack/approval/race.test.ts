import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { lookAtProposals, redraw } from '../../../src/slack/approval/cards.ts';
import { carryOut } from '../../../src/slack/approval/decision.ts';
import { createDesk } from '../../../src/slack/approval/desk.ts';
import { personOf } from '../../../src/slack/people.ts';
import { openState, type State } from '../../../src/state/state.ts';
import { openDuckDb } from '../../../src/warehouse/duckdb.ts';
import { openPostgres } from '../../../src/warehouse/postgres.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import { appOver } from '../../support/mcp-app.ts';
import { type FakeSlack, fakeSlack } from '../../support/slack/fake-slack.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type Approving, approving, buttonsIn, wordsIn } from './approving.ts';
import { proposeFeature } from './proposed.ts';

const folder = temporaryFolder();
const closers: (() => Promise<unknown>)[] = [];
let fake: FakeSlack;
beforeAll(async () => {
  fake = await fakeSlack();
});
afterAll(async () => {
  await fake.close();
  folder.remove();
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Each of its own stores, as processes have them. */
async function side(open: { state: () => Promise<State>; warehouse: () => ReturnType<typeof openDuckDb> }) {
  const [state, warehouse] = [await open.state(), await open.warehouse()];
  const on = await approving(appOver({ state, warehouse }), { fake, keepFake: true });
  closers.push(
    () => state.close(),
    () => warehouse.close(),
    () => on.close(),
  );
  return { on, context: { ...on.slack.app, state, warehouse, pool: on.slack.app.pool() } };
}

const pglite = () => ({
  state: () => openState({ dataDir: folder.file('pglite') }),
  warehouse: () => openDuckDb({ file: ':memory:', threads: 1 }),
});

async function postgres() {
  const [database, url] = [await freshDatabase(), await freshDatabase()];
  return {
    state: () => openState({ dataDir: folder.path, url: database }),
    warehouse: () => openPostgres({ url }),
  };
}

const confirm = (on: Approving, user: string, id: string, decision: 'approve' | 'reject') => ({
  person: personOf(on.slack.config, user)!,
  decision,
  reason: 'They agreed to it',
  place: { channel: fake.channels.marketing, thread: null },
  id,
});

const cardOf = (id: string) =>
  fake.messages(fake.channels.marketing).findLast(({ text }) => text.includes(`Proposal ${id} `))!;

describe.each([
  { where: 'one process on PGlite', two: async () => [await side(pglite())] },
  {
    where: 'two processes on Postgres',
    two: async () => {
      const open = await postgres();
      return [await side(open), await side(open)];
    },
  },
])('two who confirm at once, in $where', ({ two }) => {
  it('one decides, the other is told who did, and the card shows it', async () => {
    const sides = await two();
    const { on: first, context } = sides[0]!;
    // In one process, a desk of its own lets the second through to the state, as a press at the same moment would.
    const second = sides[1]?.on.desk ?? createDesk(first.slack);
    const proposal = await proposeFeature(context);
    await first.look();
    const { ana, cleo } = fake.users;
    const before = fake.messages(fake.channels.marketing).length;
    await Promise.all([
      carryOut(first.desk, proposal, confirm(first, ana, proposal.id, 'approve')),
      carryOut(second, proposal, confirm(first, cleo, proposal.id, 'reject')),
    ]);
    const rows = (await context.state.audit.list()).filter(({ action }) =>
      /^proposal\.(approved|rejected)$/.test(action),
    );
    expect(rows).toHaveLength(1);
    const { status, decidedBy } = (await context.state.proposals.byId(proposal.id))!;
    expect(rows[0]).toMatchObject({ action: `proposal.${status}`, actor: decidedBy });
    const loser = decidedBy === cleo ? ana : cleo;
    const told = fake.messages(fake.channels.marketing).slice(before);
    expect(told).toMatchObject([{ ephemeral: loser, text: expect.stringContaining(`was ${status} by`) }]);
    await first.look();
    expect(wordsIn(cardOf(proposal.id))).toMatch(status === 'approved' ? /Approved by <@/ : /Rejected by <@/);
    expect(buttonsIn(cardOf(proposal.id))).toEqual(['proposal_details']);
  });
});

describe('a process that is killed', () => {
  it('between the decision and the card: the next one puts the card right', async () => {
    const { on, context } = await side(pglite());
    const proposal = await proposeFeature(context);
    await on.look();
    fake.fail('chat.update', { error: 'internal_error', times: 2 });
    await carryOut(on.desk, proposal, confirm(on, fake.users.ana, proposal.id, 'approve'));
    expect(buttonsIn(cardOf(proposal.id))).toContain('proposal_approve');
    expect(await context.state.proposals.byId(proposal.id)).toMatchObject({ status: 'approved' });
    const next = await approving(on.slack.app, { fake, keepFake: true });
    closers.push(() => next.close());
    await next.look();
    expect(wordsIn(cardOf(proposal.id))).toContain(`Approved by <@${fake.users.ana}>`);
  });

  it('before the decision: the next one shows that it stays open, and why', async () => {
    const { on, context } = await side(pglite());
    const proposal = await proposeFeature(context);
    await on.look();
    const [card] = await context.state.slack.messages.of('proposal', proposal.id);
    await context.state.slack.messages.shown(card!.id, 'under way: approve');
    const next = await approving(on.slack.app, { fake, keepFake: true });
    closers.push(() => next.close());
    await next.look();
    expect(wordsIn(cardOf(proposal.id))).toContain('Kindred was stopped before it could be carried out.');
    expect(buttonsIn(cardOf(proposal.id))).toContain('proposal_approve');
  });

  it('is not taken for dead by another that was there before: nobody is asked to decide once more', async () => {
    const { on, context } = await side(pglite());
    const other = createDesk(on.slack);
    await lookAtProposals(other);
    const proposal = await proposeFeature(context);
    await on.look();
    let over = () => {};
    const busy = on.slack.app.turns.take(
      'a refresh',
      () =>
        new Promise<void>(done => {
          over = done;
        }),
    );
    const deciding = carryOut(on.desk, proposal, confirm(on, fake.users.ana, proposal.id, 'approve'));
    await redraw(on.desk, proposal.id);
    const [card] = await context.state.slack.messages.of('proposal', proposal.id);
    expect(card!.shown).toBe('under way: approve');
    await lookAtProposals(other);
    expect(wordsIn(cardOf(proposal.id))).toContain('Being carried out');
    over();
    await Promise.all([busy, deciding]);
    await lookAtProposals(other);
    expect(wordsIn(cardOf(proposal.id))).toContain(`Approved by <@${fake.users.ana}>`);
  });

  it('is not what a card tells of that Slack did not take: why it was not carried out stays', async () => {
    const { on, context } = await side(pglite());
    const proposal = await proposeFeature(context);
    await on.look();
    const given = confirm(on, fake.users.ana, proposal.id, 'approve');
    let calls = 0;
    const { update } = on.slack.client.chat;
    // Drawn as under way, and not drawn again before the next look.
    on.slack.client.chat.update = (async (...args: Parameters<typeof update>) => {
      calls += 1;
      if (calls > 1) throw new Error('no answer');
      return update(...args);
    }) as typeof update;
    await carryOut(on.desk, proposal, { ...given, person: { ...given.person, actor: '' } });
    on.slack.client.chat.update = update;
    await on.look();
    const words = wordsIn(cardOf(proposal.id));
    expect(words).toContain('Nobody is named who decides.');
    expect(buttonsIn(cardOf(proposal.id))).toContain('proposal_approve');
  });

  it('a card that was deleted is given up, and the others are drawn', async () => {
    const { on, context } = await side(pglite());
    const proposal = await proposeFeature(context);
    await on.look();
    await fake.remove(cardOf(proposal.id));
    await carryOut(on.desk, proposal, confirm(on, fake.users.ana, proposal.id, 'reject'));
    const before = fake.calls('chat.update').length;
    await on.look();
    expect(fake.calls('chat.update')).toHaveLength(before);
  });
});
