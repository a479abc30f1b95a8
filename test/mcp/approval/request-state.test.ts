import {
  Client,
  type InputRequiredResult,
  isInputRequiredResult,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { expect, it } from 'vitest';
import type { Caller } from '../../../src/mcp/caller.ts';
import { mcpServer } from '../../../src/mcp/server.ts';
import { tools } from '../../../src/tools/registry.ts';
import { appOver } from '../../support/mcp-app.ts';
import { eras, person } from '../../support/mcp-client.ts';
import { serving } from '../http/serving.ts';
import { askedShop, freshName } from './asked-shop.ts';

const asked = askedShop();

const registry = tools.filter(({ name }) => name === 'propose_persona' || name === 'list_segments');

/** A client that sends what it likes, and is handed questions as they come. */
async function raw(changed: Partial<Caller> = {}) {
  const [near, far] = InMemoryTransport.createLinkedPair();
  const serving = serveStdio(() => mcpServer(appOver(asked.shop.context), person(changed), { registry }), {
    transport: far,
  });
  const client = new Client(
    { name: 'raw', version: '1' },
    {
      capabilities: { elicitation: { form: {} } },
      versionNegotiation: { mode: { pin: '2026-07-28' } },
      inputRequired: { autoFulfill: false },
    },
  );
  await client.connect(near);
  return {
    call: async (name: string, args: object, retry: object = {}): Promise<Record<string, unknown>> =>
      client.callTool({ name, arguments: { ...args }, ...retry }, { allowInputRequired: true }),
    async close() {
      await client.close();
      await serving.close();
    },
  };
}

const propose = () => ({ segment: asked.key, name: freshName(), why: 'clearer' });
const approving = { inputResponses: { decision: { action: 'accept', content: { decision: 'approve' } } } };

/** A question as it was put to ada, with its signature. */
async function question(): Promise<{ state: string; proposal: string }> {
  const { call, close } = await raw();
  const result = await call('propose_persona', propose());
  await close();
  expect(isInputRequiredResult(result)).toBe(true);
  const [latest] = await asked.shop.context.state.proposals.list();
  expect(latest!.status).toBe('open');
  return { state: (result as InputRequiredResult).requestState!, proposal: latest!.id };
}

const statusOf = async (id: string) => (await asked.shop.context.state.proposals.byId(id))!.status;
const count = async () => (await asked.shop.context.state.proposals.list()).length;

it('an answer with its question decides, once, and opens nothing', async () => {
  const { state, proposal } = await question();
  const before = await count();
  const { call, close } = await raw();
  const retry = { requestState: state, ...approving };
  const first = await call('propose_persona', propose(), retry);
  expect(first).toMatchObject({
    structuredContent: { proposal, decide: expect.stringMatching(/^Approved by ada/) },
  });
  const again = await call('propose_persona', propose(), retry);
  expect(again).toMatchObject({
    structuredContent: { decide: expect.stringMatching(/was not carried out: p-\d+ was approved by ada/) },
  });
  expect(await count()).toBe(before);
  await close();
});

it('of many answers that come at once one decides', async () => {
  const { state, proposal } = await question();
  const { call, close } = await raw();
  const retry = { requestState: state, ...approving };
  const results = await Promise.all(
    Array.from({ length: 12 }, () => call('propose_persona', propose(), retry)),
  );
  await close();
  const told = results.map(({ structuredContent }) => (structuredContent as { decide: string }).decide);
  expect(told.filter(decide => decide.startsWith('Approved by ada'))).toHaveLength(1);
  expect(
    told.filter(decide => decide.includes(`not carried out: ${proposal} was approved by ada`)),
  ).toHaveLength(11);
  const rows = await asked.shop.context.state.audit.list();
  expect(rows.filter(row => row.action === 'proposal.approved' && row.subject === proposal)).toHaveLength(1);
});

it.each([
  ['forged', (state: string) => `${state.slice(0, -6)}AAAAAA`],
  ['made up', () => 'v1.eyJwIjp7InByb3Bvc2FsIjoicC0xIn19.AAAA'],
  ['of another proposal', (state: string) => state.replace(/\.(.+)\./, (_, body) => `.${swapped(body)}.`)],
])('an answer to a question that is %s decides nothing', async (_, spoilt) => {
  const { state, proposal } = await question();
  const { call, close } = await raw();
  const sent = call('propose_persona', propose(), { requestState: spoilt(state), ...approving });
  await expect(sent).rejects.toMatchObject({ code: -32602 });
  expect(await statusOf(proposal)).toBe('open');
  await close();
});

it('an answer of somebody else decides nothing, even where they may decide', async () => {
  const { state, proposal } = await question();
  const { call, close } = await raw({ actor: 'mallory', key: 'mallory' });
  const sent = call('propose_persona', propose(), { requestState: state, ...approving });
  await expect(sent).rejects.toMatchObject({ code: -32602 });
  expect(await statusOf(proposal)).toBe('open');
  await close();
});

it('an answer of one whose role was lowered meanwhile decides nothing, and is in the audit', async () => {
  const { state, proposal } = await question();
  const { call, close } = await raw({ role: 'analyst' });
  const result = await call('propose_persona', propose(), { requestState: state, ...approving });
  expect(result).toMatchObject({
    structuredContent: { decide: expect.stringContaining('takes the role approver') },
  });
  expect(await statusOf(proposal)).toBe('open');
  expect((await asked.shop.context.state.audit.list()).at(-1)).toMatchObject({
    action: 'mcp.tool',
    subject: 'propose_persona',
    details: { role: 'analyst' },
  });
  await close();
});

it.each(eras)('an answer with a token that was revoked meanwhile decides nothing: %s era', async era => {
  const app = appOver(asked.shop.context);
  const server = await serving({ serverOf: caller => mcpServer(app, caller), lookEveryMs: 50 });
  server.tokens.set('ada', person({ surface: 'http' }));
  const client = new Client(
    { name: 'test-client', version: '1.0.0' },
    {
      capabilities: { elicitation: { form: {} } },
      versionNegotiation: { mode: era === 'modern' ? { pin: '2026-07-28' } : 'legacy' },
    },
  );
  const questions: string[] = [];
  client.setRequestHandler('elicitation/create', async ({ params: { message } }) => {
    questions.push(message);
    server.tokens.delete('ada');
    return { action: 'accept', content: { decision: 'approve' } };
  });
  await client.connect(
    new StreamableHTTPClientTransport(server.url, {
      requestInit: { headers: { authorization: 'Bearer ada' } },
      reconnectionOptions: {
        initialReconnectionDelay: 1,
        maxReconnectionDelay: 1,
        reconnectionDelayGrowFactor: 1,
        maxRetries: 1,
      },
    }),
  );
  const call = client.callTool({ name: 'propose_persona', arguments: propose() });
  await expect(call).rejects.toThrow();
  expect(questions).toHaveLength(1);
  const { id, status } = await asked.latest();
  expect(status).toBe('open');
  const rows = await asked.shop.context.state.audit.list();
  expect(rows.filter(row => row.subject === id).map(({ action }) => action)).toEqual(['proposal.opened']);
  await client.close();
  await server.close();
});

it('an answer to the question of another tool is asked again there', async () => {
  const { state, proposal } = await question();
  const { call, close } = await raw();
  const result = await call('review_proposal', {}, { requestState: state, ...approving });
  expect(isInputRequiredResult(result)).toBe(true);
  expect(await statusOf(proposal)).toBe('open');
  await close();
});

it('an answer without its question is none: it decides nothing, and a reading tool takes none', async () => {
  const { call, close } = await raw();
  const result = await call('propose_persona', propose(), approving);
  expect(isInputRequiredResult(result)).toBe(true);
  const [latest] = await asked.shop.context.state.proposals.list();
  expect(latest!.status).toBe('open');
  const { state } = await question();
  const listed = await call('list_segments', {}, { requestState: state, ...approving });
  expect(listed).toMatchObject({ structuredContent: { segments: expect.anything() } });
  expect((await asked.shop.context.state.proposals.list())[0]!.status).toBe('open');
  await close();
});

it('a decision among the arguments of a tool decides nothing', async () => {
  const { proposal } = await question();
  const { call, close } = await raw();
  for (const args of [
    { proposal, decision: 'approve' },
    { proposal, approve: true, content: { decision: 'approve' } },
  ])
    expect(await call('review_proposal', args)).toMatchObject({ isError: true });
  expect(await statusOf(proposal)).toBe('open');
  await close();
});

function swapped(body: string): string {
  const told = JSON.parse(Buffer.from(body, 'base64url').toString()) as { p: { proposal: string } };
  return Buffer.from(JSON.stringify({ ...told, p: { ...told.p, proposal: 'p-1' } })).toString('base64url');
}
