import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../../../src/clustering/random.ts';
import { InputError } from '../../../src/errors.ts';
import { daysAfter } from '../../../src/features/as-of.ts';
import { silent } from '../../../src/progress.ts';
import { currentModel } from '../../../src/segmentation/current.ts';
import { membersOn } from '../../../src/segmentation/export.ts';
import type { Model } from '../../../src/segmentation/model.ts';
import { rollback } from '../../../src/segmentation/recluster/promote.ts';
import { updateIntervals } from '../../../src/segmentation/refresh/intervals.ts';
import { setAsideKey } from '../../../src/segmentation/refresh/record.ts';
import { rewind } from '../../../src/segmentation/refresh/rewind.ts';
import { segmentShop } from '../../../src/segmentation/segment-shop.ts';
import { openDuckDb } from '../../../src/warehouse/duckdb.ts';
import type { Warehouse } from '../../../src/warehouse/port.ts';
import { approve } from '../recluster/approve-candidate.ts';
import { kept, type LivedShop, livedShop } from './lived-shop.ts';

/** Where everybody stood on a date, by profile. */
type Places = Record<string, string>;

/** Who was where on each of the dates by the intervals; fails where two of a profile's overlap, or one is empty. */
async function said(
  warehouse: Warehouse,
  owner: string,
  dates: Iterable<string>,
): Promise<Record<string, Places>> {
  const faults = await warehouse.query(
    `SELECT one.profile_id FROM memberships one JOIN memberships other
       ON one.owner = other.owner AND one.profile_id = other.profile_id
         AND one.valid_from < coalesce(other.valid_to, TIMESTAMP '9999-01-01 00:00:00')
         AND other.valid_from < coalesce(one.valid_to, TIMESTAMP '9999-01-01 00:00:00')
         AND (one.valid_from <> other.valid_from OR one.segment_key <> other.segment_key)
     WHERE one.owner = $1
     UNION ALL SELECT profile_id FROM memberships WHERE owner = $1 AND valid_from >= valid_to
     UNION ALL SELECT profile_id FROM memberships WHERE owner = $1
       GROUP BY profile_id, segment_key, valid_from HAVING count(*) > 1`,
    [owner],
  );
  expect(faults).toEqual([]);
  const then: Record<string, Places> = {};
  for (const date of dates) {
    const rows = await warehouse.query<{ profile_id: string; segment_key: string }>(membersOn(owner, date));
    then[date] = placesOf(rows);
  }
  return then;
}

function placesOf(rows: readonly { profile_id: string; segment_key: string }[]): Places {
  return Object.fromEntries(
    rows
      .map(row => [row.profile_id, row.segment_key] as const)
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );
}

const places: fc.Arbitrary<Places> = fc.dictionary(
  fc.constantFrom('ann', 'bea', 'cy', 'dee', 'eve'),
  fc.constantFrom('a', 'b', 'c', setAsideKey),
);
/** Days after the last date: none does the last again, and fewer begin anew from one before. */
const step = fc.record({ days: fc.integer({ min: -10, max: 10 }), anew: fc.boolean(), places });

test('whatever is placed, placed again and begun anew, intervals tell where everybody stood on each date', async () => {
  const warehouse = await openDuckDb({ file: ':memory:' });
  let run = 0;
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 12 }), async steps => {
        const owner = `run ${run++}`;
        let date = '2026-03-01';
        let expected: Record<string, Places> = {};
        for (const { days, anew, places: found } of steps) {
          date = daysAfter(date, days);
          await warehouse.transaction(async tx => {
            await rewind(tx, owner, date);
            const rows = Object.entries(found).map(
              ([id, key]) => `('${owner}', TIMESTAMP '${date}', '${id}', '${key}', '${key}', 0.5)`,
            );
            if (rows.length > 0)
              await tx.execute(
                `INSERT INTO placements (owner, as_of, profile_id, segment_key, candidate_key, confidence) VALUES ${rows.join(', ')}`,
              );
            await updateIntervals(tx, { owner, asOf: date, modelId: 'm', anew });
          });
          const kept = Object.entries(expected).filter(([earlier]) => earlier < date);
          expected = { ...Object.fromEntries(kept), [date]: placesOf(entries(found)) };
          expect(await said(warehouse, owner, Object.keys(expected))).toEqual(expected);
        }
      }),
      { numRuns: 30 },
    );
  } finally {
    await warehouse.close();
  }
}, 60_000);

function entries(found: Places) {
  return Object.entries(found).map(([profile_id, segment_key]) => ({ profile_id, segment_key }));
}

