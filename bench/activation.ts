import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ActivationContext } from '../src/activation/context.ts';
import { deliverDue } from '../src/activation/deliver/deliver.ts';
import type { Member } from '../src/activation/destination.ts';
import { klaviyoDestination } from '../src/activation/destinations/klaviyo.ts';
import type { PlanCounts, PlannedChange } from '../src/activation/sync.ts';
import { openState } from '../src/state/state.ts';
import { createTurns } from '../src/turns.ts';
import { klaviyoLimits } from '../src/vendors/klaviyo-api.ts';
import { openDuckDb } from '../src/warehouse/duckdb.ts';
import { mockKlaviyo } from '../test/support/vendors/klaviyo/mock-klaviyo.ts';
import { virtualPlatform } from '../test/support/vendors/virtual-platform.ts';

/**
 * npm run bench -- activation: puts an audience into a mock Klaviyo through the outbox, as `kindred serve` does, reads who is
 * there, and takes everybody out again. The clock is a virtual one that waiting moves, so that minutes of limits take none;
 * the time by it is held against the least that Klaviyo's limits and its imports allow.
 */
const { values } = parseArgs({
  allowPositionals: true,
  options: {
    members: { type: 'string', default: '100000' },
    'rows-per-second': { type: 'string', default: '1000' },
  },
});
const count = Number(values.members);
const rowsPerSecond = Number(values['rows-per-second']);
const platform = virtualPlatform();
const klaviyo = await mockKlaviyo({
  now: platform.now,
  jobMs: rows => (rows * 1000) / rowsPerSecond,
});
const folder = mkdtempSync(join(tmpdir(), 'kindred-bench-'));
const signal = new AbortController().signal;
const number = (value: number) => value.toLocaleString('en-GB');
const name = 'Kindred: everybody';

const nothing = {
  adds: 0,
  updates: 0,
  removes: 0,
  unchanged: 0,
  holdout: 0,
  suppressed: [],
  against: 'destination',
} as const;

