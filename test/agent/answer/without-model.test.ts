import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerQuestion } from '../../../src/agent/answer/answer.ts';
import { unsupportedIn } from '../../../src/agent/answer/check-numbers.ts';
import { evidenceOf } from '../../../src/agent/answer/evidence.ts';
import { formatMoneyShort, formatValue } from '../../../src/segmentation/wording.ts';
import { runTool } from '../../../src/tools/run-tool.ts';
import { type SegmentedShop, segmentedShop } from './segmented-shop.ts';

let shop: SegmentedShop;
/** Of two segments of the shop. */
let first: { key: string; name: string };
let second: { key: string; name: string };

beforeAll(async () => {
  shop = await segmentedShop();
  const { output } = await runTool(shop.context, 'list_segments', {});
  [first, second] = (output as { segments: [typeof first, typeof second] }).segments;
}, 120_000);
afterAll(() => shop.close());

const named = (question: string) => question.replace('FIRST', first.name).replace('SECOND', second.name);

async function ask(question: string) {
  return answerQuestion({ context: shop.context, access: null, question, thread: null, surface: 'cli' });
}

/** What a digest is made of. */
const week = [
  'shop_overview',
  'list_segments',
  'show_drift',
  'show_moves',
  'show_predictions',
  ...Array.from({ length: 4 }, () => 'show_segment'),
];
const standing = ['shop_overview', 'show_drift', 'show_moves'];

/** What is asked, the tools that answer it, and what the answer says. */
const table: readonly [string, readonly string[], RegExp][] = [
  ['Tell me about FIRST', ['show_segment'], /What sets them apart/],
  ['Tell me about the churn of FIRST', ['show_segment', 'show_predictions'], /All segments together/],
  ['Compare FIRST and SECOND', ['compare_segments'], /Where they differ most/],
  ['FIRST versus SECOND', ['compare_segments'], /Where they differ most/],
  ['Which segments overlap?', ['compare_segments'], /^No segments overlap/],
  ['We have £3,000 and each letter costs 0.80', ['plan_budget'], /^Of £3k/],
  ['Where do 200 at 0.50 a contact do most?', ['plan_budget'], /^Of £200/],
  ['Where should we spend our marketing budget?', ['show_predictions'], /ask again with both/],
  ['Which customers spend the most?', ['find_segments'], /Fits by: spend much/],
  ['Who no longer reads our newsletter?', ['build_audience'], /opened none of them/],
  ['What should we do about FIRST?', ['show_segment'], /\*\*Next:\*\* For/],
  ['Who are our newest customers?', ['build_audience'], /^\*\*Newest customers\*\*/],
  ['Which customers return a lot?', ['build_audience'], /a return on 30 % of their orders/],
  ['Which customers have stopped opening our emails?', ['build_audience'], /opened none of them/],
  ['How much revenue is at risk?', ['show_predictions'], /^All segments together: .* at risk/],
  [
    'What is the churn rate?',
    ['show_predictions'],
    /^All segments together: .* no order in the next 90 days/,
  ],
  ['Compare this month with last month', ['show_drift', 'show_moves'], /./],
  ['What is our revenue?', ['shop_overview'], /segments with £[\d.]+[km] of revenue/],
  ['Who are our segments, and how large is each?', ['list_segments'], /^The segments, as of/],
  ['What are the segments that spend the most?', ['find_segments'], /Fits by: spend much/],
  ['What should I do this week?', week, /^What to do this week:\n1\. /m],
  ['How is the shop doing?', standing, /^The shop has/],
];

test.each(table)('%s', async (asked, tools, says) => {
  const question = named(asked);
  const { text, calls } = await ask(question);
  expect(calls.map(({ name }) => name)).toEqual(tools);
  expect(text).toMatch(says);
  const evidence = evidenceOf({
    calls,
    questions: [question],
    instructions: 'next 90 days, 12 months',
    today: '2026-11-02',
  });
  expect(unsupportedIn(text, evidence)).toEqual([]);
});

test('names and the words beside them say what is compared, and amounts what is spent', async () => {
  const inputOf = async (question: string) => (await ask(named(question))).calls[0]!.input;
  expect(await inputOf('Compare FIRST and SECOND')).toEqual({
    segments: expect.arrayContaining([first.key, second.key]),
  });
  expect(await inputOf('We have £3,000 and each letter costs 0.80')).toEqual({ budget: 3000, cost: 0.8 });
  expect(await inputOf('Tell me about FIRST')).toEqual({ segment: first.key });
});

test('what all have at risk is the sum over segments, and their churn the mean over customers', async () => {
  const { output } = await runTool(shop.context, 'show_predictions', {});
  const { segments, all, currency } = output as {
    currency: string;
    segments: { customers: number; valueAtRisk: number; churn: number }[];
    all: { valueAtRisk: number; churn: number };
  };
  const sum = (of: (each: (typeof segments)[number]) => number) =>
    segments.reduce((total, each) => total + of(each), 0);
  expect(all.valueAtRisk).toBeCloseTo(
    sum(each => each.valueAtRisk),
    0,
  );
  expect(all.churn).toBeCloseTo(sum(each => each.churn * each.customers) / sum(each => each.customers), 2);
  const { text } = await ask('How much revenue is at risk?');
  expect(text.split('\n')[0]).toContain(formatMoneyShort(all.valueAtRisk, currency));
  expect(text.split('\n')[0]).toContain(formatValue(all.churn, 'share', null));
});
