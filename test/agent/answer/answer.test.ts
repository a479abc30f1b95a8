import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Asked, answerQuestion } from '../../../src/agent/answer/answer.ts';
import type { LoopEvent } from '../../../src/agent/loop/loop.ts';
import type { ModelAccess } from '../../../src/agent/model/access.ts';
import { runTool } from '../../../src/tools/run-tool.ts';
import {
  failure,
  type ScriptedModel,
  type ScriptedRequest,
  startScriptedModel,
  text,
  toolUse,
} from '../../support/scripted-model.ts';
import { type SegmentedShop, segmentedShop } from './segmented-shop.ts';

const main = 'Who are our lapsed but recoverable customers?';

let shop: SegmentedShop;
let model: ScriptedModel | undefined;

beforeAll(async () => {
  shop = await segmentedShop();
}, 120_000);
afterAll(() => shop.close());
afterEach(() => model?.stop());

type Script = Parameters<typeof startScriptedModel>[0];

async function ask(script: Script, changes: Partial<Asked> = {}, of: Partial<ModelAccess> = {}) {
  model = await startScriptedModel(script);
  const events: LoopEvent[] = [];
  const result = await answerQuestion({
    context: shop.context,
    access: model.access(of),
    question: main,
    thread: null,
    surface: 'cli',
    onEvent: event => events.push(event),
    ...changes,
  });
  return { result, events, requests: model.requests };
}

/** What a surface that follows the events has on its screen at the end. */
function screen(events: readonly LoopEvent[]): string {
  return events.reduce(
    (seen, event) => (event.kind === 'again' ? '' : event.kind === 'text' ? seen + event.text : seen),
    '',
  );
}

async function figures() {
  const { output } = await runTool(shop.context, 'list_segments', {});
  return output as {
    asOf: string;
    customers: number;
    segments: { key: string; name: string; customers: number; share: number }[];
  };
}

const lastRow = async () => {
  const rows = await shop.context.state.answers.list({
    from: '2026-01-01T00:00:00Z',
    until: '2027-01-01T00:00:00Z',
  });
  return rows.at(-1)!;
};

const saidLast = ({ messages }: ScriptedRequest) => {
  const { content } = messages.at(-1)!;
  return typeof content === 'string' ? content : content.map(block => block.text ?? '').join('\n');
};

