import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createEngine, type Hit } from '../src/segmentation/triggers/engine.ts';
import { addTrigger } from '../src/segmentation/triggers/manage.ts';
import { signalsOf } from '../src/segmentation/triggers/signals.ts';
import type { Trigger } from '../src/segmentation/triggers/trigger.ts';
import { openState } from '../src/state/state.ts';
import { openDuckDb } from '../src/warehouse/duckdb.ts';

/**
 * npm run bench -- triggers: events a second that a server takes over HTTP, stores and answers for while triggers are
 * watched, on a store that holds events already; then what the engine alone takes.
 */
const { values } = parseArgs({
  args: process.argv.slice(2).filter(arg => arg !== 'triggers'),
  options: {
    customers: { type: 'string', default: '20000' },
    stored: { type: 'string', default: '1000000' },
    events: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
  },
});
const [customers, stored, events] = [values.customers, values.stored, values.events].map(Number) as [
  number,
  number,
  number,
];
const token = 'a-token-for-this-bench-alone';
const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const say = (text: string) => console.error(text);

const types = [
  'Product Viewed',
  'Product Viewed',
  'Product Viewed',
  'Product Added',
  'Email Opened',
  'Email Link Clicked',
];
const rules = [
  [{ type: 'Product Viewed', category: 'category 3', atLeast: 3, withinDays: 7 }],
  [
    { type: 'Product Added', atLeast: 1, withinDays: 1 },
    { type: 'Order Completed', atMost: 0, withinDays: 7 },
  ],
  [
    { type: 'Email Link Clicked', atLeast: 1, withinDays: 30 },
    { type: 'Product Viewed', atLeast: 2, withinDays: 7 },
  ],
  [{ type: 'Product Viewed', sku: 'S7', atLeast: 1, withinDays: 30 }],
  [
    { type: 'Email Opened', atLeast: 5, withinDays: 30 },
    { type: 'Product Viewed', atMost: 0, withinDays: 7 },
  ],
];

/** Whole numbers below `end`, the same at each run. */
function numbers(seed: number): (end: number) => number {
  let state = seed >>> 0;
  return end => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
}

const draw = numbers(Number(values.seed));

/** A store whose events reach back ninety days from now. */
async function makeStore(folder: string): Promise<Trigger[]> {
  mkdirSync(folder, { recursive: true });
  const now = new Date();
  const warehouse = await openDuckDb({ file: join(folder, 'warehouse.duckdb') });
  const at = `TIMESTAMP '${now.toISOString().slice(0, 19).replace('T', ' ')}'`;
  const customer = `lpad(CAST(hash(i) % ${customers} AS TEXT), 8, '0')`;
  const type = types.map((name, i) => `WHEN ${i} THEN '${name}'`).join(' ');
  for (const sql of [
    `INSERT INTO identities SELECT 'shop', 'C' || lpad(CAST(i AS TEXT), 8, '0'), 'shop/C' || lpad(CAST(i AS TEXT), 8, '0'), 'own id'
     FROM range(${customers}) AS r(i)`,
    `INSERT INTO events (source, event_id, customer_id, profile_id, occurred_at, type, category, sku)
     SELECT 'shop', md5(CAST(i AS TEXT)), 'C' || ${customer}, 'shop/C' || ${customer},
       ${at} - to_milliseconds(CAST(i * ${Math.floor((90 * 86_400_000) / stored)} AS BIGINT)),
       CASE hash(i + 1) % ${types.length} ${type} END, 'category ' || (hash(i + 2) % 12), 'S' || (hash(i + 3) % 400)
     FROM range(${stored}) AS r(i)`,
    `INSERT INTO imports VALUES ('made', 'made', 'canonical', ${at}, ${stored}, ${stored}, 0, 0)`,
  ])
    await warehouse.execute(sql);
  const state = await openState({ dataDir: folder });
  const context = { warehouse, state, now: () => now };
  for (const all of rules) await addTrigger(context, { rule: JSON.stringify({ all }), actor: 'bench' });
  const triggers = await state.triggers.list();
  await state.close();
  await warehouse.close();
  return triggers;
}

interface Server {
  url: string;
  process: ChildProcess;
}

