import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as FirstClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as FirstStdio } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport as FirstHttp } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  ElicitRequestSchema,
  ResourceListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { environment, main } from './built.ts';

/** The clients there are: those of the SDK's second line in both eras of the protocol, and those of its first. */
export const kinds = ['modern', 'legacy', 'first'] as const;
export type Kind = (typeof kinds)[number];

/** Where a client goes: a `kindred mcp` that it starts, or a server that runs. */
export type Place = { args: readonly string[]; env?: Record<string, string> } | { url: URL; token: string };

interface Result {
  isError: boolean;
  text: string;
  structured: Record<string, unknown>;
}

interface CallOptions {
  signal?: AbortSignal;
  onprogress?: (step: { message?: string }) => void;
}

/** Somebody in front of a client, who says yes to what they are asked. */
export interface Person {
  kind: Kind;
  /** What the person was asked. */
  asked: string[];
  /** How often the client was told that resources changed. */
  told(): number;
  call(name: string, args?: Record<string, unknown>, options?: CallOptions): Promise<Result>;
  tools(): Promise<string[]>;
  /** The text of a page. */
  read(uri: string): Promise<string>;
  /** What may stand for the key in the address of a segment. */
  complete(typed: string): Promise<string[]>;
  /** All that a prompt says, as JSON. */
  prompt(name: string, args?: Record<string, string>): Promise<string>;
  /** Of the process that the client started. */
  pid: number | null;
  close(): Promise<void>;
}

/** What clients of both lines do alike. */
interface AnyClient {
  callTool(call: { name: string; arguments: object }, ...rest: unknown[]): Promise<unknown>;
  listTools(): Promise<{ tools: { name: string }[] }>;
  readResource(asked: { uri: string }): Promise<unknown>;
  complete(asked: ReturnType<typeof keyOf>): Promise<{ completion: { values: string[] } }>;
  getPrompt(asked: { name: string; arguments: Record<string, string> }): Promise<unknown>;
  close(): Promise<void>;
}

interface Ears {
  asked(request: { params: unknown }): typeof yes;
  changed(): void;
}

const info = { name: 'test-client', title: 'The test', version: '1.0.0' };
const yes = { action: 'accept', content: { decision: 'approve', reason: 'It reads better' } } as const;

export async function person(kind: Kind, place: Place): Promise<Person> {
  const asked: string[] = [];
  let told = 0;
  const connect = kind === 'first' ? firstLine : secondLine(kind);
  const { client, pid } = await connect(place, {
    asked({ params }) {
      asked.push((params as { message: string }).message);
      return yes;
    },
    changed() {
      told += 1;
    },
  });
  return {
    kind,
    asked,
    told: () => told,
    async call(name, args = {}, options = {}) {
      const call = { name, arguments: args };
      // The first line takes a schema of the result before its options.
      return resultOf(await client.callTool(call, ...(kind === 'first' ? [undefined, options] : [options])));
    },
    tools: async () => (await client.listTools()).tools.map(({ name }) => name),
    read: async uri => textOf(await client.readResource({ uri })),
    complete: async typed => (await client.complete(keyOf(typed))).completion.values,
    prompt: async (name, args = {}) => JSON.stringify(await client.getPrompt({ name, arguments: args })),
    pid,
    close: () => client.close(),
  };
}

const secondLine = (era: 'modern' | 'legacy') => async (place: Place, ears: Ears) => {
  const client = new Client(info, {
    capabilities: { elicitation: { form: {} } },
    versionNegotiation: { mode: era === 'modern' ? { pin: '2026-07-28' } : 'legacy' },
  });
  client.setRequestHandler('elicitation/create', async request => ears.asked(request));
  client.setNotificationHandler('notifications/resources/list_changed', ears.changed);
  const transport =
    'url' in place
      ? new StreamableHTTPClientTransport(place.url, bearing(place))
      : new StdioClientTransport(started(place));
  await client.connect(transport);
  if (era === 'modern') await client.listen({ resourcesListChanged: true });
  const pid = transport instanceof StdioClientTransport ? transport.pid : null;
  return { client: client as AnyClient, pid };
};

async function firstLine(place: Place, ears: Ears) {
  const client = new FirstClient(info, { capabilities: { elicitation: {} } });
  client.setRequestHandler(ElicitRequestSchema, ears.asked);
  client.setNotificationHandler(ResourceListChangedNotificationSchema, ears.changed);
  const transport =
    'url' in place ? new FirstHttp(place.url, bearing(place)) : new FirstStdio(started(place));
  await client.connect(transport as Parameters<typeof client.connect>[0]);
  const pid = transport instanceof FirstStdio ? transport.pid : null;
  return { client: client as unknown as AnyClient, pid };
}

const bearing = ({ token }: { token: string }) => ({
  requestInit: { headers: { authorization: `Bearer ${token}` } },
});

const started = ({ args, env }: { args: readonly string[]; env?: Record<string, string> }) => ({
  command: process.execPath,
  args: [main, 'mcp', ...args],
  env: environment(env),
  stderr: 'ignore' as const,
});

const keyOf = (value: string) => ({
  ref: { type: 'ref/resource' as const, uri: 'kindred://segments/{key}' },
  argument: { name: 'key', value },
});

const textOf = (page: unknown) => (page as { contents: { text: string }[] }).contents[0]!.text;

function resultOf(answer: unknown): Result {
  const { isError, content, structuredContent } = answer as {
    isError?: boolean;
    content: { text: string }[];
    structuredContent?: Record<string, unknown>;
  };
  return { isError: isError === true, text: content[0]!.text, structured: structuredContent ?? {} };
}
