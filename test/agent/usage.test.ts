import { expect, test } from 'vitest';
import { usageOf } from '../../src/agent/usage.ts';
import { usageView } from '../../src/cli/views/usage.ts';
import type { Answer } from '../../src/state/answers.ts';

const answer = (changes: Partial<Answer> = {}): Answer => ({
  at: '2026-11-22T10:00:00.000Z',
  actor: 'ada',
  surface: 'cli',
  thread: null,
  purpose: 'answer',
  model: 'claude-sonnet-5-5',
  promptVersion: '1',
  outcome: 'answered',
  turns: 2,
  inputTokens: 100,
  outputTokens: 40,
  cacheReadTokens: 700,
  cacheWriteTokens: 200,
  cost: 0.01,
  milliseconds: 4000,
  details: { tools: [], unsupported: [] },
  ...changes,
});

test('nothing asked is nothing used', () => {
  expect(usageOf([])).toEqual({ rows: [], total: null });
});

test('answers are told by day, purpose and model, the newest day first', () => {
  const { rows } = usageOf([
    answer({ at: '2026-11-20T23:59:59.999Z' }),
    answer({ purpose: 'naming' }),
    answer({ model: 'b' }),
    answer({ at: '2026-11-21T00:00:00.000Z' }),
    answer(),
    answer(),
  ]);
  expect(rows.map(({ day, purpose, model, answers }) => [day, purpose, model, answers])).toEqual([
    ['2026-11-22', 'answer', 'b', 1],
    ['2026-11-22', 'answer', 'claude-sonnet-5-5', 2],
    ['2026-11-22', 'naming', 'claude-sonnet-5-5', 1],
    ['2026-11-21', 'answer', 'claude-sonnet-5-5', 1],
    ['2026-11-20', 'answer', 'claude-sonnet-5-5', 1],
  ]);
});

test('sums, the cached share, times and outcomes', () => {
  const times = Array.from({ length: 20 }, (_, i) => answer({ milliseconds: 1000 * (20 - i) }));
  const { rows } = usageOf([...times.slice(1), answer({ milliseconds: 20_000, outcome: 'limit' })]);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    answers: 20,
    turns: 40,
    inputTokens: 20_000,
    outputTokens: 800,
    cachedShare: 0.7,
    cost: 0.2,
    unpriced: 0,
    latency: { median: 10_000, p95: 19_000 },
    outcomes: { answered: 19, limit: 1 },
  });
});

test('costs that are not known are told apart from those that are', () => {
  const unknown = answer({ cost: null });
  expect(usageOf([unknown]).total).toMatchObject({ cost: null, unpriced: 1 });
  expect(usageOf([unknown, answer()]).total).toMatchObject({ cost: 0.01, unpriced: 1 });
  const none = answer({ inputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, outcome: 'failed' });
  expect(usageOf([none]).total?.cachedShare).toBeNull();
});

test('the view fits a narrow terminal and says what its figures mean', () => {
  const answers = [answer(), answer({ outcome: 'limit', cost: null, model: 'llama-3.3-70b-instruct' })];
  const view = usageView({ days: 30, today: { cost: 0.01, limit: 10 }, ...usageOf(answers) }, 80);
  for (const line of view.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  expect(view).toContain('$0.0100*');
  expect(view).toContain('* 1 answer came from models whose prices are not known');
  expect(view).toContain('1 at a cap');
  expect(view).toContain('Today $0.0100 of the $10 that KINDRED_DAY_COST allows');
  expect(usageView({ days: 7, today: { cost: 0, limit: 10 }, ...usageOf([]) }, 80)).toContain(
    'No model was asked in the last 7 days.',
  );
});
