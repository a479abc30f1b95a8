import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writeDemoShop } from '../src/demo/demo-shop.ts';
import { findPython, type Outcome, type PeerOutcome, runKindred, runPeer } from './contenders.ts';
import { printBench } from './print.ts';

export interface Round {
  kindred: Outcome;
  peer: PeerOutcome | undefined;
}

export interface ShopBench {
  shop: string;
  rounds: Round[];
}

export interface Bench {
  machine: { cpus: number; model: string; memoryMb: number; node: string; platform: string };
  peer: boolean;
  shops: ShopBench[];
}

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '20000' },
    large: { type: 'boolean', default: false },
    seeds: { type: 'string', default: '1,2,3' },
    rounds: { type: 'string', default: '2' },
    shop: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const say = (text: string) => console.error(text);

/** Both contenders in turn, A B A B, each in a fresh folder, on files that the machine has just read or written. */
async function benchShop(
  name: string,
  shop: string,
  rounds: number,
  python: string | undefined,
): Promise<ShopBench> {
  const done: Round[] = [];
  for (let round = 1; round <= rounds; round++) {
    const work = mkdtempSync(join(tmpdir(), 'kindred-bench-'));
    try {
      say(`${name}, round ${round} of ${rounds}: kindred …`);
      const kindred = await runKindred(shop, join(work, 'data'));
      if (python) say(`${name}, round ${round} of ${rounds}: peer …`);
      const peer = python ? await runPeer(python, shop, join(work, 'peer')) : undefined;
      done.push({ kindred, peer });
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
  return { shop: name, rounds: done };
}

async function benchMade(customers: number, seed: number, rounds: number, python: string | undefined) {
  const name = `${customers.toLocaleString('en-GB')} customers, seed ${seed}`;
  const shop = mkdtempSync(join(tmpdir(), 'kindred-shop-'));
  try {
    say(`${name}: writing the shop …`);
    await writeDemoShop(shop, { customers, seed, asOf: '2026-11-01', months: 18 });
    return await benchShop(name, shop, rounds, python);
  } finally {
    rmSync(shop, { recursive: true, force: true });
  }
}

const python = findPython();
if (!python) say('No python3 with pandas and scikit-learn here: Kindred is measured alone.');
const rounds = Number(values.rounds);
const shops: ShopBench[] = [];
if (values.shop) shops.push(await benchShop(values.shop, resolve(values.shop), rounds, python));
else {
  // Times are taken on the first seed; the other seeds say whether the types are found again.
  for (const [i, seed] of values.seeds.split(',').map(Number).entries())
    shops.push(await benchMade(Number(values.customers), seed, i === 0 ? rounds : 1, python));
  if (values.large) shops.push(await benchMade(100_000, 1, rounds, python));
}
const bench: Bench = {
  machine: {
    cpus: cpus().length,
    model: cpus()[0]?.model ?? 'unknown',
    memoryMb: Math.round(totalmem() / 2 ** 20),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  },
  peer: python !== undefined,
  shops,
};
if (values.json) console.log(JSON.stringify(bench, null, 2));
else printBench(bench);