const warehouse = await openDuckDb({ file: join(folder, 'warehouse.duckdb') });
const state = await openState({ dataDir: folder });
try {
  await warehouse.execute(`INSERT INTO identities
SELECT 'shop', 'C' || i, 'shop/C' || i, 'own id' FROM range(${count}) AS r(i)`);
  await warehouse.execute(`INSERT INTO customers (source, customer_id, profile_id, email, accepts_marketing)
SELECT 'shop', 'C' || i, 'shop/C' || i, 'customer' || i || '@example.org', TRUE FROM range(${count}) AS r(i)`);
  const context: ActivationContext = {
    state: async () => state,
    warehouse: async () => warehouse,
    turns: createTurns(),
    now: platform.now,
    mostChange: 1,
    destinationOf: () => klaviyoDestination,
    connectionOf: async () => klaviyo.connection,
    platform: () => platform,
  };
  const at = platform.now().toISOString();
  const asked = { audience: 'a-1', connection: 'klaviyo', target: { name, id: null, options: {} } };
  const basis = { lawfulBasis: 'consent', interest: '' } as const;
  const stored = { name: 'klaviyo', vendor: 'klaviyo', settings: {}, secrets: '', account: '' } as const;
  await state.connections.put({ ...stored, createdAt: at, createdBy: 'bench' }, { at, actor: 'bench' });
  const sync = await state.syncs.open({
    ...asked,
    basis,
    holdout: 0,
    holdoutKey: 'bench',
    mostChange: 1,
    purpose: 'bench',
    createdAt: at,
    createdBy: 'bench',
  });
  await state.syncs.setStatus(sync.id, { from: ['waiting'], to: 'active', at, by: 'bench' });

  const planned = async (changes: (from: number, to: number) => PlannedChange[]) => {
    const counts: PlanCounts = { ...nothing, members: count };
    const asOf = at.slice(0, 10);
    const moment = platform.now().toISOString();
    const by = { createdAt: moment, createdBy: 'bench' };
    const run = await state.syncRuns.draft({
      sync: sync.id,
      kind: 'follow',
      asOf,
      record: 'bench',
      counts,
      ...by,
    });
    for (let from = 0; from < count; from += 5000)
      await state.syncRuns.addChanges(run, changes(from, Math.min(count, from + 5000)), moment);
    await state.syncRuns.follow(run, counts, { at: moment, by: 'bench' });
  };
  const deliver = async () => {
    let refused = 0;
    for (let left = count; left > 0; ) {
      const told = await deliverDue(context, { signal, log: platform.log });
      if (told.problems.length > 0) throw new Error(told.problems[0]!.problem);
      left -= told.done + told.refused + told.dropped;
      refused += told.refused + told.dropped;
      if (told.done + told.refused + told.dropped + told.again === 0) throw new Error('Nothing goes on.');
    }
    if (refused > 0) throw new Error(`${refused} were not sent.`);
  };

  console.log(`${number(count)} members; Klaviyo imports ${number(rowsPerSecond)} profiles a second`);
  await planned((from, to) => range(from, to).map(i => change(i, 'add')));
  const imports = count / rowsPerSecond;
  const jobs = Math.ceil(count / 10_000);
  await measured('putting in', imports + least('start imports', jobs), deliver);
  expectMembers(count);
  let seen = 0;
  await measured('reading who is there', least('list members', Math.ceil(count / 100)), async () => {
    const target = (await state.syncs.byId(sync.id))!.target;
    for await (const keys of klaviyoDestination.members!(klaviyo.connection, target, platform))
      seen += keys.length;
  });
  if (seen !== count) throw new Error(`${seen} were seen.`);
  await planned((from, to) => range(from, to).map(i => change(i, 'remove')));
  const questions = least('profiles', Math.ceil(count / 100));
  await measured('taking out', questions + imports, deliver);
  expectMembers(0);
  console.log(`requests that were one too many for a limit: ${klaviyo.overLimit}`);
  console.log(
    `largest resident memory: ${number(process.resourceUsage().maxRSS / 1024)} MB, the mock included`,
  );
  await klaviyo.close();
} finally {
  await state.close();
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

function change(i: number, action: 'add' | 'remove'): PlannedChange {
  const email = `customer${i}@example.org`;
  const properties = { kindred_segment: `Segment ${i % 7}` };
  const member: Member = {
    profileId: `shop/C${i}`,
    email,
    phone: null,
    country: null,
    ids: [{ source: 'shop', id: `C${i}` }],
    properties,
    consent: 'granted',
  };
  return action === 'add'
    ? { profileId: member.profileId, action, segment: 'S1', member }
    : { profileId: member.profileId, action, segment: null, member: { key: email } };
}

/** Seconds until the last of so many requests may begin, at the earliest. */
function least(kind: keyof typeof klaviyoLimits, requests: number): number {
  return Math.max(
    ...klaviyoLimits[kind].map(limit => (Math.floor((requests - 1) / limit.requests) * limit.perMs) / 1000),
  );
}

function expectMembers(expected: number): void {
  klaviyo.finishJobs();
  const { length } = klaviyo.membersOf(name);
  if (length !== expected) throw new Error(`${length} are in the list instead of ${expected}.`);
}

async function measured(what: string, bound: number, run: () => Promise<void>): Promise<void> {
  const [requests, slept, cpu, start] = [
    klaviyo.requests.length,
    platform.slept(),
    process.cpuUsage(),
    performance.now(),
  ];
  await run();
  const used = process.cpuUsage(cpu);
  const virtual = (platform.slept() - slept) / 1000;
  console.log(
    [
      what.padEnd(22),
      `${virtual.toFixed(0)} s by its clock, at least ${bound.toFixed(0)} s`,
      `${number(klaviyo.requests.length - requests)} requests`,
      `${((used.user + used.system) / 1e6).toFixed(1)} s of processor with the mock`,
      `${((performance.now() - start) / 1000).toFixed(1)} s in all`,
    ].join('  '),
  );
}
