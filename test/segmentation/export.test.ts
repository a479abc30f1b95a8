import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportData } from '../../src/segmentation/export.ts';
import { openState, type State } from '../../src/state/state.ts';
import { openShop, orders } from '../sources/shop.ts';
import { exampleRecord } from '../state/example-change.ts';
import { exampleModel } from '../state/example-model.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { stores } from '../warehouse/stores.ts';

const march = '2026-03-01';
const may = '2026-05-01';

/** Says that the example model was fitted in March, and refreshed in May. */
async function livedUntilMay(state: State): Promise<void> {
  const model = exampleModel({ asOf: march, describedAsOf: may });
  const record = exampleRecord({ modelId: model.id, asOf: march, kind: 'fit', previous: null });
  const change = { model, actor: 'test', proposal: null };
  await state.apply({ ...change, record });
  await state.apply({ ...change, record: { ...record, asOf: may, kind: 'refresh', previous: march } });
}

test.each(stores)(
  'memberships in $store, of now and of a day, follow customers who turned out to be one person afterwards',
  async ({ open }) => {
    const shop = await openShop(open);
    const state = await openState({ dataDir: shop.dir, url: await freshDatabase() });
    try {
      await shop.import(
        await shop.file(
          'orders.csv',
          orders(...['1', '2', '3', '4'].map(id => `O${id},${id},2026-02-01,9,GBP,paid`)),
        ),
      );
      await livedUntilMay(state);
      const placed = (owner: string, rows: [string, string, number | null][]) =>
        shop.warehouse.execute(
          `INSERT INTO placements (owner, as_of, profile_id, segment_key, candidate_key, confidence) VALUES ${rows
            .map(
              ([id, key, sure]) =>
                `('${owner}', TIMESTAMP '${may}', 'shop/${id}', '${key}', '${key}', ${sure})`,
            )
            .join(', ')}`,
        );
      await placed(state.owner, [
        ['1', 'zebra', 0.6],
        ['2', 'apple', 0.9],
        ['3', 'apple', 0.5],
        ['4', 'set-aside', null],
      ]);
      await placed('another state', [['1', 'apple', 1]]);
      const stay = (id: string, key: string, from: string, to: string | null, sure: number | null) =>
        shop.warehouse.execute(
          `INSERT INTO memberships (owner, profile_id, segment_key, valid_from, valid_to, model_id, confidence) VALUES
           ('${state.owner}', 'shop/${id}', '${key}', TIMESTAMP '${from}', ${to ? `TIMESTAMP '${to}'` : 'NULL'}, 'm-1', ${sure})`,
        );
      await stay('1', 'zebra', march, null, 0.6);
      await stay('2', 'zebra', march, may, 0.55);
      await stay('2', 'apple', may, null, 0.9);
      await stay('3', 'apple', march, null, 0.5);
      await stay('4', 'set-aside', march, null, null);
      // 1 and 2 are one person, and 3 is known to the mail list, whose name its profile then bears.
      await shop.import(
        await shop.file('more.csv', 'customer_id,email\n1,ann@x.org\n2,ann@x.org\n3,cy@x.org\n'),
      );
      await shop.import(await shop.file('mail.csv', 'customer_id,email\nm,cy@x.org\n'), { source: 'mail' });

      const exported = async (on?: string) => {
        const file = join(shop.dir, 'memberships.csv');
        const rows = await exportData(shop.warehouse, state, 'memberships', file, on);
        const lines = readFileSync(file, 'utf8').trim().split('\n');
        expect(lines.length).toBe(rows + 1);
        expect(statSync(file).mode & 0o777).toBe(0o600);
        return lines.map(row => row.split(',').slice(0, 2).join(' '));
      };
      const header = 'customer_id segment_key';
      const now = [header, 'm apple', '1 apple', '2 apple', '3 apple', '4 set-aside'];
      expect(await exported()).toEqual(now);
      expect(await exported('2026-05-01')).toEqual(now);
      const before = [header, 'm apple', '1 zebra', '2 zebra', '3 apple', '4 set-aside'];
      expect(await exported('2026-04-30')).toEqual(before);
      expect(await exported('2026-03-01')).toEqual(before);
      await expect(exported('2026-02-28')).rejects.toMatchObject({
        mender: 'asker',
        message: expect.stringContaining('the history begins on 2026-03-01'),
      });
    } finally {
      await state.close();
      await shop.close();
    }
  },
);

test.each(stores)(
  'names in $store are nothing that a spreadsheet would run, and other files have them as they are',
  async ({ open }) => {
    const shop = await openShop(open);
    const state = await openState({ dataDir: shop.dir, url: await freshDatabase() });
    try {
      await shop.import(await shop.file('orders.csv', orders('O1,1,2026-02-01,9,GBP,paid')));
      const model = exampleModel({ asOf: march, describedAsOf: march });
      const [first, ...others] = model.segments;
      const persona = { ...first!.persona, name: '=1+1', neutralName: '@SUM(1)', action: '-cmd|x' };
      const record = exampleRecord({ modelId: model.id, asOf: march, kind: 'fit', previous: null });
      const named = { ...model, segments: [{ ...first!, persona }, ...others] };
      await state.apply({ model: named, record, actor: 'test', proposal: null });
      await shop.warehouse.execute(
        `INSERT INTO placements (owner, as_of, profile_id, segment_key, candidate_key, confidence)
       VALUES ('${state.owner}', TIMESTAMP '${march}', 'shop/1', '${first!.key}', '${first!.key}', 1)`,
      );
      const written = async (what: 'segments' | 'memberships', ending: string) => {
        const file = join(shop.dir, `${what}.${ending}`);
        await exportData(shop.warehouse, state, what, file);
        return readFileSync(file, 'utf8');
      };
      expect(await written('segments', 'csv')).toMatch(/,'=1\+1,'@SUM\(1\),.*,'-cmd\|x,/);
      expect(await written('segments', 'jsonl')).toMatch(/"=1\+1".*"@SUM\(1\)".*"-cmd\|x"/);
      expect(await written('memberships', 'csv')).toContain(",'=1+1,");
      expect(await written('memberships', 'jsonl')).toContain('"=1+1"');
    } finally {
      await state.close();
      await shop.close();
    }
  },
);
