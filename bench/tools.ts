import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type App, withApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { writeDemoShop } from '../src/demo/demo-shop.ts';
import { formatError } from '../src/errors.ts';
import { currentModel } from '../src/segmentation/current.ts';
import { toolContext } from '../src/tool-context.ts';
import { runTool } from '../src/tools/run-tool.ts';
import { measure } from './measure.ts';
import { type Call, toolCalls } from './tool-calls.ts';

/**
 * npm run bench -- tools: the tools that answer at once, on a made shop that was segmented and refreshed a week later.
 * Each is called once to warm up; then all are called in turn, so many times.
 */
const { values } = parseArgs({
  args: process.argv.slice(2).filter(arg => arg !== 'tools'),
  options: {
    customers: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '5' },
    /** A data folder instead of a made shop; it is copied, as some tools keep what they are asked. */
    data: { type: 'string' },
  },
});

/** Milliseconds in which a tool has to answer on 100,000 customers. */
const MOST = 300;
const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const say = (text: string) => console.error(text);

const folder = mkdtempSync(join(tmpdir(), 'kindred-bench-'));
try {
  const data = join(folder, 'data');
  if (values.data === undefined) await makeShop(data);
  else cpSync(values.data, data, { recursive: true });
  await withApp(readConfig({}, data), 'bench', () => new Date(), timeTools);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function makeShop(data: string): Promise<void> {
  const shop = join(folder, 'shop');
  say(`writing a shop of ${values.customers} customers …`);
  await writeDemoShop(shop, {
    customers: Number(values.customers),
    seed: Number(values.seed),
    asOf: '2026-11-01',
    months: 18,
  });
  for (const args of [
    ['import', shop],
    ['segment', '--force', '--as-of', '2026-10-25'],
    ['refresh', '--as-of', '2026-11-01'],
  ]) {
    say(`kindred ${args[0]} …`);
    const { code, stderr } = await measure(process.execPath, [main, ...args, '--data', data]);
    if (code !== 0) throw new Error(`kindred ${args.join(' ')} ended with ${code}:\n${stderr}`);
  }
  rmSync(shop, { recursive: true });
}

async function timeTools(app: App): Promise<void> {
  const context = await toolContext(app, { actor: 'bench', role: 'analyst' });
  const asked = await runTool(context, 'build_audience', { filter: { field: 'orders', atLeast: 3 } });
  const calls = toolCalls(await currentModel(context.state), String(asked.output.handle));
  const times = new Map<Call, number[]>(calls.map(call => [call, []]));
  /** Of its result; null where it was refused, which says nothing of how long an answer takes. */
  const characters = new Map<Call, number | null>();
  for (let run = 0; run <= Number(values.runs); run++) {
    for (const call of calls) {
      const start = performance.now();
      const told = await runTool(context, call.tool, call.input).catch((error: unknown) => error);
      if (run > 0) times.get(call)!.push(performance.now() - start);
      characters.set(
        call,
        told instanceof Error ? null : JSON.stringify((told as typeof asked).output).length,
      );
      if (run === 0 && told instanceof Error) say(`${call.tool}: ${formatError(told)}`);
    }
  }
  console.log(`${'median of the runs'.padEnd(92)}ms  of ${MOST}  characters`);
  for (const [call, each] of times) {
    const median = each.toSorted((a, b) => a - b)[each.length >> 1] ?? Number.NaN;
    const asked = Object.keys(call.input).length === 0 ? '' : ` ${JSON.stringify(call.input)}`;
    console.log(
      `${`${call.tool}${asked}`.slice(0, 86).padEnd(86)}${median.toFixed(0).padStart(8)}${(median / MOST).toFixed(2).padStart(8)}${String(characters.get(call) ?? 'refused').padStart(12)}`,
    );
  }
}
