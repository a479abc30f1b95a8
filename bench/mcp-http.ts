import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { ownerHeaders } from '../src/web/owner-headers.ts';

/**
 * MCP over HTTP, as clients of this machine meet it: how long an answer takes, how many come in a second to eight clients
 * at once, what each takes of the server's processor (which another load does not change), and the memory that sessions take that ask nothing. Needs a segmented data folder, and copies it.
 */
const { values } = parseArgs({
  options: { data: { type: 'string' }, sessions: { type: 'string', default: '240' } },
});
if (values.data === undefined) throw new Error('Name a segmented data folder with --data.');

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'kindred-bench-'));
const data = join(folder, 'data');
cpSync(values.data, data, { recursive: true });
const server = spawn(process.execPath, [main, 'serve', '--data', data], {
  env: { ...process.env, KINDRED_PORT: '0' },
  stdio: 'ignore',
});
try {
  const { url, token } = await lock();
  const connect = (era: 'modern' | 'legacy', actor: string) =>
    connected(new URL('/mcp', url), token, era, actor);
  const asks = {
    'tools/list': (client: Client) => client.listTools(),
    shop_overview: (client: Client) => client.callTool({ name: 'shop_overview', arguments: {} }),
  };
  console.log(`${'one client, then eight'.padEnd(34)}ms  answers/s  CPU ms each`);
  for (const era of ['modern', 'legacy'] as const) {
    const clients = await Promise.all(Array.from({ length: 8 }, (_, i) => connect(era, `bench ${i}`)));
    for (const [name, ask] of Object.entries(asks)) {
      const alone = await times(20, () => ask(clients[0]!));
      const [start, cpu] = [performance.now(), cpuMs()];
      await Promise.all(clients.map(client => times(20, () => ask(client))));
      const rate = (8 * 20 * 1000) / (performance.now() - start);
      const median = alone.toSorted((a, b) => a - b)[10]!;
      const columns = [median.toFixed(1).padStart(6), rate.toFixed(0).padStart(11)];
      columns.push(((cpuMs() - cpu) / (8 * 20)).toFixed(1).padStart(13));
      console.log(`${era} ${name}`.padEnd(30) + columns.join(''));
    }
    await Promise.all(clients.map(client => client.close()));
  }
  const before = residentMb();
  // Of many people: one keeps fewer.
  const sessions: Client[] = [];
  for (let i = 0; i < Number(values.sessions); i++) sessions.push(await connect('legacy', `person ${i}`));
  await wait(2000);
  const kb = ((residentMb() - before) * 1024) / sessions.length;
  console.log(
    `${sessions.length} idle sessions: ${kb.toFixed(0)} KB each, the server ${residentMb().toFixed(0)} MB`,
  );
  await Promise.all(sessions.map(client => client.close()));
} finally {
  server.kill('SIGTERM');
  await once(server, 'exit');
  rmSync(folder, { recursive: true, force: true });
}

async function lock(): Promise<{ url: string; token: string }> {
  for (;;) {
    const found = read();
    if (found?.pid === server.pid && found.url) return found;
    if (server.exitCode !== null) throw new Error('The server did not start.');
    await wait(100);
  }
}

function read() {
  try {
    return JSON.parse(readFileSync(join(data, 'kindred.lock'), 'utf8'));
  } catch {
    return undefined;
  }
}

async function connected(url: URL, token: string, era: 'modern' | 'legacy', actor: string): Promise<Client> {
  const mode = era === 'modern' ? { pin: '2026-07-28' } : 'legacy';
  const client = new Client({ name: 'bench', version: '1' }, { versionNegotiation: { mode } });
  const headers = ownerHeaders(token, { actor, role: 'analyst' });
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }));
  return client;
}

/** Milliseconds of each of `count` askings, one after another. */
async function times(count: number, ask: () => Promise<unknown>): Promise<number[]> {
  const each: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    await ask();
    each.push(performance.now() - start);
  }
  return each;
}

/** Of the server, on Linux, where the kernel counts in hundredths of a second. */
function cpuMs(): number {
  const text = readFileSync(`/proc/${server.pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Of the server, on Linux. */
function residentMb(): number {
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}
