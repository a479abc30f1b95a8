import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Setup } from '../../../src/segmentation/governance/report/facts.ts';
import { governanceReport } from '../../../src/segmentation/governance/report/report.ts';
import { plain } from '../../../src/segmentation/markdown.ts';
import { openState, type State } from '../../../src/state/state.ts';
import { createTurns } from '../../../src/turns.ts';
import type { Warehouse } from '../../../src/warehouse/port.ts';
import { stock } from '../../features/shop.ts';
import { exampleChange } from '../../state/example-change.ts';
import { exampleModel } from '../../state/example-model.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { stores } from '../../warehouse/stores.ts';
import { namedShop } from './shop.ts';

const dir = temporaryFolder();
let state: State;
const now = () => new Date('2026-11-22T12:00:00.000Z');
const setup: Setup = {
  warehouse: 'a DuckDB file in the data folder',
  state: 'a PGlite database in the data folder',
  model: { id: 'some-model', host: 'models.example.org', onThisMachine: false },
  refreshSchedule: '0 6 * * 1',
  reclusterSchedule: null,
  autoPromote: false,
  takesEvents: false,
};

beforeAll(async () => {
  state = await openState({ dataDir: dir.path });
  const at = '2026-02-01T10:00:00.000Z';
  await state.apply(exampleChange(exampleModel({ asOf: '2026-01-06', describedAsOf: '2026-01-06' })));
  await state.decisions.record({
    feature: 'recency',
    effect: 'allow',
    lawfulBasis: 'legitimate-interests',
    decidedBy: 'Ann | DPO',
    at,
    reason: '# not a heading\n| <img src=x> [link](https://example.com)',
  });
  await state.decisions.record({
    feature: 'tenure',
    effect: 'allow',
    lawfulBasis: null,
    decidedBy: 'Bob',
    at,
    reason: 'before',
  });
  await state.blockedTerms.block([
    { term: 'baby shower', ground: 'health', reason: 'tells of pregnancy', blockedBy: 'kindred', at },
    { term: 'mugs', ground: 'proxy', reason: 'r', blockedBy: 'kindred', at },
  ]);
  await state.blockedTerms.release('mugs', { at, actor: 'Ann', reason: 'harmless' });
  const rule = { all: [{ type: 'Product Viewed', category: 'Baby Shower', atLeast: 3, withinDays: 7 }] };
  await state.triggers.save({ id: 't-1', name: 'Slow | buyers', rule, createdAt: at, createdBy: 'Ann' });
  await state.answers.record({
    at,
    actor: 'Ann',
    surface: 'cli',
    thread: 't1',
    purpose: 'answer',
    model: 'some-model',
    promptVersion: '1',
    outcome: 'answered',
    turns: 1,
    inputTokens: 1,
    outputTokens: 1,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    cost: null,
    milliseconds: 1,
    details: { tools: [], unsupported: [] },
  });
});
afterAll(async () => {
  await state.close();
  dir.remove();
});

async function reportOf(warehouse: Warehouse, change: Partial<Setup> = {}): Promise<string> {
  return governanceReport({ warehouse, state, now }, { ...setup, ...change });
}

describe.each(stores)('in $store', ({ open }) => {
  test('the review tells what is held, used, sent, blocked and decided, and on which basis', async () => {
    const warehouse = await open();
    const shop = namedShop();
    const tickets = shop.tickets!.map(ticket => ({ ...ticket, kind: 'Pharmacy talk' }));
    await stock(warehouse, { ...shop, tickets });
    const turns = createTurns();
    const reading = governanceReport({ warehouse, state, now, turn: turns.take }, setup);
    // Whoever asks meanwhile has the stores before all of it is read.
    const other = turns.take('another', async () => 'another');
    expect(await Promise.race([reading, other])).toBe('another');
    const text = await reading;
    for (const told of [
      'Made on 2026-11-22',
      'Kindred holds data on 12 people. Segments stand as of 2026-01-06.',
      '| canonical | 1 | 12 | 0 | 2026-02-01 | 2026-02-01 |',
      '| email | marketing | granted | 10 |',
      '| email | marketing | withdrawn | fewer than 10 |',
      'Accounts by whether they accept marketing: yes: fewer than 10; no: fewer than 10.',
      'Set up now: `some-model` at `models.example.org`.',
      '| answer | `some-model` | 1 | 1 | 1 | 2026-02-01 | 2026-02-01 |',
      '| Pregnancy tests | category | health | fewer than 10 | the lexicon finds it | yes |',
      '| Pharmacy talk | ticket kind | health | 12 | the lexicon finds it | no: block it where it tells of customers |',
      '| baby shower | health | 2026-02-01 by kindred | tells of pregnancy | no |',
      'Released by a person: mugs (2026-02-01 by Ann: harmless).',
      '| `recency` | allowed | legitimate interests | Ann \\| DPO |',
      '| `tenure` | allowed | not recorded | Bob | before |',
      'Allowed before a basis was asked for: `tenure`.',
      'scores everybody anew by the schedule `0 6 * * 1`',
      '| Slow \\| buyers (`t-1`) | viewed Baby Shower at least 3 times in 7 days | 2026-02-01 by Ann | yes: it was made before that was kept out |',
      '(article 35)',
      'article 21',
      'article 22',
      '**[ lawful basis, article 6: ______ ]**',
    ])
      expect(text).toContain(told);
    expect(text).not.toMatch(/person\d|@example|\+44|p0\d|o-p/);
    // What was typed as a reason is text, and breaks no table.
    expect(text).not.toMatch(/<img|^# not/m);
    for (const [, table] of text.matchAll(/((?:^\|.*\|\n)+)/gm)) {
      const cells = table!
        .trim()
        .split('\n')
        .map(row => row.replaceAll('\\|', '').split('|').length);
      expect(new Set(cells).size).toBe(1);
    }
    await warehouse.close();
  });

  test('the same rows in another order give the same text, and no rows a text that says so', async () => {
    const shop = namedShop();
    const texts: string[] = [];
    for (const rows of [
      shop,
      Object.fromEntries(Object.entries(shop).map(([name, list]) => [name, [...list].reverse()])),
    ]) {
      const warehouse = await open();
      await stock(warehouse, rows);
      texts.push(await reportOf(warehouse));
      await warehouse.close();
    }
    expect(texts[0]).toBe(texts[1]);
    const warehouse = await open();
    const empty = await reportOf(warehouse, { model: null });
    expect(empty).toContain('Nothing was imported yet.');
    expect(empty).toContain('No language model is set up: nothing is sent');
    await warehouse.close();
  });
});

test('text of people and of data stays text', () => {
  expect(plain('a\nb  c')).toBe('a b c');
  expect(plain('<b>*x*</b> | `y` # & https://z')).not.toMatch(/<b|[^\\]\*x|[^\\]\||[^\\]`|https:/);
  expect(plain('- one')).toBe('\\- one');
  expect(plain('1. one')).toBe('1\\. one');
});
