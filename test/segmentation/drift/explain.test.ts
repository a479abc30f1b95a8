import { describe, expect, it } from 'vitest';
import { explain } from '../../../src/segmentation/drift/explain.ts';
import type { Finding, Severity } from '../../../src/segmentation/drift/finding.ts';
import type { Suspect } from '../../../src/segmentation/drift/suspect.ts';
import { asOf, population, start, stats } from './made-records.ts';

/** A change that is usual where the customers grew by as many between two other dates. */
function growth(by: number, from: string, severity: Severity): Suspect {
  return {
    finding: {
      kind: 'size',
      severity,
      subject: 'x',
      sentence: '',
      measure: { name: '', value: 1, threshold: 1 },
    },
    compare: { from, usual: (before, after) => after.customers - before.customers >= by },
  };
}

/** 50 more customers each week of the June before, none in the weeks before the start. */
async function explained(suspects: Suspect[], week: number, opened = -60, before: Finding[] = []) {
  const asked: string[] = [];
  const scoredAt = async (date: string) => {
    asked.push(date);
    const at = Math.round((Date.parse(date) - Date.parse(start)) / (7 * 86_400_000));
    if (at < opened) return null;
    return population(at, [stats('x', { size: 500 + 50 * Math.min(10, Math.max(0, at + 52)) })]);
  };
  const found = await explain(suspects, before, { asOf: asOf(week), made: start, scoredAt });
  return { asked, found: found.map(({ severity, explainedBy }) => ({ severity, explainedBy })) };
}

describe('explain', () => {
  it('finds a change in the same weeks a year before', async () => {
    const { found, asked } = await explained([growth(100, asOf(2), 'alert')], 4);
    expect(found).toEqual([{ severity: 'note', explainedBy: 'calendar' }]);
    expect(asked).toEqual([asOf(-50), asOf(-48)]);
  });

  it('finds a change since the segments were made that went on before them, where a year before it did not', async () => {
    const suspect = growth(40, start, 'alert');
    const { found } = await explained([suspect], 45, -51);
    expect(found).toEqual([{ severity: 'note', explainedBy: 'ageing' }]);
    expect((await explained([growth(900, start, 'alert')], 45, -51)).found).toEqual([
      { severity: 'alert', explainedBy: null },
    ]);
  });

  it('leaves an alert where there is no year of history', async () => {
    const { found } = await explained([growth(100, asOf(2), 'alert')], 4, 0);
    expect(found).toEqual([{ severity: 'alert', explainedBy: null }]);
  });

  it('looks at what is only to be watched when it begins and every four weeks, and at an alert always', async () => {
    const watch = growth(100, asOf(2), 'watch');
    const note = { severity: 'note', explainedBy: 'calendar' };
    expect((await explained([watch], 4)).found).toEqual([note]);
    const known = (since: number, explainedBy: Finding['explainedBy']): Finding[] => [
      { ...watch.finding, severity: 'note', explainedBy, since: asOf(since) },
    ];
    expect(await explained([watch], 4, -60, known(3, 'calendar'))).toEqual({ asked: [], found: [note] });
    expect(await explained([watch], 4, -60, known(3, null))).toEqual({
      asked: [],
      found: [{ severity: 'watch', explainedBy: null }],
    });
    expect((await explained([watch], 4, -60, known(0, null))).found).toEqual([note]);
    const alert = growth(1000, asOf(2), 'alert');
    expect((await explained([alert], 4, -60, known(3, 'calendar'))).found).toEqual([
      { severity: 'alert', explainedBy: null },
    ]);
  });
});
