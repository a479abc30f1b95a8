import { describe, expect, test } from 'vitest';
import { backtestView } from '../../../src/cli/views/backtest.ts';
import { driftView } from '../../../src/cli/views/drift.ts';
import { historyView } from '../../../src/cli/views/history.ts';
import { movesView } from '../../../src/cli/views/moves.ts';
import { refreshView } from '../../../src/cli/views/refresh.ts';
import type { Finding } from '../../../src/segmentation/drift/finding.ts';
import { movesBetween } from '../../../src/segmentation/moves/between.ts';
import { namedMoves } from '../../../src/segmentation/moves/named.ts';
import { newcomer, type RefreshRecord, setAsideKey } from '../../../src/segmentation/refresh/record.ts';
import { reportModel } from '../../report/fixture.ts';
import { madeDriver, madeHistory, madeMove } from '../../segmentation/moves/made-history.ts';

const finding = (change: Partial<Finding>): Finding => ({
  kind: 'size',
  severity: 'watch',
  subject: 'segment-a',
  sentence: 'Something changed.',
  measure: { name: 'change', value: 0.4, threshold: 0.3 },
  explainedBy: null,
  since: '2026-03-30',
  ...change,
});

/** Twelve weeks of a shop with so many segments, of long names. */
function shop(k: number): { records: RefreshRecord[]; model: ReturnType<typeof reportModel> } {
  const model = reportModel(k);
  const names = Object.fromEntries(model.segments.map(({ key, persona }) => [key, persona.name]));
  const keys = Object.keys(names);
  const weeks = Array.from({ length: 12 }, (_, week) => [
    ...keys
      .slice(1)
      .map((key, i) =>
        madeMove(keys[0]!, key, 5 + 3 * i + week, { drivers: [madeDriver('orders_per_month', 2, 1)] }),
      ),
    madeMove(keys[1]!, setAsideKey, 2),
    madeMove(newcomer, keys[0]!, 150),
  ]);
  return {
    records: madeHistory(
      names,
      keys.map(() => 3000),
      weeks,
    ),
    model,
  };
}

const lines = (text: string) => text.split('\n');
const lapsed = new Set<string>();

