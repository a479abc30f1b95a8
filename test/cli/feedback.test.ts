import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { feedbackCase } from '../../src/agent/answer/feedback-case.ts';
import type { App } from '../../src/app.ts';
import type { OpenDatabase } from '../../src/state/database.ts';
import { openPglite } from '../../src/state/pglite.ts';
import type { ReplyRecord } from '../../src/state/replies.ts';
import { type State, stateOver } from '../../src/state/state.ts';
import { exampleChange } from '../state/example-change.ts';
import { exampleModel } from '../state/example-model.ts';
import { empty } from '../state/places.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { kindred } from '../support/terminal.ts';

const reply: ReplyRecord = {
  at: '2026-11-20T09:00:00.000Z',
  actor: 'Ada (U1)',
  surface: 'slack',
  thread: 'slack:C1:1.1',
  purpose: 'answer',
  question: 'Who lapsed?',
  text: '**Lapsed but recoverable**: 700 customers.\n\n- Look at them.',
  author: 'model',
  sources: [{ tool: 'build_audience', what: 'audience Lapsed', asOf: '2026-11-01' }],
  calls: [
    { name: 'build_audience', input: {}, output: { customers: 700 } },
    { name: 'show_chart', input: {}, output: null, cutFrom: 30_000 },
    { name: 'build_audience', input: {}, output: { customers: 700 } },
    { name: 'show_moves', input: {}, output: null },
  ],
  answer: null,
};

const dir = temporaryFolder();
let database: OpenDatabase;
let state: State;
beforeAll(async () => {
  database = await openPglite(dir.path);
  state = await stateOver(database);
});
afterEach(() => empty(database));
afterAll(async () => {
  await state.close();
  dir.remove();
});

async function answered(...replies: Partial<ReplyRecord>[]): Promise<void> {
  await state.apply(exampleChange());
  for (const change of replies) await state.replies.record({ ...reply, ...change });
}

const app: Partial<App> = { now: () => new Date('2026-11-22T12:00:00Z'), state: async () => state };
const feedback = (...args: string[]) => kindred(['feedback', ...args], {}, { app: app as App, columns: 80 });

test('people say what they think of answers, and it is listed, the newest answer first', async () => {
  await answered(
    {},
    { question: 'And\u001b[31m which?', author: 'deterministic', actor: 'ada', surface: 'cli' },
    {},
  );
  expect((await feedback()).out).toMatch(/^No answer was judged yet\./);
  expect((await feedback('good', 'r-1')).out).toMatch(/^Noted: r-1 is good\./);
  await feedback('bad', 'R-2', 'It is of', 'last month.', '--by', 'Bob');
  await feedback('good', 'r-2');
  const { out, code } = await feedback();
  expect(code).toBe(0);
  expect(out).toBe(`2 judged texts, of which 1 was found bad.

r-2, bad: asked by ada (cli) on 2026-11-20, answered without a model
  “And [31m which?”
  Lapsed but recoverable: 700 customers. - Look at them.
  Bob: bad, “It is of last month.”
  ada: good

r-1, good: asked by Ada (U1) (slack) on 2026-11-20, answered by the model
  “Who lapsed?”
  Lapsed but recoverable: 700 customers. - Look at them.
  ada: good
`);
  await feedback('good', 'r-2', '--by', 'Bob');
  expect((await feedback()).out).toContain('2 judged texts, of which nobody found any bad.');
  const { replies } = (await feedback('--json')).json<{ replies: { id: number; verdicts: unknown[] }[] }>();
  expect(replies.map(({ id, verdicts }) => [id, verdicts.length])).toEqual([
    [2, 2],
    [1, 1],
  ]);
});

test('what was judged is written as cases, without who asked and who judged', async () => {
  const [segment] = exampleModel().segments;
  const { name } = segment!.persona;
  await answered(
    { text: `They are the ${name.toUpperCase()}.` },
    { question: 'And which of them still click?' },
    { thread: null, sources: [], calls: [], author: 'deterministic' },
    { purpose: 'digest', question: 'What happened in the week to 2026-11-16?' },
  );
  const file = dir.file('out/feedback.jsonl');
  const none = await feedback('export', '--to', file);
  expect([none.code, none.err]).toEqual([1, expect.stringContaining('No answer was judged yet.')]);
  for (const args of [
    ['good', 'r-1'],
    ['bad', 'r-2', 'Wrong'],
    ['good', 'r-2', '--by', 'Bob'],
    ['good', 'r-3'],
    ['bad', 'r-4'],
  ])
    await feedback(...args);
  const { out } = await feedback('export', '--to', file);
  expect(out).toBe(`Wrote 3 cases to ${file}. Left out, as nobody asks for them: 1 digest.\n`);
  expect((await feedback()).out).toContain('r-4, bad: digest of 2026-11-20, written by the model\n');
  const text = readFileSync(file, 'utf8');
  const cases = text
    .trimEnd()
    .split('\n')
    .map(line => feedbackCase.parse(JSON.parse(line)));
  const model = exampleModel().fingerprint;
  expect(cases).toEqual([
    {
      id: 'r-1',
      question: 'Who lapsed?',
      before: [],
      verdict: 'good',
      comments: [],
      text: `They are the ${name.toUpperCase()}.`,
      author: 'model',
      days: ['2026-11-01'],
      tools: ['build_audience', 'show_chart'],
      model,
      segments: [name],
    },
    expect.objectContaining({ before: ['Who lapsed?'], verdict: 'bad', comments: ['Wrong'], segments: [] }),
    expect.objectContaining({ before: [], days: [], tools: [], author: 'deterministic' }),
  ]);
  expect(text).not.toMatch(/ada|bob/i);
});

test('what cannot be meant is refused with what to do', async () => {
  const wrong: [string[], number, string][] = [
    [['good', '12'], 2, 'such as r-12'],
    [['bad'], 2, 'missing required argument'],
    [['export'], 2, '--to'],
    [['bad', 'r-7'], 1, 'There is no reply r-7.'],
  ];
  for (const [args, code, says] of wrong) {
    const ran = await feedback(...args);
    expect([ran.code, ran.err]).toEqual([code, expect.stringContaining(says)]);
  }
});
