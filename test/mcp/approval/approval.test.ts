import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../src/mcp/caller.ts';
import { reject } from '../../../src/segmentation/proposals/decide.ts';
import { tools } from '../../../src/tools/registry.ts';
import { appOver } from '../../support/mcp-app.ts';
import { type Answered, type Asked, connectedClient, eras, person } from '../../support/mcp-client.ts';
import { askedShop, freshName } from './asked-shop.ts';

const waiting = askedShop();
const { latest } = waiting;

interface Seen {
  asked: Asked[];
  isError: boolean;
  /** What the model reads. */
  told: Record<string, unknown>;
  text: string;
}

interface Session {
  era: (typeof eras)[number];
  caller?: Partial<Caller>;
  /** null for a client that cannot ask. */
  answers: ((asked: Asked, nth: number) => Answered | Promise<Answered>) | null;
}

const accept = (decision: string, reason?: string): Answered => ({
  action: 'accept',
  content: { decision, ...(reason === undefined ? {} : { reason }) },
});

async function called(name: string, args: Record<string, unknown>, session: Session): Promise<Seen> {
  const { era, caller = {}, answers } = session;
  const asked: Asked[] = [];
  const { client, close } = await connectedClient(appOver(waiting.shop.context), person(caller), {
    era,
    name: 'Claude Desktop',
    parts: { registry: tools.filter(tool => tool.name === name) },
    ...(answers
      ? {
          elicit: question => {
            asked.push(question);
            return answers(question, asked.length);
          },
        }
      : {}),
  });
  const result = await client.callTool({ name, arguments: args });
  await close();
  const [{ text }] = result.content as unknown as [{ text: string }];
  return {
    asked,
    isError: result.isError === true,
    told: (result.structuredContent ?? {}) as Record<string, unknown>,
    text,
  };
}

/** Texts that stand nowhere yet. */
const texts = () => ({ segment: waiting.key, name: freshName(), why: 'clearer' });
const nameNow = async () => (await waiting.shop.context.state.models.current())!.segments[0]!.persona.name;

/** What goes over the wire. */
describe.each(eras)('a proposal in the %s era', era => {
  it('is put to the person, who approves: it is carried out, by them', async () => {
    const given = texts();
    const { told, asked, isError } = await called('propose_persona', given, {
      era,
      answers: () => accept('approve', 'It reads better'),
    });
    expect(isError).toBe(false);
    expect(asked).toHaveLength(1);
    const { id, status, decidedBy, reason, createdBy } = await latest();
    expect({ status, decidedBy, reason, createdBy }).toEqual({
      status: 'approved',
      decidedBy: 'ada',
      reason: 'It reads better (asked in Claude Desktop)',
      createdBy: 'ada, through Claude Desktop',
    });
    expect(await nameNow()).toBe(given.name);
    expect(told.proposal).toBe(id);
    const rows = (await waiting.shop.context.state.audit.list()).slice(-5);
    expect(rows.map(({ actor, action, subject }) => [actor, action, subject])).toEqual([
      ['ada', 'mcp.tool', 'propose_persona'],
      ['ada, through Claude Desktop', 'proposal.opened', id],
      ['ada', 'mcp.answer', id],
      ['ada', 'proposal.approved', id],
      ['ada', expect.stringMatching(/./), expect.anything()],
    ]);
    expect(rows[2]!.details).toMatchObject({ client: 'Claude Desktop', answer: 'approve', role: 'approver' });
    expect(told.decide).toMatch(/^Approved by ada, asked in Claude Desktop\. The texts stand now/);
  });

  it('is rejected by the person', async () => {
    const before = await nameNow();
    const { told } = await called('propose_persona', texts(), {
      era,
      answers: () => accept('reject', 'Too long'),
    });
    expect(told.decide).toBe(
      'Rejected by ada, asked in Claude Desktop, because: Too long. The texts stay as they are.',
    );
    expect(await latest()).toMatchObject({ status: 'rejected', decidedBy: 'ada' });
    expect(await nameNow()).toBe(before);
  });

  it.each([
    ['later', () => accept('later'), /decides later\. Waits for a person: kindred approve/],
    ['declined', (): Answered => ({ action: 'decline' }), /closed the question without deciding\. Waits/],
    ['cancelled', (): Answered => ({ action: 'cancel' }), /closed the question without deciding\. Waits/],
    ['no decision', (): Answered => ({ action: 'accept', content: {} }), /could not be read\. Waits/],
    ['another word', () => accept('yes please'), /could not be read\. Waits/],
  ])('stays open: %s', async (_, answers, words) => {
    const { told, isError } = await called('propose_persona', texts(), { era, answers });
    expect(isError).toBe(false);
    expect(told.decide).toMatch(words);
    expect(await latest()).toMatchObject({ status: 'open', id: told.proposal });
  });

  it('stays open where the client fails to ask', async () => {
    const failing = async (): Promise<Answered> => {
      throw new Error('no window');
    };
    await called('propose_persona', texts(), { era, answers: failing }).catch(() => {});
    expect(await latest()).toMatchObject({ status: 'open' });
  });

  it('is opened once, however often the question goes to and fro', async () => {
    const { proposals } = waiting.shop.context.state;
    const before = (await proposals.list()).length;
    await called('propose_persona', texts(), { era, answers: () => accept('later') });
    expect(await proposals.list()).toHaveLength(before + 1);
  });

  it('says where to decide to a client that cannot ask', async () => {
    const { told } = await called('propose_persona', texts(), { era, answers: null });
    expect(told.decide).toMatch(
      /^Waits for a person: kindred approve p-\d+, or kindred reject.* terminal where Kindred runs; without one, call review_proposal/,
    );
  });

  it('of a feature needs a reason: it is asked for, and kept', async () => {
    await blocked();
    const { told, asked } = await called('propose_feature', toAllow, {
      era,
      answers: (_, nth) => (nth === 1 ? accept('approve', ' ') : accept('approve', 'They agreed to it')),
    });
    expect(asked).toHaveLength(2);
    expect(asked[1]!.message).toMatch(/^A reason is needed/);
    expect(asked[1]!.requestedSchema.required).toEqual(['decision', 'reason']);
    expect(told.decide).toMatch(/^Approved by ada, asked in Claude Desktop\. It may be used/);
    expect(await latest()).toMatchObject({
      status: 'approved',
      reason: 'They agreed to it (asked in Claude Desktop)',
    });
  });
});

