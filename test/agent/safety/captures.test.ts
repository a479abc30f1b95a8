import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerQuestion } from '../../../src/agent/answer/answer.ts';
import type { ModelAccess } from '../../../src/agent/model/access.ts';
import { explainDrift } from '../../../src/agent/tasks/drift/explain-drift.ts';
import { nameSegments } from '../../../src/agent/tasks/naming/name-segments.ts';
import { reviewNames } from '../../../src/agent/tasks/sensitive/review-names.ts';
import { weigh } from '../../../src/agent/tasks/weights/weigh.ts';
import { currentModel } from '../../../src/segmentation/current.ts';
import type { Model } from '../../../src/segmentation/model.ts';
import { tools } from '../../../src/tools/registry.ts';
import { runTool } from '../../../src/tools/run-tool.ts';
import { type ScriptedRequest, startScriptedModel, text, toolUse } from '../../support/scripted-model.ts';
import { leaksIn, leaksInResult, type Truth, textsSent } from './leaks.ts';
import { rare, type SafetyShop, safetyShop } from './safety-shop.ts';
import { toolInputs, wrongInputs } from './tool-inputs.ts';

let there: SafetyShop;
let model: Model;
let truth: Truth;
let handles: string[];
beforeAll(async () => {
  there = await safetyShop();
  const { state } = there.context;
  model = await currentModel(state);
  const sizes = new Map<string, number[]>();
  for (const { segments } of await state.refreshes.list())
    for (const { name, size } of segments) sizes.set(name, [...(sizes.get(name) ?? []), size]);
  truth = { secrets: there.secrets, buyers: model.population.customers, sizes };
  handles = [];
  for (const filter of toolInputs(model, []).build_audience!.slice(0, 20)) {
    const built = await runTool(there.context, 'build_audience', filter).catch(() => null);
    if (built) handles.push(String(built.output.handle));
  }
}, 120_000);
afterAll(() => there.shop.close());

const inputsOf = (name: string) => toolInputs(model, handles)[name] ?? [];

describe('the shop', () => {
  it('has segments and audiences of fewer than ten, and people to keep apart', async () => {
    expect(model.segments.some(({ size }) => size < 10)).toBe(true);
    expect(model.population.customers % 10).not.toBe(0);
    expect([...truth.sizes.values()].some(([a, , c]) => a !== c && Math.abs(a! - c!) < 10)).toBe(true);
    expect(handles.length).toBeGreaterThan(10);
    expect(truth.secrets.length).toBeGreaterThan(1000);
    const members: unknown[] = [];
    for (const handle of handles)
      members.push((await runTool(there.context, 'explain_audience', { handle })).output.customers);
    expect(members.filter(customers => customers === 'fewer than 10').length).toBeGreaterThan(2);
    expect(members.filter(customers => typeof customers === 'number').length).toBeGreaterThan(2);
  });
});

it('every tool of the registry is asked', () => {
  expect(tools.filter(({ name }) => inputsOf(name).length === 0).map(({ name }) => name)).toEqual([]);
});

/** Asks for what tools tell, in one thread: a question each, and one more that follows. */
async function askedOf(names: readonly string[]): Promise<ScriptedRequest[]> {
  let turn: { name: string; input: unknown }[] = [];
  await using scripted = await startScriptedModel(() => {
    const calls = turn;
    turn = [];
    return calls.length > 0
      ? calls.map(({ name, input }) => toolUse(name, input))
      : text('There is nothing to say.');
  });
  const access = scripted.access();
  let thread: string | null = null;
  const ask = async (question: string) => {
    const answer = await answerQuestion({
      context: there.context,
      access,
      question,
      thread,
      surface: 'test',
    });
    expect(answer.stop).toBe('answered');
    thread = answer.thread;
    return answer;
  };
  for (const name of names) {
    turn = [...inputsOf(name), ...wrongInputs].map(input => ({ name, input }));
    const asked = turn.length;
    const { calls } = await ask(
      `What does it say? Write to me at mara@letterbox.example or +44 20 7946 0101.`,
    );
    expect(calls.length).toBe(asked);
    expect(calls.filter(({ error }) => error !== null).length).toBeGreaterThanOrEqual(wrongInputs.length - 1);
    // No defect: whatever is asked is answered or refused in words.
    expect(
      calls.flatMap(({ error, input }) => (error?.includes('no fault of the call') ? [input] : [])),
    ).toEqual([]);
    for (const { output } of calls)
      if (output !== null)
        expect(
          leaksInResult(tools.find(tool => tool.name === name)!, output as Record<string, unknown>, truth),
        ).toEqual([]);
  }
  await ask('And what follows from it?');
  return scripted.requests;
}

