import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeDemoShop } from '../src/demo/demo-shop.ts';
import { measure, type Run } from './measure.ts';
import { dates, makeLargeShop } from './million.ts';

/**
 * npm run bench -- refresh: a refresh against a full fit of the same shop on the same date, in pairs; then the refresh
 * of a large shop, for its memory.
 */
const { values } = parseArgs({
  args: process.argv.slice(2).filter(arg => arg !== 'refresh'),
  options: {
    customers: { type: 'string', default: '100000' },
    large: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
  },
});
const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const say = (text: string) => console.error(text);

async function kindred(data: string, ...args: string[]): Promise<Run> {
  const run = await measure(process.execPath, [main, ...args, '--data', data]);
  if (run.code !== 0) throw new Error(`kindred ${args.join(' ')} ended with ${run.code}:\n${run.stderr}`);
  return run;
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kindred-bench-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function show(name: string, { seconds, peakMb, stderr }: Run): void {
  console.log(`${name.padEnd(40)}${seconds.toFixed(1).padStart(8)} s${peakMb?.toFixed(0).padStart(8)} MB`);
  for (const line of stderr.split('\n').filter(text => / s$/.test(text))) console.log(`  ${line}`);
}

const customers = Number(values.customers);
if (customers > 0)
  await inFolder(async folder => {
    say(`writing a shop of ${customers} customers …`);
    const shop = join(folder, 'shop');
    await writeDemoShop(shop, { customers, seed: Number(values.seed), asOf: '2026-11-01', months: 18 });
    say('importing it …');
    const imported = join(folder, 'imported');
    await kindred(imported, 'import', shop);
    for (let round = 1; round <= Number(values.rounds); round++) {
      say(`round ${round} of ${values.rounds} …`);
      const [full, weekly] = [join(folder, `full-${round}`), join(folder, `weekly-${round}`)];
      cpSync(imported, full, { recursive: true });
      const fit = await kindred(full, 'segment', '--as-of', '2026-11-01');
      rmSync(full, { recursive: true });
      cpSync(imported, weekly, { recursive: true });
      await kindred(weekly, 'segment', '--as-of', '2026-10-25');
      const refresh = await kindred(weekly, 'refresh', '--as-of', '2026-11-01');
      rmSync(weekly, { recursive: true });
      show('full fit', fit);
      show('refresh', refresh);
      console.log(`ratio ${(refresh.seconds / fit.seconds).toFixed(3)}\n`);
    }
  });

const large = Number(values.large);
if (large > 0)
  await inFolder(async folder => {
    say(`making a shop of ${large} customers …`);
    await makeLargeShop(folder, large);
    await kindred(folder, 'segment', '--as-of', dates.small);
    show(
      `refresh of ${large.toLocaleString('en-GB')}`,
      await kindred(folder, 'refresh', '--as-of', dates.large),
    );
  });
