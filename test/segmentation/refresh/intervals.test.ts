import { expect, test } from 'vitest';
import { membersOn } from '../../../src/segmentation/export.ts';
import { countReturns, updateIntervals } from '../../../src/segmentation/refresh/intervals.ts';
import { rewind } from '../../../src/segmentation/refresh/rewind.ts';
import type { Warehouse } from '../../../src/warehouse/port.ts';
import { stores } from '../../warehouse/stores.ts';
import { kept } from './lived-shop.ts';

const owner = 'mine';
const day = (week: number) => `2026-03-0${week}`;

/** Where each profile stands week by week; a dot is nowhere. */
const stays = { ann: 'abbb.', bea: 'abab.', cy: 'abcca', dee: '..aaa', eve: 'aaaaa', fay: 'abcba' };
const weeks = [1, 2, 3, 4, 5];

async function place(tx: Warehouse, week: number, of = owner): Promise<void> {
  const rows = Object.entries(stays).flatMap(([id, keys]) => {
    const key = keys[week - 1]!;
    return key === '.' ? [] : [`('${of}', TIMESTAMP '${day(week)}', '${id}', '${key}', '${key}', 0.${week})`];
  });
  await tx.execute(
    `INSERT INTO placements (owner, as_of, profile_id, segment_key, candidate_key, confidence) VALUES ${rows.join(', ')}`,
  );
  await tx.execute(
    `INSERT INTO scores (owner, as_of, profile_id, alive_probability)
     SELECT owner, as_of, profile_id, confidence FROM placements
     WHERE owner = '${of}' AND as_of = TIMESTAMP '${day(week)}'`,
  );
}

const update = (tx: Warehouse, week: number, anew = false, of = owner) =>
  updateIntervals(tx, { owner: of, asOf: day(week), modelId: `m-${week}`, anew });

test.each(stores)('intervals in $store', async ({ open }) => {
  const warehouse = await open();
  try {
    await warehouse.transaction(async tx => {
      for (const week of weeks) {
        await place(tx, week);
        await update(tx, week);
        const said = await tx.query<{ profile_id: string; segment_key: string }>(
          `${membersOn(owner, day(week))} ORDER BY profile_id`,
        );
        // What is written later changes nothing of what is said of a day.
        for (const earlier of weeks.filter(at => at <= week)) {
          const then = await tx.query<{ profile_id: string; segment_key: string }>(
            `${membersOn(owner, day(earlier))} ORDER BY profile_id`,
          );
          expect(Object.fromEntries(then.map(row => [row.profile_id, row.segment_key]))).toEqual(
            Object.fromEntries(
              Object.entries(stays)
                .map(([id, keys]) => [id, keys[earlier - 1]])
                .filter(([, key]) => key !== '.'),
            ),
          );
        }
        expect(new Set(said.map(row => row.profile_id)).size).toBe(said.length);
      }
      const { memberships } = await kept(tx, owner);
      const changes = Object.values(stays).map(keys => keys.replaceAll('.', '').replaceAll(/(.)\1+/g, '$1'));
      expect(memberships.length).toBe(changes.join('').length);
      // A row keeps the model and the confidence of the day on which it began.
      expect(memberships).toContainEqual(
        expect.objectContaining({ profile_id: 'ann', segment_key: 'b', model_id: 'm-2', confidence: 0.2 }),
      );

      const returns = (week: number, since: number, keys = ['a', 'b', 'c']) =>
        countReturns(tx, { owner, asOf: day(week), since: day(since), keys });
      // In week 3 bea is back in a, in week 4 in b, and fay in b, in week 5 fay and cy in a.
      expect(await returns(3, 1)).toBe(1);
      expect(await returns(4, 1)).toBe(2);
      expect(await returns(4, 3)).toBe(2);
      expect(await returns(5, 2)).toBe(2);
      // They had left it in week 2.
      expect(await returns(5, 3)).toBe(0);
      expect(await returns(4, 1, ['a', 'c'])).toBe(0);
      expect(await returns(2, 1)).toBe(0);
    });
  } finally {
    await warehouse.close();
  }
});

test.each(stores)(
  'going back in $store leaves what stood before, and nothing of others',
  async ({ open }) => {
    const warehouse = await open();
    try {
      await warehouse.transaction(async tx => {
        const after: unknown[] = [];
        for (const week of weeks) {
          await place(tx, week);
          await update(tx, week);
          after.push(await kept(tx, owner));
        }
        for (const week of weeks) {
          await place(tx, week, 'another');
          await update(tx, week, false, 'another');
        }
        const others = await kept(tx, 'another');
        for (const week of weeks.toReversed()) {
          expect(await kept(tx, owner)).toEqual(after[week - 1]);
          await rewind(tx, owner, day(week));
        }
        expect(await kept(tx, owner)).toEqual({ memberships: [], placements: [], scores: [], outbox: [] });
        expect(await kept(tx, 'another')).toEqual(others);
      });
    } finally {
      await warehouse.close();
    }
  },
);

test.each(stores)('a new fit begins all intervals again in $store', async ({ open }) => {
  const warehouse = await open();
  try {
    await warehouse.transaction(async tx => {
      for (const week of [1, 2]) {
        await place(tx, week);
        await update(tx, week, week === 2);
      }
      const open = (
        (await kept(tx, owner)).memberships as { valid_to: string | null; model_id: string }[]
      ).filter(({ valid_to }) => valid_to === null);
      expect(open.map(({ model_id }) => model_id)).toEqual(new Array(5).fill('m-2'));
    });
  } finally {
    await warehouse.close();
  }
});