describe('with a model', () => {
  const look = toolUse('list_segments', {});

  test('answers from what it looked up, and says where figures come from', async () => {
    const { asOf, segments } = await figures();
    const [first] = segments;
    const said = `**${first!.name}** holds ${first!.customers} customers.\n\n**Next:** look at it.`;
    const { result, events, requests } = await ask([[text('Let me look.'), look], text(said)]);
    expect(result).toMatchObject({ text: said, author: 'model', stop: 'answered', unsupported: [] });
    expect(result.sources).toEqual([{ tool: 'list_segments', what: 'all segments', asOf }]);
    expect(screen(events)).toBe(said);
    expect(requests).toHaveLength(2);
    expect(await lastRow()).toMatchObject({
      outcome: 'answered',
      purpose: 'answer',
      turns: 2,
      thread: result.thread,
      details: { tools: ['list_segments'], unsupported: [] },
    });
  });

  test('goes on in a thread, where earlier results still bear out figures', async () => {
    const { segments } = await figures();
    const said = `**${segments[1]!.name}** holds ${segments[1]!.customers} customers.`;
    const first = await ask([look, text('There are some.')]);
    const { thread } = first.result;
    const second = await ask([text(said)], { question: 'And the second?', thread });
    expect(second.result).toMatchObject({ text: said, unsupported: [], thread });
    const declined = await ask([{ content: [], stopReason: 'refusal' }], { question: 'And?', thread });
    expect(declined.result).toMatchObject({ stop: 'refused', thread });
    const told = JSON.stringify(second.requests[0]!.messages);
    expect(told).toContain(main);
    expect(told).toContain('There are some.');
    expect(told).toContain('tool_result');
  });

  test('an invented figure is sent back once, with which and why, and is never shown', async () => {
    const { customers } = await figures();
    const { result, events, requests } = await ask([
      look,
      text(`There are ${customers} customers.\n\nOf them 77,777 customers lapsed.`),
      text(`There are ${customers} customers.\n\nHow many lapsed is not known.`),
    ]);
    expect(saidLast(requests[2]!)).toContain('"77,777 customers" is in no result.');
    expect(result).toMatchObject({ unsupported: [], stop: 'answered' });
    expect(result.text).toContain('is not known');
    expect(JSON.stringify(events)).not.toContain('77,777');
    expect(screen(events)).toBe(result.text);
    // Nobody builds on it later.
    const kept = await shop.context.state.conversations.messages(result.thread!);
    expect(kept.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant']);
    expect(JSON.stringify(kept)).not.toContain('77,777');
  });

  test('one that stays is marked, in the text and in the record', async () => {
    const said = 'Of them 77,777 customers lapsed on 2027-05-05.';
    const { result, events } = await ask([look, text(said), text(said)]);
    expect(result.unsupported).toEqual(['2027-05-05', '77,777 customers']);
    expect(result.text).toBe(
      `**Do not rely on all of it:** “2027-05-05” and “77,777 customers” are borne out by no result of Kindred’s tools.\n\n${said}`,
    );
    expect(screen(events)).toBe(result.text);
    expect((await lastRow()).details.unsupported).toEqual(result.unsupported);
  });

  test('a figure of another segment is not one of this', async () => {
    const { segments } = await figures();
    const [a, b] = segments.filter(({ customers }, i) =>
      segments.every((each, j) => i === j || each.customers !== customers),
    );
    const said = `**${a!.name}** holds ${b!.customers} customers.`;
    const { result, requests } = await ask([look, text(said), text(said)]);
    expect(saidLast(requests[2]!)).toContain(`is told of "${b!.key}"`);
    expect(result.unsupported).toEqual([`${b!.customers} customers`]);
  });

  test('no protected trait and no address is told', async () => {
    const said = 'They buy often. They are mostly women. Write to anna@shop.example.\n\nSo be it.';
    const { result, requests, events } = await ask([text(said), text(said)], {
      question: 'Who is anna@shop.example, on +44 20 7946 0958?',
    });
    expect(result.text).toBe(
      'They buy often. (A sentence that told of a protected trait was left out.) Write to (an e-mail address).\n\nSo be it.',
    );
    expect(JSON.stringify(events)).not.toMatch(/anna@|women/);
    expect(JSON.stringify(requests)).not.toMatch(/anna@|7946/);
  });

  test('what it says before it calls a tool is no part of the answer', async () => {
    const { events } = await ask([[text('First line.\nSecond line.\n'), look], text('Done.')]);
    expect(screen(events)).toBe('Done.');
  });
});

describe('whatever stops it is told in plain words', () => {
  test('a model that declines', async () => {
    const { result } = await ask([{ content: [text('I')], stopReason: 'refusal' }]);
    expect(result).toMatchObject({ stop: 'refused', author: 'model' });
    expect(result.text).toContain('declined to answer');
    // Nobody can go on with what was not kept.
    expect(result.thread).toBeNull();
    const { outcome, thread } = await lastRow();
    expect(outcome).toBe('refused');
    expect(await shop.context.state.conversations.messages(thread!)).toEqual([]);
  });

  test('an answer that is cut off', async () => {
    const { result } = await ask([{ content: [text('They are those who')], stopReason: 'max_tokens' }]);
    expect(result.stop).toBe('cut-off');
    expect(result.text).toMatch(/^They are those who\n\n\(The answer was longer than/);
  });

  test.each([
    ['a service that is out of order', failure(500), 'failed', 'out of order', 'failed'],
    ['a key that is not taken', failure(401), 'failed', 'does not accept the key', 'failed'],
    [
      'a conversation that is too long',
      { content: [text('')], stopReason: 'model_context_window_exceeded' as const },
      'context-full',
      'more than the model can read',
      'fallback',
    ],
    ['silence', { content: [] }, 'answered', 'The model said nothing.', 'fallback'],
  ])('%s: the words of the question answer instead', async (_, reply, stop, why, outcome) => {
    const { result, events } = await ask([reply, reply]);
    expect(result).toMatchObject({ stop, author: 'deterministic' });
    expect(result.text).toContain(why);
    expect(result.text).toContain('**Lapsed but recoverable**');
    expect(screen(events)).toBe(result.text);
    expect((await lastRow()).outcome).toBe(outcome);
  });

  test('a cap that is used up', async () => {
    const limits = { turns: 20, tokens: 1e9, cost: 1e6, dayCost: 0 };
    const { result, requests } = await ask([], {}, { limits });
    expect(result).toMatchObject({ stop: 'limit', author: 'deterministic' });
    expect(result.text).toContain('may be spent in a day');
    expect(result.text).toContain('**Lapsed but recoverable**');
    expect(requests).toEqual([]);
  });

  test('a person who takes the question back', async () => {
    const stopped = new AbortController();
    const { result } = await ask(
      () => {
        stopped.abort();
        return 'silence';
      },
      { signal: stopped.signal },
    );
    expect(result).toMatchObject({ stop: 'cancelled', text: '', thread: null });
    const { outcome, thread } = await lastRow();
    expect(outcome).toBe('cancelled');
    expect(await shop.context.state.conversations.messages(thread!)).toEqual([]);
  });

  test('a person who takes it back while a draft is mended', async () => {
    const stopped = new AbortController();
    const { result } = await ask(
      (_, i) => {
        if (i === 0) return text('77,777 customers.');
        stopped.abort();
        return 'silence';
      },
      { signal: stopped.signal },
    );
    expect(result).toMatchObject({ stop: 'cancelled', text: '' });
  });

  test('a service that fails when a draft goes back: the draft stands, marked', async () => {
    const { result } = await ask([text('77,777 customers.'), failure(500)]);
    expect(result).toMatchObject({ stop: 'answered', author: 'model', unsupported: ['77,777 customers'] });
  });
});
