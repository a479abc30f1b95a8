import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerQuestion } from '../../src/agent/answer/answer.ts';
import { unsupportedIn } from '../../src/agent/answer/check-numbers.ts';
import { evidenceOf } from '../../src/agent/answer/evidence.ts';
import type { LoopEvent } from '../../src/agent/loop/loop.ts';
import type { App } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { formatCount } from '../../src/segmentation/wording.ts';
import { runTool } from '../../src/tools/run-tool.ts';
import { createTurns } from '../../src/turns.ts';
import { type SegmentedShop, segmentedShop } from '../agent/answer/segmented-shop.ts';
import { type ScriptedReply, startScriptedModel, text, toolUse } from '../support/scripted-model.ts';
import { kindred } from '../support/terminal.ts';

const main = 'Who are our lapsed but recoverable customers?';

let shop: SegmentedShop;

beforeAll(async () => {
  shop = await segmentedShop();
}, 120_000);
afterAll(() => shop.close());

describe('without a model', () => {
  async function ask(question: string) {
    const events: LoopEvent[] = [];
    const onEvent = (event: LoopEvent) => void events.push(event);
    const asked = { context: shop.context, access: null, question, thread: null, surface: 'cli', onEvent };
    return { result: await answerQuestion(asked), events };
  }

  test('the question that everybody asks is answered with people, segments and the next step', async () => {
    const { result, events } = await ask(main);
    const { output } = await runTool(shop.context, 'build_audience', { question: 'lapsed-but-recoverable' });
    const { handle, customers, asOf } = output as { handle: string; customers: number; asOf: string };
    expect(result).toMatchObject({ author: 'deterministic', stop: 'answered', thread: null, usage: null });
    expect(result.text).toContain(`**Lapsed but recoverable**: ${formatCount(customers)} customers (`);
    expect(result.text).toContain('They came back at least twice');
    expect(result.text).toMatch(/\*\*Next:\*\* .*\n?$/);
    expect(result.text).toContain(`kindred audience export ${handle} --to ${handle}.csv`);
    expect(result.sources).toContainEqual({
      tool: 'build_audience',
      what: `audience Lapsed but recoverable (${handle})`,
      asOf,
    });
    expect(events.at(-1)).toEqual({ kind: 'text', text: result.text });
  });

  test.each([
    main,
    'Who moved this week?',
    'What changed?',
    'What can we expect of them, and how far can we trust it?',
    'Where do 200 at 0.50 a contact do most?',
    'Give me an overview.',
    'Which segments are loyal?',
    'Show all segments',
    'Hello?',
    'Who is overdue for an order?',
  ])('every figure of an answer is one of a tool: %s', async question => {
    const { result } = await ask(question);
    expect(result.calls.length).toBeGreaterThan(0);
    const evidence = evidenceOf({
      calls: result.calls,
      questions: [question],
      instructions: 'next 90 days, 12 months',
      today: '2026-11-02',
    });
    expect(unsupportedIn(result.text, evidence)).toEqual([]);
  });

  test('a saved audience is found by its handle and by its name', async () => {
    const filter = { field: 'orders', atLeast: 4 };
    const { output } = await runTool(shop.context, 'build_audience', { filter, name: 'Frequent folk' });
    for (const question of [`What of ${output.handle}?`, 'How are the frequent folk?']) {
      const { result } = await ask(question);
      expect(result.text).toContain('**Frequent folk**');
    }
  });

  test.each(['', '   ', 'x'.repeat(4001)])('refuses no question, and one that is a book', async question => {
    await expect(ask(question)).rejects.toThrow(/question/);
  });
});

describe('kindred ask', () => {
  async function asked(replies: ScriptedReply[] | null, args: readonly string[], interactive = false) {
    await using model = await startScriptedModel(replies ?? []);
    const { warehouse, state, pool, now } = shop.context;
    const app: Partial<App> = {
      config: readConfig({}),
      now,
      warehouse: async () => warehouse,
      state: async () => state,
      pool: () => pool,
      model: async () => (replies === null ? null : model.access()),
      turns: createTurns(),
    };
    const ran = await kindred(['ask', ...args], {}, { app: app as App, interactive, columns: 80 });
    return { ...ran, requests: model.requests };
  }
  const said =
    'They are **few**.\n\n- Look with `kindred segments` at the segments that there are, one by one, before anything else is done about it.\n\n**Next:** look.';

  test('prints the answer, where it comes from and how to go on', async () => {
    const { out, err, code } = await asked([toolUse('list_segments', {}), text(said)], ['who', 'lapsed?']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^They are few\.\n\n {2}- Look with `kindred segments`.*\n {4}\w/);
    expect(out).toMatch(/\nFrom\n {2}all segments, as of 2026-11-01\n/);
    const [, thread] = /kindred ask --thread (c-[0-9a-f]+) /.exec(out)!;
    const next = await asked([text('As said.')], ['and now?', '--thread', thread!]);
    expect(next.out).toContain('As said.');
    expect(JSON.stringify(next.requests[0]!.messages)).toContain('who lapsed?');
  });

  test('shows the same on a screen, with the tools as they are called', async () => {
    const replies = () => [[text('Let me look.\nYes.\n'), toolUse('list_segments', {})], text(said)];
    const quiet = await asked(replies(), ['who lapsed?']);
    const { out, err } = await asked(replies(), ['who lapsed?'], true);
    const body = (printed: string) =>
      printed.slice(printed.indexOf('They are few.'), printed.indexOf('From\n'));
    expect(body(out)).toBe(body(quiet.out));
    expect(err).toBe('  List the segments …\n');
  });

  test('as JSON', async () => {
    const { json } = await asked([toolUse('list_segments', {}), text(said)], ['who lapsed?', '--json']);
    expect(json()).toMatchObject({ text: said, author: 'model', stop: 'answered', unsupported: [] });
  });

  test('without a key says what one would add', async () => {
    const { out, code } = await asked(null, [main]);
    expect(code).toBe(0);
    expect(out).toContain('ANTHROPIC_API_KEY');
    expect(out).not.toContain('--thread');
  });

  test('tells proposals that were opened, and who decides them', async () => {
    const { output } = await runTool(shop.context, 'build_audience', { question: 'overdue' });
    const proposes = toolUse('propose_sync', { audience: output.handle, purpose: 'a reminder' });
    const { out } = await asked([proposes, text('It waits for you.')], ['send them to a file']);
    expect(out).toMatch(
      /Waiting for a person\n {2}(p-\d+): kindred proposals show \1, then kindred approve \1/,
    );
  });

  test('refuses a conversation that is none', async () => {
    const { code, err } = await asked([], ['and?', '--thread', 'c-00']);
    expect(code).toBe(1);
    expect(err).toContain('There is no conversation "c-00".');
  });
});