describe('what an answer sends to the model tells of nobody and of no few', () => {
  const slow = (name: string) => tools.find(tool => tool.name === name)?.slow === true;
  it.each(
    tools
      .filter(({ effect }) => effect === 'read')
      .map(({ name }) => name)
      .filter(name => !slow(name)),
  )(
    '%s',
    async name => {
      expect(leaksIn(textsSent(await askedOf([name])), truth)).toEqual([]);
    },
    60_000,
  );

  it('tools that fit or propose, and then the overview with what was proposed', async () => {
    const names = tools.filter(({ effect, slow }) => effect !== 'read' || slow).map(({ name }) => name);
    expect(leaksIn(textsSent(await askedOf([...names, 'shop_overview'])), truth)).toEqual([]);
  }, 120_000);
});

describe('what a task sends to the model tells of nobody and of no few', () => {
  const tasks: Record<string, (access: ModelAccess) => Promise<unknown>> = {
    name: access => nameSegments(there.context, access, 'test'),
    weigh: access => weigh(there.context, access, { priority: 'we win back who lapsed', surface: 'test' }),
    'drift --explain': access => explainDrift(there.context, access, 'test'),
    'governance review': access => reviewNames(there.context, { access, surface: 'test' }),
  };
  it.each(Object.entries(tasks))(
    '%s',
    async (_name, run) => {
      // Refused once with reasons, and asked again: what is sent back is sent too.
      await using scripted = await startScriptedModel(() => text('{"not": "what was asked for"}'));
      await withFindings(() => run(scripted.access()));
      expect(scripted.requests.length).toBeGreaterThan(1);
      expect(leaksIn(textsSent(scripted.requests), truth)).toEqual([]);
    },
    60_000,
  );
});

/** So small a shop drifts too little to be told of. */
async function withFindings<T>(work: () => Promise<T>): Promise<T> {
  const { refreshes } = there.context.state;
  const { list } = refreshes;
  refreshes.list = async () => {
    const records = await list();
    const last = records.at(-1)!;
    const finding = {
      kind: 'new-channel',
      severity: 'watch',
      subject: 'market',
      sentence: 'Orders now come through “market”.',
      measure: { name: 'share', value: 0.2, threshold: 0.1 },
      explainedBy: null,
      since: last.asOf,
    } as const;
    return [...records.slice(0, -1), { ...last, findings: [...last.findings, finding] }];
  };
  try {
    return await work();
  } finally {
    refreshes.list = list;
  }
}

describe('a leak is seen', () => {
  const told = (said: string) => leaksIn([said], truth);
  it.each([
    ['an id', () => `profile ${there.secrets.find(secret => secret.startsWith('shop/'))}`],
    ['an order', () => 'the order C3-1 was late'],
    ['an address', () => 'write to rowan.c3@letterbox.example'],
    ['a number to call', () => 'call +44 20 7946 0103'],
    ['a coupon with a name', () => `they used ${rare.coupon.toLowerCase().toUpperCase()}`],
    ['a name of few', () => `{"name":"${rare.kind}"}`],
    ['a count of few', () => 'there are 7 customers in it'],
    ['all buyers', () => `of ${truth.buyers} customers`],
    [
      'a difference of few',
      () => {
        const [name, [, then, now]] = [...truth.sizes].find(
          ([, [, b, c]]) => b !== c && b! % 10 !== 0 && c! % 10 !== 0,
        )! as [string, number[]];
        return `“${name}”: ${now}; ${then}`;
      },
    ],
    ['shares that tell of all', () => `“A” | 32 customers, ${((100 * 32) / truth.buyers!).toFixed(1)} %`],
  ])('%s', (_what, said) => expect(told(said())).not.toEqual([]));

  it.each(['fewer than 10 customers', 'a share of 0.07', '7 days ago', '12 customers, 20 %'])(
    'but %s is none',
    said => expect(told(said)).toEqual([]),
  );

  it('a count, and a group within a group, of a result', () => {
    const built = tools.find(({ name }) => name === 'build_audience')!;
    const clause = { says: 'x', meets: 40, dropped: null };
    expect(leaksInResult(built, { customers: 37, buyers: 60, clauses: [clause] }, truth)).not.toEqual([]);
    expect(leaksInResult(built, { customers: 20, buyers: truth.buyers, clauses: [] }, truth)).not.toEqual([]);
    expect(leaksInResult(built, { customers: 20, buyers: 60, clauses: [clause] }, truth)).toEqual([]);
  });
});
