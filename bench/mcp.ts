import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeDemoShop } from '../src/demo/demo-shop.ts';
import { measure } from './measure.ts';

/**
 * npm run bench -- mcp: how long a client waits for `kindred mcp`, from the start of the process on; where it owns the
 * data folder, and where it passes on to another that does.
 */
const { values } = parseArgs({
  args: process.argv.slice(2).filter(arg => arg !== 'mcp'),
  options: {
    customers: { type: 'string', default: '6000' },
    runs: { type: 'string', default: '5' },
    /** A data folder instead of a made shop; it is copied, as every call is kept in its audit. */
    data: { type: 'string' },
  },
});

/** Milliseconds from the start of the process in which initialize has to be answered. */
const MOST = 1500;
const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const say = (text: string) => console.error(text);

/** Milliseconds. */
interface Times {
  /** From the start of the process. */
  initialize: number;
  list: number;
  /** The first call opens the stores, or finds them open in the process that owns them. */
  cold: number;
  warm: number;
  /** From the end of input to the end of the process. */
  end: number;
}

interface Client {
  times: Omit<Times, 'end'>;
  leave(): Promise<number>;
}

const folder = mkdtempSync(join(tmpdir(), 'kindred-bench-'));
try {
  const data = join(folder, 'data');
  if (values.data === undefined) await makeShop(data);
  else cpSync(values.data, data, { recursive: true });
  const bare: number[] = [];
  const owning: Times[] = [];
  const passing: Times[] = [];
  for (let run = 0; run < Number(values.runs); run++) {
    bare.push((await measure(process.execPath, ['-e', '0'])).seconds * 1000);
    owning.push(await timed(data));
    const owner = await client(data);
    passing.push(await timed(data));
    await owner.leave();
  }
  print(median(bare), owning, passing);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function timed(data: string): Promise<Times> {
  const { times, leave } = await client(data);
  return { ...times, end: await leave() };
}

/** Starts the command and asks it as a client does: greeting, tools, and twice the same question. */
async function client(data: string): Promise<Client> {
  const start = performance.now();
  const child = spawn(process.execPath, [main, 'mcp', '--data', data], { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = new Promise(resolve => child.on('close', resolve));
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
  let id = 0;
  const ask = async (method: string, params: object) => {
    const from = performance.now();
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: ++id, method, params })}\n`);
    for (;;) {
      const { value, done } = await answers.next();
      if (done) throw new Error(`kindred mcp ended over ${method}.`);
      const answer = JSON.parse(value);
      if (answer.id !== id) continue;
      if (answer.error || answer.result.isError) throw new Error(value);
      return performance.now() - from;
    }
  };
  const hello = {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'bench', version: '1' },
  };
  await ask('initialize', hello);
  const initialize = performance.now() - start;
  child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })}\n`);
  const overview = () => ask('tools/call', { name: 'shop_overview', arguments: {} });
  const list = await ask('tools/list', {});
  const cold = await overview();
  const many: number[] = [];
  for (let run = 0; run < 10; run++) many.push(await overview());
  return {
    times: { initialize, list, cold, warm: median(many) },
    async leave() {
      const from = performance.now();
      child.stdin.end();
      await ended;
      return performance.now() - from;
    },
  };
}

async function makeShop(data: string): Promise<void> {
  const shop = join(folder, 'shop');
  say(`making a shop of ${values.customers} customers …`);
  await writeDemoShop(shop, {
    customers: Number(values.customers),
    seed: 1,
    asOf: '2026-11-01',
    months: 18,
  });
  for (const args of [['import', shop], ['segment']]) {
    const { code, stderr } = await measure(process.execPath, [main, ...args, '--data', data]);
    if (code !== 0) throw new Error(`kindred ${args.join(' ')} ended with ${code}:\n${stderr}`);
  }
}

function print(bare: number, owning: readonly Times[], passing: readonly Times[]): void {
  const row = (name: string, of: (times: Times) => number) => {
    const [own, pass] = [median(owning.map(of)), median(passing.map(of))];
    console.log(
      `${name.padEnd(34)}${own.toFixed(0).padStart(8)} ms${pass.toFixed(0).padStart(8)} ms${(pass / own).toFixed(2).padStart(8)}`,
    );
    return own;
  };
  console.log(`${''.padEnd(34)}${'owner'.padStart(11)}${'passed on'.padStart(11)}${'ratio'.padStart(8)}`);
  const initialize = row('start to the answer of initialize', times => times.initialize);
  row('tools/list', times => times.list);
  row('shop_overview, the first', times => times.cold);
  row('shop_overview, warm', times => times.warm);
  row('end of input to end of process', times => times.end);
  console.log(
    `\na bare node starts and ends in ${bare.toFixed(0)} ms: initialize takes ${(initialize / bare).toFixed(1)} times that`,
  );
  if (initialize > MOST) say(`initialize has to be answered in ${MOST} ms`);
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
