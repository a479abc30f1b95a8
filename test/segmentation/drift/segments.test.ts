import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/clustering/random.ts';
import { cohesionSuspects } from '../../../src/segmentation/drift/cohesion.ts';
import { convergingSuspects } from '../../../src/segmentation/drift/converging.ts';
import { hollowingSuspects } from '../../../src/segmentation/drift/hollowing.ts';
import { placeSuspects } from '../../../src/segmentation/drift/place.ts';
import { sizeSuspects } from '../../../src/segmentation/drift/size.ts';
import { viewOf } from '../../../src/segmentation/drift/view.ts';
import type { SegmentStats } from '../../../src/segmentation/refresh/record.ts';
import { asOf, modelOf, population, record, stats, viewAfter } from './made-records.ts';

/** So many weeks in which a segment goes by the given figures beside two that stay. */
const beside = (weeks: Partial<SegmentStats>[]) =>
  weeks.map(week => [
    stats('loyal', { centroid: [0, 0, 0, 0], ...week }),
    stats('big', { centroid: [4, 0, 0, 0], size: 400 }),
    stats('new', { centroid: [0, 5, 0, 0], size: 400 }),
  ]);
const seen = (weeks: Partial<SegmentStats>[]) => {
  const made = beside(weeks);
  return viewAfter(made.slice(0, -1), made.at(-1)!);
};
const findings = (found: { finding: { severity: string; subject: string } }[]) =>
  found.map(({ finding }) => `${finding.severity} ${finding.subject}`);

