import { describe, expect, test } from 'vitest';
import { judge, letter } from '../../evals/judge.ts';
import { deterministicDrafts, namingCases } from '../../evals/naming/cases.ts';
import { naming } from '../../evals/naming/naming.ts';
import { intrusionQuestions, matchingQuestions } from '../../evals/naming/questions.ts';
import type { RunReport } from '../../evals/task.ts';
import { openState } from '../../src/state/state.ts';
import { startScriptedModel, text } from '../support/scripted-model.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const scoreOf = ({ metrics }: RunReport, id: string) => metrics.find(metric => metric.id === id)!.score;

/** Shops as they are, without the cases that are made to be hard. */
const shops = ['made-shop', 'made-shop-small', 'online-retail', 'online-retail-cells'];

describe('deterministic texts, by the metrics that a model is held to', () => {
  test('of real and made shops are grounded, tell nothing of people and can be told apart', async () => {
    const report = await naming.baseline(id => shops.includes(id));
    expect(report.cases).toEqual(shops);
    for (const id of ['groundedness', 'leakage', 'belittling', 'emptyPraise', 'shownIds', 'textLength'])
      expect([id, scoreOf(report, id)]).toEqual([id, 1]);
    expect(scoreOf(report, 'direction')).toBeGreaterThanOrEqual(0.95);
    expect(scoreOf(report, 'blindMatching')).toBeGreaterThanOrEqual(0.9);
    // Two pairs of RFM cells are defined in nearly the same words, and advice stands in one text without features.
    expect(scoreOf(report, 'uniqueness')).toBeGreaterThanOrEqual(0.98);
    expect(scoreOf(report, 'actionability')).toBeLessThan(0.8);
    expect(report.metrics.find(({ id }) => id === 'intrusion')).toMatchObject({ score: null, looked: 0 });
  });

  test('of the edges repeat no name and number no group', async () => {
    const report = await naming.baseline(id => ['nearly-equal', 'tiny', 'all-zeros'].includes(id));
    expect(report.cases).toHaveLength(3);
    const names = report.metrics
      .find(({ id }) => id === 'uniqueness')!
      .failures.filter(told => /name/.test(told));
    expect(names).toEqual([]);
    expect(scoreOf(report, 'shownIds')).toBe(1);
    expect(scoreOf(report, 'leakage')).toBe(1);
  });
});

test('a segment of too few customers has no sheet, one of enough has', async () => {
  const tiny = (await namingCases()).find(({ id }) => id === 'tiny')!;
  expect(tiny.model.segments.length - tiny.sheets.length).toBe(1);
  expect(JSON.stringify(tiny.sheets)).not.toContain('"6"');
});

describe('the judge', async () => {
  const shop = (await namingCases()).find(({ id }) => id === 'made-shop')!;
  const personas = deterministicDrafts(shop);
  const matching = matchingQuestions(personas);
  const intrusion = intrusionQuestions(personas);

  test('is asked about every persona, without names and figures', () => {
    expect(matching).toHaveLength(personas.length);
    expect(intrusion).toHaveLength(personas.length);
    for (const { text: asked, options, right } of matching) {
      expect(asked + options[right]!).not.toMatch(/\d\s?%|£\d/);
      for (const { sheet } of personas) expect(asked).not.toContain(sheet.name);
    }
    for (const { options } of intrusion) expect(new Set(options).size).toBe(5);
    expect(new Set(matching.map(({ right }) => right)).size).toBeGreaterThan(2);
  });

  test('can say no: right answers count, wrong and unreadable ones do not', async () => {
    const questions = matching.slice(0, 3);
    const right = questions.map(question => letter(question.right));
    const answers = [
      `{"answer": "${right[0]}"}`,
      `{"answer": "${right[1] === 'A' ? 'B' : 'A'}"}`,
      'I cannot tell.',
    ];
    await using model = await startScriptedModel(answers.map(text));
    const folder = temporaryFolder();
    const state = await openState({ dataDir: folder.path, url: undefined });
    const context = { state, now: () => new Date('2026-11-20T09:00:00Z'), actor: 'eval' };
    const verdicts = await judge(model.access(), questions, context);
    // Each is metered, and held to the cap of the day.
    const day = { from: '2026-11-20T00:00:00Z', until: '2026-11-21T00:00:00Z' };
    expect(await state.answers.list(day)).toHaveLength(3);
    const capped = { ...model.access(), prices: { input: 3, output: 15 } };
    capped.limits = { ...capped.limits, dayCost: 0 };
    await expect(judge(capped, questions, context)).rejects.toThrow(/day|today/);
    expect(model.requests).toHaveLength(3);
    await state.close();
    folder.remove();
    expect(verdicts.map(verdict => verdict.said === verdict.right)).toEqual([true, false, false]);
    expect(verdicts[2]!.said).toBeNull();
  });
});