describe.each([80, 120])('at %i columns', width => {
  test.each([2, 7, 11])('no line of %i segments is wider, and nothing is left open', k => {
    const { records, model } = shop(k);
    const between = movesBetween(records, { from: records[6]!.asOf }, lapsed);
    const texts = [
      refreshView(model, records, width),
      movesView(between, namedMoves(between, records, model), model, width),
      driftView({ asOf: '2026-04-06', findings: [finding({ sentence: 'word '.repeat(60) })] }, width),
      historyView(records, width),
      backtestView(
        records.map(record => ({ record, seconds: 1.25 })),
        width,
      ),
    ];
    for (const text of texts) {
      expect(lines(text).filter(line => line.length > width)).toEqual([]);
      expect(text).not.toMatch(/NaN|undefined|null|\[object|\n\n\n/);
      expect(text.endsWith('\n')).toBe(true);
    }
  });
});

describe('a refresh', () => {
  const { records, model } = shop(3);
  const text = refreshView(model, records, 100);

  test('says the date, who changed, and how each segment grew', () => {
    expect(text).toMatch(
      /^As of 2026-03-30: 10,[\d,]+ customers in 3 segments\. 35 changed segment since 2026-03-23, none of them\nback to where they had just been\./,
    );
    expect(text).toMatch(/Price-driven occasional buyers +4,\d{3} +\+115 +↗/);
    expect(text).toContain('The moves that matter');
    expect(text).toContain('No alerts.');
  });

  test('says which share of the moves undo one, but not of a few people', () => {
    const headOf = (moves: number, returns: number) =>
      refreshView(
        model,
        [...records.slice(0, -1), { ...records.at(-1)!, flapping: { moves, returns } }],
        200,
      );
    expect(headOf(40, 1)).toContain('40 changed segment since 2026-03-23, 2.5 % of them back to where they');
    expect(headOf(9, 2)).toContain('Fewer than 10 changed segment since 2026-03-23. No alerts');
  });

  test('counts those set aside beside the segments, not in them', () => {
    const aside = { ...records.at(-1)!, customers: 5000, setAside: 40 };
    expect(refreshView(model, [...records.slice(0, -1), aside], 200)).toContain(
      '4,960 customers in 3 segments, 40 set aside.',
    );
  });

  test('what stands beside a finding goes into the brackets that end its sentence', () => {
    const findings = [finding({ sentence: 'It shifted (index 0.3, alert from 0.25).', since: '2026-03-09' })];
    expect(driftView({ asOf: '2026-03-30', findings }, 100)).toContain(
      'It shifted (index 0.3, alert from 0.25; since 2026-03-09).',
    );
  });

  test('a segment of fewer than ten is not counted, nor given away by its change', () => {
    const shrunk = records.map((record, r) => ({
      ...record,
      segments: record.segments.map((segment, i) =>
        i === 0 ? { ...segment, size: r === records.length - 1 ? 7 : 12 } : segment,
      ),
    }));
    expect(refreshView(model, shrunk, 100)).toMatch(/\nPrice-driven occasional buyers.* <10 +↘/);
    expect(historyView(shrunk, 100)).toMatch(/Price-driven occasional buyers.* 12 +<10\n/);
  });

  test('right after a fit there is nothing to compare with', () => {
    const first = refreshView(model, records.slice(0, 1), 100);
    expect(first).toContain('Nobody changed segment.');
    expect(first).not.toMatch(/[↗→↘]|The moves/);
  });

  test('alerts are counted and come before what is explained', () => {
    const drifted = {
      ...records.at(-1)!,
      findings: [
        finding({
          severity: 'note',
          explainedBy: 'calendar',
          sentence: 'It is December.',
          since: '2026-03-09',
        }),
        finding({ severity: 'alert', sentence: 'A feed stopped.' }),
      ],
    };
    const told = refreshView(model, [...records.slice(0, -1), drifted], 100);
    expect(told).toContain('1 alert.');
    expect(told.indexOf('A feed stopped.')).toBeLessThan(told.indexOf('Explained'));
    expect(told).toContain('It is December (since 2026-03-09; explained by the time of year).');
  });
});

describe('moves', () => {
  const { records, model } = shop(4);
  const view = (period: { from?: string; to?: string }, width = 100) => {
    const between = movesBetween(records, period, new Set(['segment-d']));
    return movesView(between, namedMoves(between, records, model), model, width);
  };

  test('of one refresh: the matrix, and no word of joining', () => {
    const text = view({});
    expect(text).toMatch(
      /^2026-03-23 to 2026-03-30: 57 moved .*; 150 are new; 22 \(£4\.4k of yearly\srevenue\) lapsed\./,
    );
    expect(text).toMatch(/\n1 +· +16 +19 +22/);
    expect(text).toMatch(/\n2 +· +<10/);
    expect(text).not.toContain('joined:');
  });

  test('of several are joined, and that is said', () => {
    expect(view({ from: '2026-01-05' })).toContain('Moves of 12 refreshes are joined');
  });

  test('where the matrix has no room, the greatest moves are listed', () => {
    const wide = shop(11);
    const between = movesBetween(wide.records, {}, lapsed);
    const text = movesView(between, [], wide.model, 50);
    expect(text).not.toContain('From \\ to');
    expect(text).toMatch(/→/);
  });

  test('another model in between is told', () => {
    const other = records.map((record, i) => (i === 5 ? { ...record, kind: 'promotion' as const } : record));
    const between = movesBetween(other, { from: '2026-01-05' }, lapsed);
    expect(movesView(between, [], model, 120)).toContain(
      'On 2026-02-09 another model was promoted: changes of segment at that date are not moves.',
    );
  });
});

test('drift that is none is said so', () => {
  expect(driftView({ asOf: '2026-04-06', findings: [] }, 80)).toBe('As of 2026-04-06 nothing has drifted.\n');
});

describe('history', () => {
  const { records } = shop(2);

  test('shows the first and the last date, and says how many are left out', () => {
    const text = historyView(records, 80);
    expect(lines(text)[0]).toMatch(/^Segment +5 Jan .* 30 Mar$/);
    expect(text).toMatch(/\d of 13 dates from 2026-01-05 to 2026-03-30 are shown/);
    expect(historyView(records.slice(0, 3), 80)).not.toContain('are shown');
  });

  test('segments that stand no more are in brackets', () => {
    const last = records.at(-1)!;
    const without = { ...last, kind: 'promotion' as const, segments: last.segments.slice(0, 1) };
    const text = historyView([...records.slice(0, 2), without], 80);
    expect(text).toContain('(Evening');
    expect(text).toContain('On 2026-03-30 another model was promoted');
  });

  test('without a record there is none', () => {
    expect(historyView([], 80)).toBe('Nothing was segmented yet.\n');
  });
});

test('a backtest tells each refresh, and an alert when it was first raised', () => {
  const { records } = shop(2);
  const alert = finding({ severity: 'alert', sentence: 'A feed stopped.', since: '2026-03-23' });
  const timed = records.slice(-3).map((record, i) => ({
    record: { ...record, findings: i === 0 ? [] : [alert], flapping: { moves: 40, returns: 1 } },
    seconds: 0.04,
  }));
  const text = backtestView(timed, 100);
  expect(text).toMatch(/2026-03-30 +\d+,\d{3} +150 +40 +2\.5 % +1 +0 +0\.0/);
  expect(text.match(/A feed stopped/g)).toHaveLength(1);
  expect(text).toContain('2026-03-23: A feed stopped.');
});
