import { describe, expect, it } from 'vitest';
import { longestResult } from '../../../src/mcp/tools/result.ts';
import { throughModel } from '../../../src/segmentation/proposals/opened-by.ts';
import { recluster } from '../../../src/segmentation/recluster/recluster.ts';
import type { Proposal } from '../../../src/state/proposals.ts';
import { tools } from '../../../src/tools/registry.ts';
import { appOver } from '../../support/mcp-app.ts';
import { type Answered, type Asked, connectedClient, eras, person } from '../../support/mcp-client.ts';
import { askedShop, freshName } from './asked-shop.ts';

const waiting = askedShop({ past: 40 });

const registry = tools.filter(({ name }) => name === 'propose_persona');

interface Entry {
  proposal: string;
  status: string;
  decide: string;
  openedBy: string;
}

async function review(
  args: Record<string, unknown>,
  era: (typeof eras)[number] = 'modern',
  answer: Answered = { action: 'accept', content: { decision: 'later' } },
) {
  const asked: Asked[] = [];
  const { client, close } = await connectedClient(appOver(waiting.shop.context), person(), {
    era,
    name: 'Claude Desktop',
    parts: { registry },
    elicit(question) {
      asked.push(question);
      return answer;
    },
  });
  const result = await client.callTool({ name: 'review_proposal', arguments: args });
  await close();
  const told = (result.structuredContent ?? {}) as { proposals: Entry[]; page?: { of: number } };
  const [{ text }] = result.content as unknown as [{ text: string }];
  return { asked, told, text, isError: result.isError === true };
}

/** Opened by hand, in the terms of nobody. */
const opened = (
  kind: Proposal['kind'],
  subject: string,
  body: Record<string, unknown>,
  createdBy = 'grace',
) =>
  waiting.shop.context.state.proposals.open({
    kind,
    subject,
    summary: `Of ${subject}`,
    body,
    createdAt: '2026-11-20T08:00:00.000Z',
    createdBy,
  });

const sync = (handle: string, name = 'Regulars') =>
  opened('sync', handle, {
    handle,
    name,
    destination: 'file',
    purpose: 'a letter',
    customers: 128,
    asOf: '2026-11-01',
  });

/** Texts of the first segment, as somebody would have them. */
const persona = async () => {
  const model = (await waiting.shop.context.state.models.current())!;
  const { name, sentence, paragraph, evidence, action, avoid, neutralName } = model.segments[0]!.persona;
  const before = { name, sentence, paragraph, evidence, action, avoid, neutralName };
  const texts = [{ key: waiting.key, before, after: { ...before, name: freshName() } }];
  return opened('persona', waiting.key, {
    modelId: model.id,
    asOf: model.describedAsOf,
    why: 'clearer',
    texts,
  });
};

describe.each(eras)('the review in the %s era', era => {
  it('shows what waits, and has the person decide', async () => {
    const { id } = await persona();
    const { asked, told } = await review({ proposal: id }, era, {
      action: 'accept',
      content: { decision: 'approve' },
    });
    expect(asked).toHaveLength(1);
    expect(asked[0]!.message).toContain(`Proposal ${id}: other texts`);
    expect(told.proposals).toMatchObject([{ proposal: id, status: 'approved' }]);
    expect(told.proposals[0]!.decide).toMatch(/^Approved by ada, asked in Claude Desktop/);
  });

  it('asks about the one that is open where none is named', async () => {
    const { id } = await persona();
    const { asked, told } = await review({}, era);
    expect(asked).toHaveLength(1);
    expect(told.proposals).toMatchObject([{ proposal: id, status: 'open', openedBy: 'grace' }]);
    expect(told.proposals[0]!.decide).toMatch(/decides later/);
  });
});

describe('the review', () => {
  it('lists several and asks about none of them', async () => {
    const { id: first } = await sync('a-1');
    const { id: second } = await persona();
    const { asked, told } = await review({});
    expect(asked).toEqual([]);
    expect(told.proposals.map(({ proposal }) => proposal)).toEqual([second, first]);
  });

  it('asks about nothing that was decided, and says by whom', async () => {
    const { id } = await persona();
    await waiting.shop.context.state.proposals.reject(id, {
      at: '2026-11-21T08:00:00.000Z',
      by: 'grace',
      reason: '',
    });
    const { asked, told } = await review({ proposal: id });
    expect(asked).toEqual([]);
    expect(told.proposals[0]).toMatchObject({
      status: 'rejected',
      decide: 'Decided already: rejected by grace on 2026-11-21.',
    });
  });

  it('says that nothing waits', async () => {
    const { told, asked } = await review({});
    expect(told.proposals).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('knows no proposal that there is not', async () => {
    const { isError, text } = await review({ proposal: 'p-9999' });
    expect(isError).toBe(true);
    expect(text).toContain('There is no proposal "p-9999"');
  });

  it('tames what a proposal says: nothing in it can look like another line of the dialog', async () => {
    const { body } = await persona();
    const { id } = await opened('persona', waiting.key, {
      ...body,
      why: 'Fine.\n\nIf you approve, nothing happens.\u202e <b>“ok”</b>',
    });
    const { asked } = await review({ proposal: id });
    const lines = asked[0]!.message.split('\n');
    expect(lines).toContain('In their words: “Fine. If you approve, nothing happens. bok/b”');
    expect(lines.filter(line => line.startsWith('If you approve'))).toHaveLength(1);
  });

  it('shows whole who proposed it, so that nobody hides behind a long name', async () => {
    const { body } = await persona();
    const by = throughModel('A'.repeat(100), 'M'.repeat(60));
    const { id } = await opened('persona', waiting.key, body, by);
    const { asked, told } = await review({ proposal: id });
    expect(asked[0]!.message).toContain(`Proposed by: ${by}, on`);
    expect(told.proposals[0]!.openedBy).toBe(by);
  });

  it('of segments found anew tells counts as a model may know them, and puts them in their place', async () => {
    const { context } = waiting.shop;
    const outcome = await recluster(context, { actor: 'grace' }, () => {});
    if ('kind' in outcome) throw new Error('no groups');
    const { asked, told } = await review({}, 'legacy', {
      action: 'accept',
      content: { decision: 'approve' },
    });
    expect(asked[0]!.message).toMatch(/segments found anew/);
    expect(asked[0]!.message.length).toBeLessThan(3000);
    expect(told.proposals[0]!.decide).toMatch(/These are the segments now/);
    expect((await context.state.models.current())!.id).toBe(outcome.proposal.subject);
  });

  it('tells of many in pages, each once', async () => {
    const { body } = await persona();
    const [texts] = body.texts as [{ before: object; after: object }];
    const long = Object.fromEntries(
      ['sentence', 'paragraph', 'action', 'avoid', 'neutralName'].map(part => [part, `${part} `.repeat(60)]),
    );
    for (let i = 0; i < 40; i++) {
      const changed = { ...texts, after: { ...texts.after, ...long } };
      await opened('persona', `aside-${i}`, { ...body, texts: [changed] });
    }
    const ids: string[] = [];
    let of = 1;
    for (let page = 1; page <= of; page++) {
      const { told, text } = await review({ page });
      expect(text.length).toBeLessThan(longestResult);
      ids.push(...told.proposals.map(({ proposal }) => proposal));
      of = told.page?.of ?? 1;
    }
    expect(of).toBeGreaterThan(1);
    expect(new Set(ids).size).toBe(41);
    expect(ids).toHaveLength(41);
  });
});
