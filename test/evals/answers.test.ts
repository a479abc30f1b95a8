import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answers, answersIn } from '../../evals/answers/answers.ts';
import { answerMetrics } from '../../evals/answers/metrics/metrics.ts';
import { unsupportedFailures } from '../../evals/answers/metrics/support.ts';
import type { WrittenAnswer } from '../../evals/answers/question.ts';
import { expectedOf, questions } from '../../evals/answers/questions/questions.ts';
import { type EvalShop, openShop, type ShopId } from '../../evals/answers/shops.ts';
import { readStore } from '../../evals/answers/store.ts';
import { readRecordings, writeRecording } from '../../evals/recorded.ts';
import { runTool } from '../../src/tools/run-tool.ts';
import { startScriptedModel, text, toolUse } from '../support/scripted-model.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const now = new Date('2026-11-20T09:00:00Z');

describe.each<ShopId>(['made', 'living'])('the questions to the %s shop', id => {
  let shop: EvalShop;
  let written: WrittenAnswer[];
  beforeAll(async () => {
    shop = await openShop(id);
    written = await answersIn(shop, () => true, null);
  });
  afterAll(() => shop.close());

  test('have figures that the tools tell when they are called as wanted', async () => {
    const wrong: string[] = [];
    for (const asked of questions.filter(question => question.shop === id)) {
      const { figures, calls } = await expectedOf(asked, await readStore(shop));
      for (const [i, { tool, input }] of (calls[0] ?? []).entries()) {
        const { output } = await runTool(shop.context, tool, input);
        const told = figuresIn(output);
        const missing = figures.filter(
          ({ value, unit, slack }) =>
            !(unit === 'people' && value < 10
              ? told.has('fewer than 10')
              : [...told].some(one => typeof one === 'number' && close(one, value, slack))),
        );
        // Other ways than the first may tell less.
        if (i === 0) wrong.push(...missing.map(({ what }) => `${asked.id}: ${what}`));
      }
    }
    expect(wrong).toEqual([]);
  });

  test('are answered without a model by what the shop holds', () => {
    const scores = Object.fromEntries(answerMetrics(written).map(metric => [metric.id, metric]));
    expect(written.length).toBeGreaterThanOrEqual(15);
    for (const metric of ['traits', 'individuals', 'done', 'ids', 'form'])
      expect([metric, scores[metric]!.failures]).toEqual([metric, []]);
    expect(scores.sources!.score).toBe(1);
    expect(scores.arguments!.score).toBe(1);
    // Words alone find what most questions mean, and mostly say it.
    expect(scores.tools!.score).toBeGreaterThan(0.6);
    expect(scores.figures!.score).toBeGreaterThan(0.6);
    expect(scores.supported!.score).toBeGreaterThan(0.75);
    expect(scores.declined!.score).toBeGreaterThan(0.6);
  });

  test('are answered with what tools told, and the check sees another figure', () => {
    const overview = written.find(({ id: of }) => of.endsWith('all-segments'))!;
    expect(unsupportedFailures(overview)).toEqual([]);
    expect(
      unsupportedFailures({ ...overview, text: `${overview.text}\nIn all 98,765 customers.` }),
    ).toHaveLength(1);
  });
});

/** Numbers, and strings, wherever they stand; sentences give the numbers that are written in them. */
function figuresIn(value: unknown): Set<unknown> {
  const found = new Set<unknown>();
  const walk = (one: unknown): void => {
    if (typeof one === 'object' && one !== null) for (const item of Object.values(one)) walk(item);
    else if (typeof one === 'string') {
      found.add(one);
      for (const [digits] of one.matchAll(/\d+(?:\.\d+)?(?= %)/g)) found.add(Number(digits) / 100);
    } else found.add(one);
  };
  walk(value);
  if (typeof value === 'object' && value !== null && 'segments' in value && Array.isArray(value.segments))
    found.add(value.segments.length);
  return found;
}

const close = (a: number, b: number, slack: number) =>
  Math.abs(a - b) <= slack + (Math.abs(b) <= 1 ? 0.006 : Math.abs(b) * 0.001);

test('questions are many, of all kinds, and each has an id of its own', async () => {
  expect(questions.length).toBeGreaterThanOrEqual(25);
  expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
});

test('a model is asked as people ask it, and what it answered is kept and scored', async () => {
  const folder = temporaryFolder();
  const chosen = ['living-churn', 'phone'];
  await using model = await startScriptedModel(({ messages }) => {
    const said = JSON.stringify(messages);
    if (said.includes('phone number')) return text('I have no telephone numbers and cannot give any.');
    return said.includes('tool_result')
      ? text('It is the **Genuine churn risks**, as of 2026-07-27.\n\n**Next:** `kindred segments`.')
      : toolUse('show_predictions', {});
  });
  await writeRecording(await answers.record(model.access(), id => chosen.includes(id), now), folder.path);
  const [kept] = await readRecordings('answers', folder.path);
  const run = await answers.replay(kept!, () => true);
  expect(run).toMatchObject({ model: 'scripted-model', author: 'model', cases: chosen });
  const score = (id: string) => run.metrics.find(metric => metric.id === id)!.score;
  expect([score('tools'), score('declined'), score('naming'), score('figures')]).toEqual([1, 1, 1, 0]);
  folder.remove();
});
