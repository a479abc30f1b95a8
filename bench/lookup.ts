import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { openDuckDb } from '../src/warehouse/duckdb.ts';
import { startServing } from './slack-serve.ts';

/**
 * How long the pages of a shop wait for the segment of a customer: requests come at a steady rate, whether or not those
 * before were answered, and each is timed from when it was due. Needs a segmented data folder, and copies it.
 */
const { values } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string' },
    rate: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '20' },
  },
});
if (values.data === undefined) throw new Error('Name a segmented data folder with --data.');
const [rate, seconds] = [Number(values.rate), Number(values.seconds)];

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'kindred-bench-'));
const data = join(folder, 'data');
try {
  cpSync(values.data, data, { recursive: true });
  const ids = await someIds(join(data, 'warehouse.duckdb'));
  const token = tokenFor(data);
  const server = await startServing(data, { KINDRED_PORT: '17373' });
  const pool = new Pool('http://127.0.0.1:17373', { connections: 32 });
  try {
    const ask = async (i: number) => {
      const { source, id } = ids[(i * 7919) % ids.length]!;
      const { statusCode, body } = await pool.request({
        method: 'GET',
        path: `/v1/customers/${encodeURIComponent(id)}/segment?source=${encodeURIComponent(source)}`,
        headers: { authorization: `Bearer ${token}` },
      });
      await body.dump();
      return statusCode;
    };
    const start = performance.now();
    await ask(0);
    console.log(`first answer, with all customers read: ${(performance.now() - start).toFixed(0)} ms`);
    for (let i = 0; i < 500; i++) await ask(i);
    const cpu = server.cpuMs();
    const times = await load(ask);
    const each = (server.cpuMs() - cpu) / times.length;
    const at = (share: number) => times[Math.floor(share * (times.length - 1))]!.toFixed(1);
    console.log(`${rate} a second for ${seconds} s over ${ids.length} ids`);
    console.log(`ms: median ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, longest ${at(1)}`);
    console.log(`of the server's processor each takes ${each.toFixed(2)} ms`);
    console.log(`the server takes ${server.residentMb().toFixed(0)} MB`);
  } finally {
    await pool.close();
    await server.stop();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function someIds(file: string): Promise<{ source: string; id: string }[]> {
  const warehouse = await openDuckDb({ file, threads: 2 });
  const ids = await warehouse.query<{ source: string; id: string }>(
    'SELECT source AS "source", source_id AS "id" FROM identities ORDER BY 1, 2 LIMIT 50000',
  );
  await warehouse.close();
  return ids;
}

function tokenFor(dir: string): string {
  const args = [main, 'token', 'create', '--name', 'bench', '--role', 'lookup', '--json', '--data', dir];
  return (JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as { token: string }).token;
}

/** Milliseconds of each request from when it was due, sorted. */
async function load(ask: (i: number) => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  const under: Promise<void>[] = [];
  const start = performance.now();
  for (let i = 0; i < rate * seconds; i++) {
    const due = start + (i * 1000) / rate;
    while (performance.now() < due) await wait(1);
    under.push(
      ask(i).then(status => {
        if (status !== 200 && status !== 404) throw new Error(`answered with ${status}`);
        times.push(performance.now() - due);
      }),
    );
  }
  await Promise.all(under);
  return times.sort((a, b) => a - b);
}
