import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ModelAccess } from '../../../src/agent/model/access.ts';
import { LimitReached } from '../../../src/agent/model/limits.ts';
import { costOf, priceOf } from '../../../src/agent/model/prices.ts';
import { replyTokens } from '../../../src/agent/model/room-to-think.ts';
import type { Answer } from '../../../src/state/answers.ts';
import { keptAnswers, meterOf, now } from '../parts.ts';

const limits = { turns: 3, tokens: 10_000, cost: 0.05, dayCost: 0.1 };
const accessTo = (changes: Partial<ModelAccess> = {}): ModelAccess => ({
  client: {} as never,
  id: 'claude-sonnet-5-5',
  official: true,
  limits,
  prices: null,
  underWay: new Set(),
  ...changes,
});
const usage = { input_tokens: 1000, output_tokens: 100 };
const details = { tools: ['look'], unsupported: [] };

const limitOf = (allowed: Promise<void>) =>
  allowed.then(
    () => null,
    error => {
      expect(error).toBeInstanceOf(LimitReached);
      return (error as LimitReached).limit;
    },
  );

test('leaves a row of what an answer took', async () => {
  const state = keptAnswers();
  const access = accessTo();
  const meter = meterOf(access, state);
  await meter.allow();
  meter.add({ ...usage, cache_read_input_tokens: 4000, cache_creation_input_tokens: 2000 });
  meter.add({ ...usage, cache_read_input_tokens: null });
  const answer = await meter.finish('answered', details);
  expect(state.rows).toEqual([answer]);
  expect(answer).toMatchObject({
    at: now.toISOString(),
    actor: 'tester',
    model: 'claude-sonnet-5-5',
    outcome: 'answered',
    turns: 2,
    inputTokens: 2000,
    outputTokens: 200,
    cacheReadTokens: 4000,
    cacheWriteTokens: 2000,
    details,
  });
  // 2,000 in at $2, 4,000 from the cache at $0.10, 2,000 into it at $2.50, 200 out at $10.
  expect(answer.cost).toBeCloseTo(0.004 + 0.0004 + 0.005 + 0.002, 12);
});

test('each cap stops the request that would pass it, and no other', async () => {
  const next = (inputTokens: number, maxTokens: number) => ({ inputTokens, maxTokens });
  const meter = meterOf(accessTo());
  expect(await limitOf(meter.allow(next(9000, 1000)))).toBeNull();
  expect(await limitOf(meter.allow(next(9000, 1001)))).toBe('tokens');
  expect(await limitOf(meter.allow(next(1000, 4751)))).toBe('cost');
  for (let turn = 0; turn < 3; turn++) {
    expect(await limitOf(meter.allow())).toBeNull();
    meter.add({ input_tokens: 10, output_tokens: 1 });
  }
  expect(await limitOf(meter.allow())).toBe('turns');
});

test('without a known price the caps on tokens and turns hold', async () => {
  const meter = meterOf(accessTo({ id: 'a-model-of-ones-own' }));
  expect(await limitOf(meter.allow({ inputTokens: 1, maxTokens: 9999 }))).toBeNull();
  expect(await limitOf(meter.allow({ inputTokens: 1, maxTokens: 10_000 }))).toBe('tokens');
  expect((await meter.finish('answered', details)).cost).toBeNull();
});

test('the cap of a day counts what is under way and what others spent, from midnight on', async () => {
  const spent = (at: string, cost: number | null) => ({ at, cost }) as Answer;
  const state = keptAnswers([
    spent('2026-03-01T23:59:59.999Z', 50),
    spent('2026-03-02T00:00:00.000Z', 0.05),
    spent('2026-03-02T08:00:00.000Z', null),
  ]);
  const access = accessTo();
  const other = meterOf(access, state);
  const mine = meterOf(access, state);
  const next = { inputTokens: 0, maxTokens: 4000 };
  expect(await limitOf(mine.allow(next))).toBeNull();
  other.add({ input_tokens: 0, output_tokens: 1500 });
  expect(await limitOf(mine.allow(next))).toBe('day-cost');
  await other.finish('answered', details);
  expect(await limitOf(mine.allow(next))).toBe('day-cost');
  expect(access.underWay.size).toBe(1);
  await mine.finish('limit', details);
  expect(access.underWay.size).toBe(0);
});

test('two that ask at once cannot pass the cap of the day together', async () => {
  const access = accessTo();
  const state = keptAnswers([{ at: now.toISOString(), cost: 0.03 } as Answer]);
  const [one, other] = [meterOf(access, state), meterOf(access, state)];
  const next = { inputTokens: 0, maxTokens: 4000 };
  const limits = await Promise.all([one, other].map(meter => limitOf(meter.allow(next))));
  expect(limits.sort()).toEqual(['day-cost', null]);
  // What the request did not take is free again.
  one.add({ input_tokens: 0, output_tokens: 100 });
  other.add({ input_tokens: 0, output_tokens: 100 });
  expect(await limitOf(one.allow(next))).toBeNull();
});