describe('a proposal', () => {
  const era = 'modern';

  it('shows the person what changes, for how many, and who proposed it', async () => {
    const before = await nameNow();
    const given = texts();
    const { asked } = await called('propose_persona', given, { era, answers: () => accept('later') });
    const [{ message, requestedSchema }] = asked as [Asked];
    expect(message).toContain(`- Name: “${given.name}” instead of “${before}”`);
    expect(message).toMatch(/Customers in it: \d+, as of \d{1,2} [A-Z][a-z]+ \d{4}/);
    expect(message).toContain('Proposed by: ada, through Claude Desktop');
    expect(message).toContain('In their words: “clearer”');
    expect(message.length).toBeLessThan(1500);
    // What is filled in beforehand would be sent by whoever fills in nothing.
    for (const property of Object.values(requestedSchema.properties))
      expect(property).not.toHaveProperty('default');
    expect(requestedSchema.required).toEqual(['decision']);
  });

  it.each(['analyst', 'viewer'] as const)('asks no %s, and says who decides', async role => {
    await called('propose_persona', texts(), { era, answers: null });
    const name = role === 'analyst' ? 'propose_persona' : 'review_proposal';
    const args = role === 'analyst' ? texts() : {};
    const { asked, told, text } = await called(name, args, {
      era,
      caller: { role, actor: 'linus', key: 'linus' },
      answers: () => accept('approve'),
    });
    expect(asked).toEqual([]);
    expect(text).toContain(`That takes the role approver; yours is ${role}`);
    expect(text).toMatch(/kindred approve p-\d+/);
    expect(told).not.toEqual({});
    expect(await latest()).toMatchObject({ status: 'open' });
  });

  it('was decided by another meanwhile: the person is told, and nothing is done twice', async () => {
    const before = await nameNow();
    const { told } = await called('propose_persona', texts(), {
      era,
      async answers() {
        await reject(waiting.shop.context, { id: (await latest()).id, by: 'grace', reason: 'no' });
        return accept('approve');
      },
    });
    expect(told.decide).toMatch(/ada said approve, but it was not carried out: p-\d+ was rejected by grace/);
    expect(await latest()).toMatchObject({ status: 'rejected', decidedBy: 'grace' });
    expect(await nameNow()).toBe(before);
  });

  it('cannot be carried out any more: the person is told why, and it stays open', async () => {
    const { state } = waiting.shop.context;
    const { told } = await called('propose_persona', texts(), {
      era,
      async answers() {
        const model = (await state.models.current())!;
        const { persona } = model.segments[0]!;
        const changed = { ...persona, sentence: `${persona.sentence} Always.` };
        const other = await state.proposals.open({
          kind: 'persona',
          subject: 'aside',
          summary: 'Other texts',
          body: {},
          createdAt: waiting.shop.context.now().toISOString(),
          createdBy: 'grace',
        });
        const personas = [{ key: waiting.key, persona: changed }];
        const decided = { at: waiting.shop.context.now().toISOString(), by: 'grace', reason: '' };
        await state.proposals.approve(other.id, decided, { kind: 'persona', modelId: model.id, personas });
        return accept('approve');
      },
    });
    expect(told.decide).toMatch(
      /^ada said approve, but it was not carried out: p-\d+ can no longer be approved: the texts of .* were changed since\. .* stays open and nothing has changed\.$/,
    );
    expect(await state.proposals.byId(String(told.proposal))).toMatchObject({ status: 'open' });
  });

  it.each([undefined, '', ' ', '\u200b\u2060'])(
    'of a feature stays open with %j for a reason',
    async reason => {
      await blocked();
      const { told, asked } = await called('propose_feature', toAllow, {
        era,
        answers: () => accept('approve', reason),
      });
      expect(asked).toHaveLength(2);
      expect(told.decide).toMatch(/gave no reason, without which this cannot be approved\. Waits/);
      expect(await latest()).toMatchObject({ status: 'open' });
    },
  );

  it('that hands people out is decided in a terminal, where the file is named', async () => {
    const built = await called(
      'build_audience',
      { filter: { field: 'orders', atLeast: 1 } },
      { era, answers: null },
    );
    const args = { audience: built.told.handle, purpose: 'a letter' };
    const { told, asked } = await called('propose_sync', args, { era, answers: () => accept('approve') });
    expect(asked).toEqual([]);
    expect(told.decide).toMatch(/kindred approve p-\d+ --to FILE.*terminal/);
    expect(await latest()).toMatchObject({ status: 'open', kind: 'sync' });
  });
});

const toAllow = { feature: 'evening_share', lawfulBasis: 'consent', why: 'to write at the right hour' };

/** Somebody has blocked what is to be allowed. */
async function blocked(): Promise<void> {
  const { state, now } = waiting.shop.context;
  await state.decisions.record({
    feature: toAllow.feature,
    effect: 'block',
    lawfulBasis: null,
    decidedBy: 'grace',
    at: now().toISOString(),
    reason: 'nobody needs it',
  });
}
