import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFeedback } from '../../evals/feedback/cases.ts';
import { feedbackCode, runFeedback } from '../../evals/feedback/feedback.ts';
import { inCopyOf } from '../../evals/feedback/shop.ts';
import { markdown } from '../../evals/report.ts';
import { answerQuestion } from '../../src/agent/answer/answer.ts';
import { type FeedbackCase, feedbackCaseOf } from '../../src/agent/answer/feedback-case.ts';
import { judgeReply } from '../../src/agent/answer/judge-reply.ts';
import type { ReplyRecord } from '../../src/state/replies.ts';
import { openState } from '../../src/state/state.ts';
import { acquireStore } from '../../src/store-lock.ts';
import type { ToolContext } from '../../src/tools/tool.ts';
import { openDuckDb } from '../../src/warehouse/duckdb.ts';
import { type SegmentedShop, segmentedShop } from '../agent/answer/segmented-shop.ts';
import { type ScriptedReply, startScriptedModel, text, toolUse } from '../support/scripted-model.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const now = new Date('2026-11-20T09:00:00Z');
const dir = temporaryFolder();
afterAll(() => dir.remove());

describe('answers that people judged', () => {
  let shop: SegmentedShop;
  let context: ToolContext;
  let cases: FeedbackCase[];
  const first = text('There are several, as of 2026-11-01.\n\n**Next:** `kindred segments`.');
  const bad = text('Nobody can say which of them it is, as far as I can see.\n\n**Next:** wait and see.');

  async function answered(
    question: string,
    replies: ScriptedReply[] | null,
    verdict: 'good' | 'bad' | null,
    thread: string | null = null,
  ) {
    await using model = await startScriptedModel(replies ?? []);
    const access = replies === null ? null : model.access();
    const result = await answerQuestion({ context, access, question, thread, surface: 'slack' });
    if (verdict !== null)
      await judgeReply(context, { reply: result.reply!, actor: 'ada', verdict, comment: 'As I say' });
    return result.thread;
  }

  beforeAll(async () => {
    shop = await segmentedShop();
    context = shop.context;
    await answered('Show all segments', null, 'good');
    const thread = await answered('What is there?', [toolUse('list_segments', {}), first], null);
    await answered('And which is the largest?', [bad], 'bad', thread);
    const model = await context.state.models.current();
    cases = [];
    for (const judged of await context.state.replies.judged())
      cases.push(feedbackCaseOf(judged, await context.state.replies.earlier(judged), model));
  }, 120_000);
  afterAll(() => shop.close());

  async function run(says: (said: string) => ScriptedReply) {
    await using model = await startScriptedModel(({ messages }) => says(JSON.stringify(messages)));
    const report = await runFeedback(context, model.access(), cases, now);
    return { report, code: feedbackCode(report), requests: model.requests };
  }
  /** As it should be: the list for the first question, and then the largest of it. */
  const well = async () => {
    const { segments } = (await context.state.models.current())!;
    const names = segments.map(({ persona }) => `**${persona.name}**`).join(', ');
    return (said: string) => {
      if (said.includes('And which is the largest?'))
        return text(`The largest is said above, as of 2026-11-01.\n\n**Next:** \`kindred segments\`.`);
      return said.includes('tool_result')
        ? text(`They are ${names}, as of 2026-11-01.\n\n**Next:** \`kindred segments\`.`)
        : toolUse('list_segments', {});
    };
  };

  test('are asked again without a model where none answered them, and the rest is told as not run', async () => {
    const report = await runFeedback(context, null, cases, now);
    expect(report.runs.map(({ author, cases: ids }) => [author, ids])).toEqual([['deterministic', ['r-1']]]);
    expect(report.notRun).toEqual([expect.stringMatching(/^1 of 2 cases, which a model answered/)]);
    expect(feedbackCode(report)).toBe(0);
  });

  test('are all asked of a model, after the questions that led to them', async () => {
    const { report, code, requests } = await run(await well());
    expect(report.runs.flatMap(({ metrics }) => metrics.flatMap(({ failures }) => failures))).toEqual([]);
    expect(code).toBe(0);
    expect(report.runs[1]).toMatchObject({ task: 'feedback', author: 'model', cases: ['r-1', 'r-3'] });
    const last = JSON.stringify(requests.at(-1)!.messages);
    expect(last).toMatch(/What is there\?.*And which is the largest\?/);
  });

  test('fail where a bad one comes again, and where a good one rests on nothing', async () => {
    const good = await well();
    const again = await run(said => (said.includes('And which is the largest?') ? bad : good(said)));
    expect(again.code).toBe(1);
    expect(markdown(again.report)).toContain(
      '- No answer that was judged bad comes again. r-3: It is the answer that was judged bad, of which was said: As I say.',
    );
    const baseless = await run(said => (said.includes('Show all') ? first : good(said)));
    expect(baseless.code).toBe(1);
    expect(markdown(baseless.report)).toContain('r-1: list_segments was not called.');
  });

  test('nothing asked is a failure', async () => {
    const report = await runFeedback(context, null, [], now);
    expect([report.runs, feedbackCode(report)]).toEqual([[], 1]);
  });
});

test('a file that is not of cases is refused, with its line', async () => {
  const file = dir.file('feedback.jsonl');
  writeFileSync(file, '\n{"id": "r-1"}\n');
  await expect(readFeedback(file)).rejects.toMatchObject({ message: expect.stringContaining('Line 1 of ') });
  await expect(readFeedback(dir.file('none.jsonl'))).rejects.toThrow('cannot be read');
});

describe('a data folder', () => {
  const reply: ReplyRecord = {
    at: now.toISOString(),
    actor: 'ada',
    surface: 'cli',
    thread: null,
    purpose: 'answer',
    question: 'Who?',
    text: 'They.',
    author: 'deterministic',
    sources: [],
    calls: [],
    answer: null,
  };

  test('is asked as a copy, and stays as it is', async () => {
    const data = dir.file('data');
    mkdirSync(data);
    await (await openDuckDb({ file: join(data, 'warehouse.duckdb') })).close();
    const state = await openState({ dataDir: data });
    await state.replies.record(reply);
    await state.close();
    const copied = await inCopyOf(data, async ({ state, warehouse }) => {
      await warehouse.query('SELECT 1');
      await state.replies.record(reply);
      return [await state.replies.get(1), await state.replies.get(2)];
    });
    expect(copied).toMatchObject([reply, reply]);
    const after = await openState({ dataDir: data });
    expect(await after.replies.get(2)).toBeUndefined();
    await after.close();

    const lock = await acquireStore(data, { pid: process.pid, command: 'a test', startedAt: reply.at });
    await expect(inCopyOf(data, async () => {})).rejects.toThrow('a test');
    await lock.release();
  });

  test('without stores of its own is refused', async () => {
    await expect(inCopyOf(dir.path, async () => {})).rejects.toThrow('holds no warehouse and state');
  });
});