describe('hollowingSuspects', () => {
  const orders = (...each: number[]) => each.map(n => ({ size: 300, ordersLast90Days: 300 * n }));

  it('finds a segment that stops buying within two refreshes', () => {
    const found = hollowingSuspects(seen(orders(4, 4.05, 3.95, 4, 3.75, 3.45)));
    expect(findings(found)).toEqual(['alert loyal']);
    expect(found[0]!.finding.sentence).toBe(
      'Loyal buyers place fewer orders: 3.45 orders per customer in the last 90 days, 4 orders on 22 June, while the rest of the shop stayed level (300 customers).',
    );
  });

  it('finds one whose customers come to order less by their last fortnight, before ninety days show it', () => {
    const fortnights = (...lately: [number, number][]) =>
      lately.map(([ordersLast90Days, ordersLast14Days]) => ({
        size: 300,
        ordersLast90Days,
        ordersLast14Days,
        revenueLast90Days: 15_000,
      }));
    const usual: [number, number][] = [900, 900, 900, 900].map((orders, week) => [orders, 138 + week]);
    const found = hollowingSuspects(seen(fortnights(...usual, [870, 110], [840, 80])));
    expect(findings(found)).toEqual(['alert loyal']);
    expect(found[0]!.finding.sentence).toBe(
      'Loyal buyers place fewer orders: 0.27 orders per customer in the last 14 days, where 0.46 orders were to be expected from the weeks before and from the rest of the shop (300 customers).',
    );
    expect(findings(hollowingSuspects(seen(fortnights(...usual, [880, 120], [860, 92]))))).toEqual([
      'watch loyal',
    ]);
    expect(hollowingSuspects(seen(fortnights(...usual, [890, 130], [890, 125])))).toEqual([]);
    // One that always orders so is as ever.
    expect(
      hollowingSuspects(seen(fortnights(...usual.map(([all]) => [all, 80] as [number, number]), [890, 80]))),
    ).toEqual([]);
    // As little as a year before.
    const { usual: wasUsual } = found[0]!.compare!;
    const then = beside(fortnights([900, 140], [840, 80])).map((segments, week) =>
      population(week, segments),
    );
    expect(wasUsual(then[0]!, then[1]!)).toBe(true);
    expect(wasUsual(then[0]!, then[0]!)).toBe(false);
  });

  it('still tells it after weeks of falling, which do not become the usual', () => {
    expect(findings(hollowingSuspects(seen(orders(4, 4, 4, 3.7, 3.4, 3.1, 2.8, 2.5))))).toEqual([
      'alert loyal',
    ]);
  });

  it('keeps an alert that stays about its level, and begins none there', () => {
    const made = beside(orders(2, 2, 2, 2, 2, 1.81));
    const view = viewAfter(made.slice(0, -1), made.at(-1)!);
    expect(findings(hollowingSuspects(view))).toEqual(['watch loyal']);
    const { finding } = hollowingSuspects(view)[0]!;
    const raised = { ...finding, severity: 'alert' as const, explainedBy: null, since: asOf(4) };
    const past = view.past.with(-1, { ...view.past.at(-1)!, findings: [raised] });
    expect(findings(hollowingSuspects({ ...view, past }))).toEqual(['alert loyal']);
  });

  it('is silent of those who hardly order, and of a change that the numbers told would hide', () => {
    const lapsed = (...each: number[]) => each.map(n => ({ size: 12_000, ordersLast90Days: 12_000 * n }));
    expect(hollowingSuspects(seen(lapsed(0.022, 0.022, 0.022, 0.022, 0.022, 0.016)))).toEqual([]);
    expect(findings(hollowingSuspects(seen(lapsed(0.22, 0.22, 0.22, 0.22, 0.22, 0.16))))).toEqual([
      'alert loyal',
    ]);
  });

  it('is silent where the whole shop orders less, as after Christmas', () => {
    const falling = [1.8, 1.8, 1.75, 1.6, 1.4].map(each => [
      stats('loyal', { size: 300, ordersLast90Days: 1200 * each }),
      stats('big', { size: 400, ordersLast90Days: 400 * each }),
    ]);
    expect(hollowingSuspects(viewAfter(falling.slice(0, -1), falling.at(-1)!))).toEqual([]);
  });

  it('is silent where orders come at random', () => {
    const random = createRandom(7);
    // Ninety-day sums of independent weeks: 300 orders in all, whatever week it is.
    const weekly = Array.from({ length: 60 }, () => 23 + Math.sqrt(23) * random.normal());
    const sums = weekly.slice(12).map((_, i) => weekly.slice(i, i + 13).reduce((sum, n) => sum + n, 0));
    const weeks = sums.map(ordersLast90Days => ({
      size: 250,
      ordersLast90Days,
      revenueLast90Days: 40 * ordersLast90Days,
    }));
    for (let end = 3; end <= weeks.length; end++)
      expect(hollowingSuspects(seen(weeks.slice(0, end)))).toEqual([]);
  });

  it('is silent where a segment takes in customers who order less', () => {
    const found = hollowingSuspects(
      seen([200, 200, 210, 260, 300].map(size => ({ size, ordersLast90Days: 800 + size / 10 }))),
    );
    expect(found).toEqual([]);
  });

  it('holds revenue against its own history, and makes no alert of it alone', () => {
    const worth = (...each: number[]) => each.map(n => ({ size: 300, revenueLast90Days: 300 * n }));
    const steady = [50, 51, 50, 49, 50, 51, 50, 50];
    const found = hollowingSuspects(seen(worth(...steady, 43, 36)));
    expect(findings(found)).toEqual(['watch loyal']);
    expect(found[0]!.finding.sentence).toMatch(
      /^Loyal buyers bring in less: £36\.00 per customer .*, £50\.00 on 20 July,/,
    );
    const bulk = [50, 70, 52, 68, 45, 66, 71, 50];
    expect(hollowingSuspects(seen(worth(...bulk, 69, 36)))).toEqual([]);
    expect(hollowingSuspects(seen(worth(50, 50, 36)))).toEqual([]);
  });

  it('takes the fall of the same weeks a year before for usual, and a lesser one not', () => {
    const [found] = hollowingSuspects(seen(orders(4, 4, 4, 4, 3.7, 3.3)));
    const year = (each: number) => population(-52, beside(orders(each))[0]!);
    expect(found!.compare!.usual(year(4), year(3.35))).toBe(true);
    expect(found!.compare!.usual(year(4), year(3.9))).toBe(false);
  });
});

