import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeDemoShop } from '../../src/demo/demo-shop.ts';
import type { Model, Segment } from '../../src/segmentation/model.ts';
import type { Readiness } from '../../src/segmentation/readiness.ts';
import { openDuckDb } from '../../src/warehouse/duckdb.ts';
import { literal, type Warehouse } from '../../src/warehouse/port.ts';
import { writeCsv } from '../support/shop-files.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { kindred } from '../support/terminal.ts';

const dir = temporaryFolder();
const shop = dir.file('shop');
const run = (...args: string[]) => kindred([...args, '--data', dir.file('data')]);

let files: Warehouse;
let model: Model;

beforeAll(async () => {
  files = await openDuckDb({ file: ':memory:' });
  await writeDemoShop(shop, { customers: 450, seed: 5, asOf: '2026-11-01', months: 12 });
  await writeCsv(dir.file('bad'), 'orders.csv', 'order_id,customer_id,ordered_at,total', [
    'X1,C1,\u001b[2Jyesterday,10.00',
    'X2,,2026-10-01T10:00:00Z,10.00',
  ]);
  await run('import', shop, dir.file('bad'));
  model = (await run('segment', '--force', '--k', '4', '--json')).json<{ model: Model }>().model;
});

afterAll(async () => {
  await files.close();
  dir.remove();
});

describe('segments', () => {
  test('lists each with its size, shares and what sets it apart', async () => {
    const { code, out } = await run('segments');
    expect(code).toBe(0);
    for (const { key, size, persona } of model.segments) {
      expect(out).toContain(persona.name);
      expect(out).toContain(key);
      expect(out).toContain(size.toLocaleString('en-GB'));
    }
    expect(out).toContain(`as of ${model.asOf}`);
  });

  test('show KEY tells one of them whole', async () => {
    const { key, persona, rule, neighbours } = model.segments[1]!;
    const { code, out } = await run('segments', 'show', key);
    expect(code).toBe(0);
    const text = out.replaceAll(/\s+/g, ' ');
    for (const words of [persona.name, persona.sentence, persona.paragraph, persona.action, rule.text])
      expect(text).toContain(words);
    for (const { label, value, overall } of persona.evidence)
      expect(text).toContain(`${label} ${value} ${overall}`);
    const nearest = model.segments.find(other => other.key === neighbours[0]!.key)!;
    expect(text).toContain(`Closest to ${nearest.persona.name}`);
  });

  test('show KEY --json gives the segment, wherever the flag stands', async () => {
    const segment = model.segments[0]!;
    expect((await run('segments', 'show', segment.key, '--json')).json<Segment>()).toEqual(segment);
    expect((await run('segments', '--json', 'show', segment.key)).json<Segment>()).toEqual(segment);
  });

  test('an unknown key is refused, and the known ones are named', async () => {
    const { code, err, out } = await run('segments', 'show', 'nobody');
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('There is no segment "nobody".');
    for (const { key } of model.segments) expect(err).toContain(key);
  });
});

/** Writes the export and reads it back. */
async function exported(what: string, ending: string) {
  const file = dir.file(join('out', ending, `${what}.${ending}`));
  const { code, err, json } = await run('export', what, '--to', file, '--json');
  expect([code, err]).toEqual([0, '']);
  const columns = await files.query<{ column_name: string }>(`DESCRIBE SELECT * FROM ${literal(file)}`);
  const rows = await files.query<Record<string, string | number | null>>(`SELECT * FROM ${literal(file)}`);
  expect(json<object>()).toEqual({ what, file, rows: rows.length });
  return { columns: columns.map(column => column.column_name), rows };
}

