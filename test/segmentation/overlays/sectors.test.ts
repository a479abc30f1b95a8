import { afterAll, describe, expect, test } from 'vitest';
import type { Model } from '../../../src/segmentation/model.ts';
import { writeAccounts } from '../../support/sectors/accounts.ts';
import { agreementWith } from '../../support/sectors/agreement.ts';
import { writeSubscriptions } from '../../support/sectors/subscriptions.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { kindred } from '../../support/terminal.ts';

const dir = temporaryFolder();
afterAll(dir.remove);

/** Imports what was written to the folder and looks for as many groups as there are types. */
async function segmented(name: string, overlay: string, truth: ReadonlyMap<string, string>) {
  const run = (...args: string[]) => kindred([...args, '--data', dir.file(`data of ${name}`)]);
  expect((await run('import', dir.file(name))).code).toBe(0);
  const options = ['--overlay', overlay, '--force', '--k', '6', '--as-of', '2026-11-01', '--json'];
  const { code, json } = await run('segment', ...options);
  expect(code).toBe(0);
  const { model } = json<{ model: Model }>();
  const file = dir.file(`${name}.csv`);
  expect((await run('export', 'memberships', '--to', file)).code).toBe(0);
  return { model, ...(await agreementWith(truth, file)) };
}

describe('payments for plans', async () => {
  const truth = await writeSubscriptions(dir.file('plans'), { subscribers: 800, seed: 1 });
  const { model, rand, segmentOf } = await segmented('plans', 'subscription', truth);

  test('show who grows, who sleeps and who leaves, by names that say so', () => {
    expect(rand).toBeGreaterThan(0.8);
    expect(segmentOf).toEqual({
      power: 'power-users-on-high-plans',
      basic: 'basic-plan-subscribers',
      sleeper: 'payers-who-hardly-use-it',
      downgrader: 'downgraders',
      failing: 'subscribers-with-failing-payments',
      gone: 'lapsed-subscribers',
    });
  });

  test('are told in their own words', () => {
    for (const { persona, rule } of model.segments) {
      expect(persona.sentence).toMatch(/^Subscribers who /);
      const texts = [persona.paragraph, rule.text, ...persona.evidence.map(({ label }) => label)].join(' ');
      expect(texts).not.toMatch(/\b(orders?|ordered|customers|weekend|November)\b/i);
    }
  });
});

describe('contracts of accounts', async () => {
  const truth = await writeAccounts(dir.file('accounts'), { accounts: 800, seed: 1 });
  const { model, rand, segmentOf } = await segmented('accounts', 'b2b', truth);

  test('show which are safe and which need a visit, by names that say so', () => {
    expect(rand).toBeGreaterThan(0.8);
    expect(segmentOf).toEqual({
      giant: 'large-engaged-accounts',
      quietGiant: 'large-but-quiet-accounts',
      small: 'small-self-serve-accounts',
      atRisk: 'renewals-at-risk',
      lapsed: 'accounts-out-of-contract',
      bound: 'long-term-contract-holders',
    });
  });

  test('are told of as accounts', () => {
    for (const { persona } of model.segments) {
      expect(persona.sentence).toMatch(/^Accounts that /);
      expect(persona.paragraph).not.toMatch(/\bcustomers\b/);
    }
  });
});
