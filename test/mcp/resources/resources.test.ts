import { Client, ProtocolError } from '@modelcontextprotocol/client';
import { InMemoryTransport, type McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OperatorError } from '../../../src/errors.ts';
import { tellOfChanges } from '../../../src/mcp/resources/subscriptions.ts';
import { mcpServer } from '../../../src/mcp/server.ts';
import { type LivedShop, livedShop } from '../../segmentation/refresh/lived-shop.ts';
import { appOver, closedApp } from '../../support/mcp-app.ts';
import { type ConnectedClient, connectedClient, eras, person } from '../../support/mcp-client.ts';

const fixed = ['digest', 'segments', 'proposals', 'readiness', 'model-card', 'governance'].map(
  path => `kindred://${path}`,
);

const ours = async (client: Client) =>
  (await client.listResources()).resources.filter(({ uri }) => uri.startsWith('kindred:'));

async function read(client: Client, uri: string): Promise<string> {
  const { contents } = await client.readResource({ uri });
  expect(contents).toEqual([{ uri, mimeType: 'text/markdown', text: expect.any(String) }]);
  return (contents[0] as { text: string }).text;
}

const refused = (client: Client, uri: string) =>
  client.readResource({ uri }).then(
    () => expect.unreachable(),
    (error: unknown) => error as ProtocolError,
  );

let shop: LivedShop;
let names: string[];
let keys: string[];
beforeAll(async () => {
  shop = await livedShop({ customers: 110, ahead: 2 });
  await shop.refresh(1);
  const { segments } = (await shop.context.state.models.current())!;
  keys = segments.map(({ key }) => key);
  names = segments.map(({ persona }) => persona.name);
}, 60_000);
afterAll(() => shop.close());