test('what a request sends may all be written to the cache, which costs more', async () => {
  const meter = meterOf(accessTo());
  expect(await limitOf(meter.allow({ inputTokens: 8000, maxTokens: 2000 }))).toBeNull();
  meter.add({ input_tokens: 0, cache_creation_input_tokens: 2000, output_tokens: 1000 });
  // $0.015 spent: 5,000 more at $2.50 a million and 2,250 out at $10 come to the cap of $0.05.
  expect(await limitOf(meter.allow({ inputTokens: 4900, maxTokens: 2100 }))).toBeNull();
  expect(await limitOf(meterOf(accessTo()).allow({ inputTokens: 7000, maxTokens: 3000 }))).toBeNull();
  expect(await limitOf(meterOf(accessTo()).allow({ inputTokens: 1001, maxTokens: 4750 }))).toBe('cost');
});

test('a row that cannot be kept does not count for ever', async () => {
  const access = accessTo();
  const meter = meterOf(access, {
    ...keptAnswers(),
    answers: {
      list: async () => [],
      record: async () => {
        throw new Error('disk full');
      },
    },
  });
  await expect(meter.finish('failed', details)).rejects.toThrow('disk full');
  expect(access.underWay.size).toBe(0);
});

test('no allowed answer passes a cap, whatever its requests take of what they may', async () => {
  const request = fc.record({
    inputTokens: fc.integer({ min: 0, max: 4000 }),
    maxTokens: fc.integer({ min: 1, max: 3000 }),
    took: fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(request, { maxLength: 6 }), async requests => {
      const meter = meterOf(accessTo());
      for (const { took, ...next } of requests) {
        if (await limitOf(meter.allow(next))) break;
        meter.add({
          input_tokens: Math.floor(next.inputTokens * took[0]),
          output_tokens: Math.floor(next.maxTokens * took[1]),
        });
      }
      const { turns, inputTokens, outputTokens, cost } = meter.spent();
      expect(turns).toBeLessThanOrEqual(limits.turns);
      expect(inputTokens + outputTokens).toBeLessThanOrEqual(limits.tokens);
      expect(cost).toBeLessThanOrEqual(limits.cost + 1e-12);
    }),
  );
});

test('what is left for a reply is what every cap allows, and hardly a token less', async () => {
  const left = async (access: ModelAccess, inputTokens: number, binding: string) => {
    const meter = meterOf(access);
    meter.add(usage);
    const most = await meter.outputLeft(inputTokens);
    expect(await limitOf(meter.allow({ inputTokens, maxTokens: most }))).toBeNull();
    expect(await limitOf(meter.allow({ inputTokens, maxTokens: most + 2 }))).toBe(binding);
  };
  await left(accessTo(), 1000, 'cost');
  await left(accessTo({ limits: { ...limits, cost: 9, dayCost: 9 } }), 1000, 'tokens');
  await left(accessTo({ limits: { ...limits, dayCost: 0.04 } }), 1000, 'day-cost');
  await left(accessTo({ id: 'a-model-of-ones-own' }), 1000, 'tokens');
  await left(accessTo({ id: 'claude-haiku-5-5', limits: { ...limits, cost: 0.0008 } }), 200, 'cost');
});

test('room to think is given as far as the caps allow', async () => {
  const of = (access: ModelAccess) => replyTokens({ access, meter: meterOf(access) }, 2000, 1000);
  const wide = { turns: 9, tokens: 1e9, cost: 1e6, dayCost: 1e6 };
  expect(await of(accessTo({ official: false, limits: wide }))).toBe(2000);
  expect(await of(accessTo({ limits: wide }))).toBeGreaterThan(8000);
  expect([4749, 4750]).toContain(await of(accessTo()));
  expect(await of(accessTo({ limits: { ...limits, cost: 0.001 } }))).toBe(2000);
});

test('prices are those told, else the listed ones; ids with a date are known by the name before it', () => {
  expect(priceOf('claude-sonnet-5-5', { input: 3, output: 15 })).toMatchObject({ input: 3, output: 15 });
  expect(priceOf('claude-haiku-4-5-20251001', null)).toEqual(priceOf('claude-haiku-4-5', null));
  expect(priceOf('claude-haiku-4-5', null)).not.toBeNull();
  expect(priceOf('qwen3', null)).toBeNull();
});

test('a request longer than the first tier pays the second for all of it', () => {
  const price = priceOf('claude-haiku-5-5', null)!;
  const output = { output_tokens: 1e6 };
  expect(costOf(price, { ...output, input_tokens: 50_000, cache_read_input_tokens: 50_000 })).toBeCloseTo(
    0.005 + 0.0005 + 0.5,
    10,
  );
  expect(costOf(price, { ...output, input_tokens: 50_000, cache_read_input_tokens: 50_001 })).toBeCloseTo(
    0.025 + 0.0025 + 2.5,
    6,
  );
});
