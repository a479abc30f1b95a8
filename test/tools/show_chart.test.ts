import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChartData, ChartKind } from '../../src/charts/chart-data.ts';
import { gone, newcomer } from '../../src/segmentation/refresh/record.ts';
import { few } from '../../src/tools/results/values.ts';
import { showChartTool } from '../../src/tools/show_chart.ts';
import { reportModel } from '../report/fixture.ts';
import { madeHistory, madeMove } from '../segmentation/moves/made-history.ts';
import { call, madeShop, withSizes } from './made-shop.ts';

const chart = (kind: ChartKind, context: ReturnType<typeof madeShop>) =>
  call<ChartData>(showChartTool, context, { chart: kind });

const names = {
  'segment-a': 'Loyal regulars',
  'segment-b': 'Bargain seekers',
  'segment-c': 'Lost customers',
};

describe('show_chart', () => {
  const model = reportModel(3);

  it('tells the segments and one chart, that which is asked for', async () => {
    for (const kind of ['map', 'profile', 'sizes'] as const) {
      const told = await chart(kind, madeShop({ model }));
      expect(told).toMatchObject({ asOf: model.describedAsOf, chart: kind });
      expect(told.segments).toHaveLength(3);
      for (const each of ['map', 'profile', 'moves', 'sizes'] as const)
        expect(told[each] === null, each).toBe(each !== kind);
      for (const text of [told.title, told.note, told.alt]) expect(text.length).toBeGreaterThan(10);
    }
  });

  it('places segments on the map, but for those under ten customers, and names these', async () => {
    const small = withSizes(model, [900, 600, 9]);
    const { map, note, alt, segments } = await chart('map', madeShop({ model: small }));
    expect(map!.places.map(place => place !== null)).toEqual([true, true, false]);
    expect(segments[2]).toMatchObject({ customers: few });
    for (const text of [note, alt])
      expect(text).toContain(`Left out, too few customers to place: ${segments[2]!.name}.`);
  });

  it('has no map where the segments are cells, and says what there is', async () => {
    await expect(chart('map', madeShop({ model: { ...model, kind: 'rfm', map: [] } }))).rejects.toMatchObject(
      {
        next: expect.stringContaining('profile'),
      },
    );
  });

  it('tells values as people read them, and nothing of a segment too small to be described', async () => {
    const { profile, alt } = await chart('profile', madeShop({ model: withSizes(model, [900, 9, 600]) }));
    expect(profile!.features.length).toBe(model.carrying.length);
    expect(profile!.rows[1]).toBeNull();
    expect(profile!.rows[0]!.map(({ value }) => value)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^£[\d.,]+$/), expect.stringMatching(/ %$/)]),
    );
    expect(alt).toMatch(/^The widest differences from the average customer\. .+: .+, (far )?(above|below)\./);
  });

  it('tells moves of ten customers or more, the largest in words', async () => {
    const records = madeHistory(
      names,
      [500, 400, 300],
      [
        [madeMove('segment-b', 'segment-a', 200)],
        [
          madeMove('segment-b', 'segment-a', 40),
          madeMove(newcomer, 'segment-b', 25),
          madeMove('segment-a', gone, 9),
        ],
      ],
    );
    const { moves, alt } = await chart('moves', madeShop({ model, records }));
    expect(moves).toEqual({
      from: '2026-01-12',
      flows: [
        { from: 'segment-b', to: 'segment-a', customers: 40 },
        { from: newcomer, to: 'segment-b', customers: 25 },
      ],
    });
    expect(alt).toContain('40 from “Bargain seekers” to “Loyal regulars”; 25 from “First-time buyers” to');
  });

  it('says that no move is large enough to be told', async () => {
    const records = madeHistory(names, [500, 400, 300], [[madeMove('segment-b', 'segment-a', 9)]]);
    const { moves, alt } = await chart('moves', madeShop({ model, records }));
    expect(moves!.flows).toEqual([]);
    expect(alt).toMatch(/^No move of 10 customers or more from 5 Jan 2026 to/);
    await expect(chart('moves', madeShop({ model }))).rejects.toMatchObject({
      next: expect.stringContaining('kindred refresh'),
    });
  });

  it('tells sizes over time in tens, so that no few follow from two of them', async () => {
    const move = fc.record({ up: fc.boolean(), customers: fc.integer({ min: 1, max: 40 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 1, maxLength: 6 }), async given => {
        const weeks = given.map(({ up, customers }) => [
          up ? madeMove('segment-b', 'segment-a', customers) : madeMove('segment-a', 'segment-b', customers),
        ]);
        const records = madeHistory(names, [500, 400, 12], weeks);
        const { sizes, segments } = await chart('sizes', madeShop({ model, records }));
        for (const { customers } of segments)
          expect(customers === few || Number(customers) % 10 === 0).toBe(true);
        expect(sizes!.dates).toHaveLength(weeks.length + 1);
        for (const size of sizes!.lines.flat())
          expect(size === null || size === few || Number(size) % 10 === 0).toBe(true);
      }),
    );
  });

  it('tells which segments grew and shrank most', async () => {
    const records = madeHistory(names, [500, 400, 300], [[madeMove('segment-b', 'segment-a', 100)]]);
    const { alt, sizes } = await chart('sizes', madeShop({ model, records }));
    const first = reportModel(3).segments[0]!.persona.name;
    expect(alt).toContain(`${first} grew from 500 on 5 Jan 2026 to 600.`);
    expect(sizes!.lines[1]).toEqual([400, 300]);
  });
});