describe('sizeSuspects', () => {
  it('finds a jump, and not a trend that goes on', () => {
    const jump = [400, 404, 398, 402, 401, 320, 260].map(size => ({ size }));
    expect(findings(sizeSuspects(seen(jump)))).toEqual(['alert loyal']);
    expect(sizeSuspects(seen(jump))[0]!.finding.sentence).toBe(
      'Loyal buyers shrank by 35 %, from 401 customers on 29 June to 260, unlike the weeks before.',
    );
    const trend = Array.from({ length: 10 }, (_, week) => ({ size: Math.round(200 * 1.09 ** week) }));
    expect(sizeSuspects(seen(trend))).toEqual([]);
    const ended = [...trend, trend.at(-1)!, trend.at(-1)!];
    expect(sizeSuspects(seen(ended))).toEqual([]);
  });

  it('does not mind the few of a small segment', () => {
    expect(sizeSuspects(seen([40, 41, 40, 39, 28, 22].map(size => ({ size }))))).toEqual([]);
  });
});

describe('placeSuspects', () => {
  const at = (...ways: number[]) => ways.map(way => ({ mean: [way, 0.4 * way, 0, 0], spread: 3 }));

  it('finds a segment that leaves its place quickly, and says along what', () => {
    const found = placeSuspects(seen(at(0, 0.02, 0.01, 0.03, 0.4, 0.9)));
    expect(findings(found)).toEqual(['alert loyal']);
    expect(found[0]!.finding.sentence).toBe(
      'Loyal buyers have changed since 22 June: their average customer has gone 23 % of the way that lies between them and the nearest other segment, most of all in order value (up).',
    );
  });

  it('finds one that has gone far step by step', () => {
    const slow = Array.from({ length: 30 }, (_, week) => 0.05 * week);
    expect(findings(placeSuspects(seen(at(...slow))))).toEqual(['watch loyal']);
  });

  it('takes growing older for nothing', () => {
    const older = Array.from({ length: 30 }, (_, week) => ({ mean: [0, 0, 0, 0.1 * week] }));
    expect(placeSuspects(seen(older))).toEqual([]);
  });

  it('takes the way of the same weeks a year before off', () => {
    const [found] = placeSuspects(seen(at(0, 0.02, 0.01, 0.03, 0.4, 0.9)));
    const year = (way: number) => population(-52, beside(at(way))[0]!);
    expect(found!.compare!.usual(year(0.1), year(0.9))).toBe(true);
    expect(found!.compare!.usual(year(0.9), year(0.1))).toBe(false);
  });
});

describe('cohesionSuspects and convergingSuspects', () => {
  it('find members less alike, and two segments that come together', () => {
    const wide = cohesionSuspects(seen([{ spread: 3 }, { spread: 4.4 }]));
    expect(findings(wide)).toEqual(['watch loyal']);
    expect(wide[0]!.finding.sentence).toContain('they lie 21 % farther from their average customer');
    expect(cohesionSuspects(seen([{ spread: 3 }, { spread: 3.3 }]))).toEqual([]);

    const closer = convergingSuspects(seen([{ mean: [0, 0, 0, 0] }, { mean: [1.2, 0, 0, 0] }]));
    expect(findings(closer)).toEqual(['watch loyal + big']);
    expect(closer[0]!.finding.sentence).toBe(
      'Loyal buyers and Big buyers are becoming alike: they lie 30 % closer together than when the segments were made.',
    );
    expect(convergingSuspects(seen([{}, { mean: [0.3, 0, 0, 0] }]))).toEqual([]);
  });
});

describe('all of them', () => {
  it('say nothing of RFM cells or without a history, and nothing of another model’s', () => {
    const [before, now] = beside([
      { size: 400 },
      { size: 90, ordersLast90Days: 5, mean: [3, 0, 0, 0], spread: 9 },
    ]);
    const all = [sizeSuspects, hollowingSuspects, placeSuspects, cohesionSuspects, convergingSuspects];
    const scored = population(5, now!);
    const first = viewOf(modelOf(before!), scored, []);
    const other = viewOf(modelOf(before!), scored, [record(4, before!, { modelId: 'm-0' })]);
    for (const suspects of all) {
      expect(suspects(first)).toEqual([]);
      expect(suspects(other)).toEqual([]);
    }
    const rfm = viewOf(modelOf(before!, undefined, { kind: 'rfm' }), scored, [record(4, before!)]);
    for (const suspects of all.slice(1)) expect(suspects(rfm)).toEqual([]);
  });
});