describe.each(['csv', 'parquet', 'json'])('export to .%s', ending => {
  test('memberships: every id of every buyer once, in its segment', async () => {
    const { columns, rows } = await exported('memberships', ending);
    expect(columns).toEqual(['customer_id', 'segment_key', 'segment_name', 'confidence']);
    const truth = (await readFile(join(shop, 'truth', 'truth.csv'), 'utf8')).trimEnd().split('\n').slice(1);
    expect(rows.map(row => row.customer_id)).toEqual(truth.map(line => line.split(',')[0]).sort());
    for (const { key, size, persona } of model.segments) {
      const members = rows.filter(row => row.segment_key === key);
      // Some have two ids.
      expect(members.length).toBeGreaterThanOrEqual(size);
      expect(members.length).toBeLessThan(1.1 * size);
      for (const member of members) {
        expect(member.segment_name).toBe(persona.name);
        expect(member.confidence).toBeGreaterThanOrEqual(0);
        expect(member.confidence).toBeLessThanOrEqual(1);
      }
    }
    const aside = rows.filter(row => row.segment_key === 'set-aside');
    expect(aside.length > 0).toBe(model.population.setAside.count > 0);
    for (const row of aside) expect(row.confidence).toBeNull();
  });

  test('features: a row per buyer, with a column per feature', async () => {
    const { columns, rows } = await exported('features', ending);
    expect(columns.slice(0, 2)).toEqual(['profile_id', 'as_of']);
    for (const { id } of model.segments[0]!.features) expect(columns).toContain(id);
    expect(rows).toHaveLength(model.population.customers);
    const ids = rows.map(row => String(row.profile_id));
    expect(ids).toEqual([...ids].sort());
  });

  test('segments: as they are kept, largest first', async () => {
    const { rows } = await exported('segments', ending);
    expect(rows).toEqual(
      model.segments.map(({ key, persona, rule, size, share, revenue, revenueShare, confidence }) => ({
        segment_key: key,
        segment_name: persona.name,
        neutral_name: persona.neutralName,
        definition: persona.sentence,
        action: persona.action,
        avoid: persona.avoid,
        rule: rule.text,
        customers: size,
        share: expect.closeTo(share, 12),
        revenue: expect.closeTo(revenue, 6),
        revenue_share: expect.closeTo(revenueShare, 12),
        confidence: expect.closeTo(confidence, 12),
      })),
    );
  });
});

describe('export', () => {
  test('to an ending that it does not know is refused', async () => {
    const { code, err } = await run('export', 'segments', '--to', dir.file('segments.xlsx'));
    expect(code).toBe(1);
    expect(err).toContain('.csv, .parquet, .json');
  });

  test('to a folder that cannot be made says so', async () => {
    await writeFile(dir.file('in the way'), '');
    const { code, err } = await run('export', 'segments', '--to', dir.file('in the way/x.csv'));
    expect(code).toBe(1);
    expect(err).toContain('in the way');
    expect(err).not.toContain('defect');
  });
});

describe('readiness', () => {
  test('says what there is, what that is enough for, and what is missing', async () => {
    const { code, out } = await run('readiness');
    expect(code).toBe(0);
    const { buyers } = (await run('readiness', '--json')).json<Readiness>().customers;
    expect(out).toContain(`${buyers} customers with`);
    expect(out).toContain('classical RFM');
    for (const name of ['transaction', 'browse', 'engagement', 'service', 'lifecycle'])
      expect(out).toContain(name);
  });

  test('looks from the date that is given', async () => {
    const found = (await run('readiness', '--as-of', '2026-05-01', '--json')).json<Readiness>();
    expect(found.asOf).toBe('2026-05-01');
    expect(found.orders.span!.last < '2026-05-01').toBe(true);
    expect(found.customers.buyers).toBeLessThan(model.population.customers);
  });
});

describe('rejects', () => {
  test('--json gives each row with its reason and content', async () => {
    const { code, json } = await run('rejects', '--file', 'orders.csv', '--json');
    expect(code).toBe(0);
    const { reasons, rows } = json<{
      reasons: { reason: string; rows: number }[];
      rows: { file: string; rowNumber: number; reason: string; content: string }[];
    }>();
    const bad = rows.filter(row => row.file === join(dir.file('bad'), 'orders.csv'));
    expect(bad.map(row => row.rowNumber)).toEqual([1, 2]);
    expect(bad[0]!.content).toContain('yesterday');
    expect(bad[1]!.reason).toContain('customer');
    expect(reasons.reduce((sum, reason) => sum + reason.rows, 0)).toBeGreaterThanOrEqual(rows.length);
  });

  test('no control character of a row reaches the terminal', async () => {
    const { code, out } = await run('rejects');
    expect(code).toBe(0);
    expect(out).toContain('yesterday');
    expect(out.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });
});

describe('report', () => {
  test('writes one page with every segment, and makes its folder', async () => {
    const file = dir.file('pages/report.html');
    const { code, out } = await run('report', '--to', file, '--title', 'Our <customers>');
    expect([code, out]).toEqual([0, `Wrote ${file}\n`]);
    const page = await readFile(file, 'utf8');
    expect(page).toContain('Our &lt;customers&gt;');
    for (const { persona } of model.segments) expect(page).toContain(persona.sentence);
    expect(page).toContain(model.fingerprint);
    expect(page).toContain('classical RFM segments serve better');
  });

  test('that cannot be written says so', async () => {
    await writeFile(dir.file('no folder'), '');
    const { code, err } = await run('report', '--to', dir.file('no folder/report.html'));
    expect(code).toBe(1);
    expect(err).toContain('no folder');
    expect(err).not.toContain('defect');
  });
});
