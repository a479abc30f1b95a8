import { describe, expect, test } from 'vitest';
import { bestMatch } from '../../evals/naming/blind-text.ts';
import { described, deterministicDrafts, namingCases } from '../../evals/naming/cases.ts';
import type { Fault } from '../../evals/naming/faults/fault.ts';
import { faults } from '../../evals/naming/faults/faults.ts';
import { readRecordings } from '../../evals/recorded.ts';
import type { Described } from '../../src/agent/checks/check.ts';
import { personaChecks } from '../../src/agent/checks/persona-checks.ts';
import { type PersonaDraft, personaDrafts } from '../../src/agent/tasks/naming/draft.ts';
import { refusalsOf } from '../../src/agent/tasks/naming/refusals.ts';

const cases = await namingCases(id => ['made-shop', 'made-shop-41', 'online-retail'].includes(id));
const recordings = await readRecordings('naming');

/** Texts written by hand for a real shop and a made one. */
function writtenIn(wanted: string): Described[][] {
  const { cases: written } = recordings.find(({ model }) => model === wanted)!;
  return written.map(one =>
    described(personaDrafts.parse(one).personas, cases.find(({ id }) => id === one.id)!),
  );
}

const good = writtenIn('by hand');
/** What the words of checks and faults were never fitted to. */
const unseen = writtenIn('by hand, not seen while the checks were made');

function fallsShort(metric: Fault['metric'], persona: Described, others: readonly Described[]): boolean {
  if (metric !== 'blindMatching')
    return personaChecks[metric](persona.draft, persona.sheet, others).failures.length > 0;
  const all = [persona, ...others];
  return (
    bestMatch(
      persona,
      all,
      all.map(({ sheet }) => sheet),
    ) !== 0
  );
}

/** Each good persona spoilt by a fault, where it can be, and whether the metric saw it. */
function spoiltBy(
  { metric, spoil }: Fault,
  sets: readonly Described[][],
  most = Number.POSITIVE_INFINITY,
): { where: string; seen: boolean }[] {
  return sets.flatMap(set =>
    set.slice(0, most).flatMap(persona => {
      const others = set.filter(other => other !== persona);
      const draft: PersonaDraft | null = spoil(persona, others);
      return draft === null
        ? []
        : [{ where: persona.draft.name, seen: fallsShort(metric, { ...persona, draft }, others) }];
    }),
  );
}

describe('metrics of naming', () => {
  test.each([
    ['the texts that they were made with', good],
    ['texts that were not seen', unseen],
  ])('pass what was written well: %s', (_, sets) => {
    const failures = sets.flatMap(set =>
      set.flatMap(({ draft, sheet }) => {
        const others = set.filter(other => other.sheet !== sheet);
        return Object.entries(personaChecks).flatMap(([id, check]) =>
          check(draft, sheet, others).failures.map(failure => `${id}, ${draft.name}: ${failure}`),
        );
      }),
    );
    expect(failures).toEqual([]);
  });

  test('nor would naming refuse it', () => {
    const refused = recordings
      .filter(({ author }) => author === 'by hand')
      .flatMap(({ cases: written }) =>
        written.flatMap(one => {
          const { sheets, model } = cases.find(({ id }) => id === one.id)!;
          return [...refusalsOf(personaDrafts.parse(one).personas, sheets, model)];
        }),
      );
    expect(refused).toEqual([]);
  });

  test.each(faults.map(fault => [fault.id, fault] as const))('see "%s"', (_, fault) => {
    const spoilt = spoiltBy(fault, good);
    expect(spoilt.length).toBeGreaterThan(0);
    expect(spoilt.filter(({ seen }) => !seen)).toEqual([]);
  });

  test('are proved by different faults, many of each kind', () => {
    expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length);
    expect(faults.length).toBeGreaterThanOrEqual(40);
    const proved = new Set(faults.map(({ metric }) => metric));
    expect(
      [...Object.keys(personaChecks), 'blindMatching'].filter(id => !proved.has(id as Fault['metric'])),
    ).toEqual([]);
  });

  test('see faults in texts that were not seen', () => {
    const spoilt = faults.flatMap(fault =>
      spoiltBy(fault, unseen, 2).map(({ where, seen }) => (seen ? '' : `${fault.id}: ${where}`)),
    );
    expect(spoilt.length).toBeGreaterThan(0);
    expect(spoilt.filter(missed => missed !== '')).toEqual([]);
  });

  test('see faults in deterministic texts as well, where words for them are known', () => {
    const deterministic = cases.filter(({ id }) => id === 'made-shop').map(deterministicDrafts);
    const missed = faults.flatMap(fault =>
      spoiltBy(fault, deterministic, 2).flatMap(({ where, seen }) => (seen ? [] : [`${fault.id}: ${where}`])),
    );
    expect(missed).toEqual([]);
  });
});