async function startServer(folder: string): Promise<Server> {
  const env = {
    ...process.env,
    KINDRED_PORT: '0',
    KINDRED_EVENTS_TOKEN: token,
    KINDRED_REFRESH_SCHEDULE: 'off',
  };
  const child = spawn(process.execPath, [main, 'serve', '--data', folder], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = (await once(child.stdout!.setEncoding('utf8'), 'data')) as [string];
  const url = / at (http:\S+)/.exec(line)?.[1];
  if (!url) throw new Error(`The server does not say where it listens: ${line}`);
  return { url, process: child };
}

let sent = 0;

/** Of a customer who is known, or in one of a hundred new; a moment ago, in no order. */
function someEvent(): object {
  const customer = draw(100) === 0 ? `N${sent}` : `C${String(draw(customers)).padStart(8, '0')}`;
  return {
    event_id: `${process.pid}-${sent++}`,
    customer_id: customer,
    occurred_at: new Date(Date.now() - draw(3000)).toISOString(),
    type: types[draw(types.length)],
    category: `category ${draw(12)}`,
    sku: `S${draw(400)}`,
  };
}

const agent = new Agent({ keepAlive: true });

function post(url: string, body: string): Promise<{ stored: number }> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const call = request(`${url}/v1/events`, { method: 'POST', agent, headers }, response => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => {
        if (response.statusCode === 200) resolve(JSON.parse(text) as { stored: number });
        else reject(new Error(`${response.statusCode}: ${text}`));
      });
    });
    call.on('error', reject);
    call.end(body);
  });
}

/** Each sender sends its next request when the one before is answered for. */
async function measure(url: string, perRequest: number, senders: number, total: number): Promise<void> {
  const waits: number[] = [];
  let left = total;
  let stored = 0;
  const send = async () => {
    while (left > 0) {
      const size = Math.min(perRequest, left);
      left -= size;
      const body = JSON.stringify(Array.from({ length: size }, someEvent));
      const start = performance.now();
      const answer = await post(url, body);
      stored += answer.stored;
      waits.push(performance.now() - start);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: senders }, send));
  const seconds = (performance.now() - start) / 1000;
  if (stored !== total) throw new Error(`Of ${total} events ${stored} were stored.`);
  waits.sort((a, b) => a - b);
  const wait = (share: number) => waits[Math.floor(share * (waits.length - 1))]!.toFixed(0);
  const name = `over HTTP, ${perRequest} in a request, ${senders} senders`;
  show(name, total, seconds, `answered in ${wait(0.5)} ms (median), ${wait(0.95)} ms (95 of 100)`);
}

function engineAlone(triggers: readonly Trigger[], total: number): void {
  const { counted, signals } = signalsOf(triggers);
  const engine = createEngine(counted, 0);
  const hits: Hit[] = Array.from({ length: total }, (_, i) => ({
    signal: draw(signals.length),
    profileId: `C${draw(customers)}`,
    at: i * 100 - draw(3000),
  }));
  let changes = 0;
  const start = performance.now();
  for (const [i, hit] of hits.entries())
    changes += engine.advance(i * 100).length + engine.observe(hit).length;
  show(
    'the engine alone',
    total,
    (performance.now() - start) / 1000,
    `${changes.toLocaleString('en-GB')} changes`,
  );
}

function show(name: string, count: number, seconds: number, more: string): void {
  const rate = Math.round(count / seconds).toLocaleString('en-GB');
  console.log(`${name.padEnd(48)}${rate.padStart(10)} events a second  ${more}`);
}

const folder = mkdtempSync(join(tmpdir(), 'kindred-bench-'));
let server: Server | undefined;
try {
  const count = (value: number) => value.toLocaleString('en-GB');
  say(
    `making a store of ${count(customers)} customers and ${count(stored)} events, with ${rules.length} triggers …`,
  );
  const triggers = await makeStore(join(folder, 'data'));
  say('starting the server …');
  server = await startServer(join(folder, 'data'));
  // Answered once the server has read who is in by now.
  await post(server.url, JSON.stringify([someEvent()]));
  await measure(server.url, 1000, 4, events);
  await measure(server.url, 20, 32, Math.floor(events / 4));
  engineAlone(triggers, 1_000_000);
} finally {
  if (server) {
    const ended = once(server.process, 'exit');
    server.process.kill('SIGTERM');
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
}