/** What may happen to a shop whose segments stand as of a week; gives the week as of which they stand then. */
const deeds: Record<string, (shop: LivedShop, week: number, n: number) => Promise<number>> = {
  async refresh(shop, week, n) {
    await shop.refresh(week + 1 + (n % 2));
    return week + 1 + (n % 2);
  },
  async again(shop, week) {
    await shop.refresh(week, true);
    return week;
  },
  async late({ context: { warehouse }, asOf }, week, n) {
    await warehouse.execute(
      `UPDATE orders SET total = total * 3 WHERE ordered_at < CAST($1 AS TIMESTAMP) AND length(order_id) % 4 = ${n % 4}`,
      [asOf(week)],
    );
    return week;
  },
  async merge({ context: { warehouse } }, week, n) {
    const known = await warehouse.query<{ id: string }>(
      'SELECT DISTINCT profile_id AS id FROM orders ORDER BY profile_id',
    );
    const [first, other] = [known[n % known.length]!.id, known[(n + 7) % known.length]!.id].toSorted();
    for (const table of ['identities', 'customers', 'orders', 'order_lines', 'events', 'tickets'])
      await warehouse.execute(`UPDATE ${table} SET profile_id = $1 WHERE profile_id = $2`, [first!, other!]);
    return week;
  },
  async segment({ context, asOf }, week, n) {
    const then = Math.max(0, week + 1 - (n % 4));
    await segmentShop(context, { asOf: asOf(then), k: 3 + (n % 2), force: true }, silent);
    return then;
  },
  async promote({ context }, week, n) {
    const { state } = context;
    const standing = await currentModel(state);
    const candidate: Model = {
      ...standing,
      id: `m-${n}`,
      centroids: standing.centroids.toReversed(),
      segments: standing.segments.map((segment, s) => (s === 0 ? { ...segment, key: `new-${n}` } : segment)),
    };
    await state.models.propose(candidate);
    const { id } = await state.proposals.open({
      kind: 'promotion',
      subject: candidate.id,
      summary: '',
      body: { standing: { modelId: standing.id } },
      createdAt: context.now().toISOString(),
      createdBy: 'ada',
    });
    await approve(context, { id, by: 'ada', reason: '' });
    return week;
  },
  async rollback({ context }, week) {
    await rollback(context, { by: 'ada', reason: '' }).catch(error => {
      if (!(error instanceof InputError)) throw error;
    });
    return week;
  },
};

test.each([6, 11])(
  'whatever happens to a shop, records, placements and intervals agree (%i)',
  async seed => {
    const shop = await livedShop({ customers: 150, ahead: 12, seed });
    const { warehouse, state } = shop.context;
    // A change is known by the time at which it was made.
    let seconds = 0;
    shop.context.now = () => new Date(Date.UTC(2026, 10, 23, 0, 0, seconds++));
    const random = createRandom(seed);
    const done: string[] = [];
    let expected: Record<string, Places> = {};
    let week = 0;
    try {
      const { placements: first } = await kept(warehouse, state.owner);
      expected[shop.asOf(0)] = placesOf(first as { profile_id: string; segment_key: string }[]);
      for (let n = 0; n < 10 && week < 11; n++) {
        const names = Object.keys(deeds);
        const name = names[random.integer(names.length)]!;
        done.push(name);
        week = await deeds[name]!(shop, week, 100 * seed + n);

        const records = await state.refreshes.list();
        const latest = records.at(-1)!;
        const dates = records.map(({ asOf }) => asOf);
        expect(latest.asOf, done.join()).toBe(shop.asOf(week));
        expect(dates, done.join()).toEqual(dates.toSorted());
        const { placements, outbox } = await kept(warehouse, state.owner);
        const rows = placements as { as_of: string; profile_id: string; segment_key: string }[];
        const at = (date: string) => placesOf(rows.filter(({ as_of }) => as_of.startsWith(date)));
        const earlier = Object.entries(expected).filter(([date]) => date < latest.asOf);
        expected = { ...Object.fromEntries(earlier), [latest.asOf]: at(latest.asOf) };
        expect(await said(warehouse, state.owner, Object.keys(expected)), done.join()).toEqual(expected);
        expect(outbox).toEqual([]);
        // Placements of the date before are what the latest can be done again from.
        const before = dates.findLast(date => date < latest.asOf);
        if (latest.kind === 'refresh') expect(at(before!), done.join()).toEqual(expected[before!]);

        const sizes = latest.segments.map(({ key }) => count(expected[latest.asOf]!, key));
        expect(
          latest.segments.map(({ size }) => size),
          done.join(),
        ).toEqual(sizes);
        expect(latest).toMatchObject({
          setAside: count(expected[latest.asOf]!, setAsideKey),
          customers: Object.keys(expected[latest.asOf]!).length,
        });
        const model = await currentModel(state);
        expect(model).toMatchObject({ id: latest.modelId, describedAsOf: latest.asOf });
        expect(model.segments.map(({ key, size }) => [key, size])).toEqual(
          latest.segments.map(({ key, size }) => [key, size]),
        );
        expect(model.centroids).toEqual(latest.segments.map(({ centroid }) => centroid));
        expect(latest.flapping.returns).toBeLessThanOrEqual(latest.flapping.moves);
      }
    } finally {
      await shop.close();
    }
  },
  60_000,
);

function count(of: Places, key: string): number {
  return Object.values(of).filter(found => found === key).length;
}