describe.each(eras)('resources in the %s era', era => {
  let connected: ConnectedClient;
  let client: Client;
  beforeAll(async () => {
    connected = await connectedClient(appOver(shop.context), person({ role: 'viewer' }), { era });
    client = connected.client;
  });
  afterAll(() => connected.close());

  it('are listed: the reports, and each segment and persona by its name', async () => {
    const listed = await ours(client);
    expect(listed.map(({ uri }) => uri)).toEqual([
      ...fixed,
      ...keys.map(key => `kindred://segments/${key}`),
      ...keys.map(key => `kindred://personas/${key}`),
    ]);
    for (const name of names)
      expect(listed.filter(({ title }) => title?.endsWith(`: ${name}`))).toHaveLength(2);
    for (const { mimeType, title, description, annotations } of listed) {
      expect(mimeType).toBe('text/markdown');
      expect(title).not.toBe('');
      expect(description).not.toBe('');
      expect(annotations!.audience).toEqual(['user', 'assistant']);
      expect(annotations!.priority).toBeGreaterThan(0);
    }
    const { at } = (await shop.context.state.models.lastChange())!;
    expect(listed.at(-1)!.annotations!.lastModified).toBe(at);
  });

  it('have templates, whose keys are completed by their beginning and by words of names', async () => {
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual([
      'kindred://segments/{key}',
      'kindred://personas/{key}',
    ]);
    const completed = async (value: string) => {
      const ref = { type: 'ref/resource' as const, uri: 'kindred://personas/{key}' };
      return (await client.complete({ ref, argument: { name: 'key', value } })).completion.values;
    };
    expect(await completed('')).toEqual(keys);
    expect((await completed(keys[1]!.slice(0, 5)))[0]).toBe(keys[1]);
    expect(await completed(names[0]!.split(' ').at(-1)!)).toContain(keys[0]);
    expect(await completed('zzz')).toEqual([]);
  });

  it('each reads as a page that begins with its title and holds no blank part', async () => {
    for (const { uri } of await ours(client)) {
      const text = await read(client, uri);
      expect(text).toMatch(/^# \S/);
      expect(text).toMatch(/[^\n]\n$/);
      expect(text).not.toMatch(/\n\n\n|undefined|null|NaN|\[object/);
      expect(text).not.toMatch(/^##[^\n]*\n+(##[^#]|$(?![\s\S]))/m);
      // A client's model takes no more at once.
      expect(text.length / 3).toBeLessThan(25_000);
    }
  });

  it('a segment tells figures, habits, moves and predictions', async () => {
    const text = await read(client, `kindred://segments/${keys[0]}`);
    expect(text).toContain(`# ${names[0]}\n`);
    expect(text.match(/^## .*/gm)).toEqual(
      expect.arrayContaining(['## Figures', '## Habits', '## Moves', '## Predictions']),
    );
  });

  it('a segment that there is not is not found, with the nearest keys', async () => {
    const uri = `kindred://segments/${keys[0]!.slice(0, -2)}`;
    const error = await refused(client, uri);
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject({ code: -32602, data: { uri } });
    expect(error.message).toContain('Did you mean');
    expect(error.message).toContain(keys[0]);
    expect(await refused(client, 'kindred://nothing')).toMatchObject({ code: -32602 });
    expect(await refused(client, 'kindred://segments/%ff')).toMatchObject({ code: -32602 });
  });

  it('every read leaves a row in the audit, also one that fails', async () => {
    const rows = async () =>
      (await shop.context.state.audit.list()).filter(({ action }) => action === 'mcp.resource');
    const before = (await rows()).length;
    await read(client, 'kindred://segments');
    await refused(client, `kindred://personas/${'x'.repeat(5000)}`);
    const [one, two] = (await rows()).slice(before);
    expect(one).toMatchObject({
      actor: 'ada',
      subject: 'kindred://segments',
      details: { role: 'viewer', surface: 'stdio' },
    });
    expect(two!.subject).toHaveLength(200);
  });

  it('before a store is opened templates are listed, and the reports where none can be', async () => {
    const app = closedApp({
      state: async () => {
        throw new OperatorError('The store /home/ada/shop is in use.', 'Wait for it to end.');
      },
    });
    const there = await connectedClient(app, person(), { era });
    expect((await there.client.listResourceTemplates()).resourceTemplates).toHaveLength(2);
    expect((await ours(there.client)).map(({ uri }) => uri)).toEqual(fixed);
    const ref = { type: 'ref/resource' as const, uri: 'kindred://segments/{key}' };
    const { completion } = await there.client.complete({ ref, argument: { name: 'key', value: '' } });
    expect(completion.values).toEqual([]);
    const error = await refused(there.client, 'kindred://segments');
    expect(error.code).toBe(-32603);
    expect(error.message).toContain('Wait for it to end.');
    expect(error.message).not.toContain('/home/ada');
    await there.close();
  });
});

describe.each(eras)('to a client of the %s era', era => {
  it('a change is told, and of pages only those that it asked to hear of', async () => {
    const [near, far] = InMemoryTransport.createLinkedPair();
    const servers: McpServer[] = [];
    const serving = serveStdio(
      () => {
        servers.push(mcpServer(appOver(shop.context), person()));
        return servers.at(-1)!;
      },
      { transport: far },
    );
    const mode = era === 'modern' ? { pin: '2026-07-28' } : ('legacy' as const);
    const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
    const told: string[] = [];
    client.setNotificationHandler('notifications/resources/list_changed', () => void told.push('list'));
    client.setNotificationHandler(
      'notifications/resources/updated',
      ({ params }) => void told.push(params.uri),
    );
    await client.connect(near);
    const [one, two] = keys.map(key => `kindred://segments/${key}`) as [string, string];
    if (era === 'modern') {
      const { honoredFilter } = await client.listen({
        resourcesListChanged: true,
        resourceSubscriptions: [one],
      });
      expect(honoredFilter).toEqual({ resourcesListChanged: true, resourceSubscriptions: [one] });
    } else {
      await client.subscribeResource({ uri: one });
      await client.subscribeResource({ uri: two });
      await client.unsubscribeResource({ uri: two });
    }
    await tellOfChanges(servers.at(-1)!, [one, two]);
    // What was sent before an answer has come before it.
    await client.listResourceTemplates();
    expect(told.sort()).toEqual([one, 'list'].sort());
    await client.close();
    await serving.close();
  });
});
