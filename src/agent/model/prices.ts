import type { ModelPrices } from '../../config.ts';

/** Tokens of one request, as the Messages API tells them: the three kinds of input exclude each other. */
export interface TokenUsage {
  input_tokens: number;
  output_tokens: number;
  cache_read_input_tokens?: number | null | undefined;
  cache_creation_input_tokens?: number | null | undefined;
}

/** US dollars per million tokens. */
interface Rates {
  input: number;
  output: number;
  cacheRead: number;
  /** Kept for five minutes, the only kind that Kindred asks for. */
  cacheWrite: number;
}

/** Rates of requests whose input is longer than `above` tokens, where there are such. */
interface Price extends Rates {
  long?: Rates & { above: number };
}

/** Anthropic's list prices of its current models, looked up at https://platform.claude.com/docs/en/about-claude/pricing on this day. */
export const pricesAsOf = '2026-10-16';

const listed: Readonly<Record<string, Price>> = {
  'claude-fable-5-1': { input: 10, output: 50, cacheRead: 0.25, cacheWrite: 12.5 },
  'claude-fable-5': rates(10, 50),
  'claude-opus-5-5': { input: 4, output: 20, cacheRead: 0.2, cacheWrite: 5 },
  'claude-opus-5': rates(5, 25),
  'claude-opus-4-8': rates(5, 25),
  'claude-opus-4-7': rates(5, 25),
  'claude-opus-4-6': rates(5, 25),
  'claude-opus-4-5': rates(5, 25),
  'claude-sonnet-5-5': { input: 2, output: 10, cacheRead: 0.1, cacheWrite: 2.5 },
  'claude-sonnet-5': rates(2, 10),
  'claude-sonnet-4-6': rates(3, 15),
  'claude-sonnet-4-5': rates(3, 15),
  'claude-haiku-5-5': { ...rates(0.1, 0.5), long: { above: 100_000, ...rates(0.5, 2.5) } },
  'claude-haiku-4-5': rates(1, 5),
};

/** Reading from the cache commonly costs a tenth of the input, writing to it a quarter more. */
function rates(input: number, output: number): Rates {
  return { input, output, cacheRead: input * 0.1, cacheWrite: input * 1.25 };
}

/** What the operator says comes first; null for a model of which nobody said a price. */
export function priceOf(model: string, told: ModelPrices | null): Price | null {
  if (told) return rates(told.input, told.output);
  return listed[model] ?? listed[model.replace(/-\d{8}$/, '')] ?? null;
}

/** US dollars of one request. */
export function costOf(price: Price, usage: TokenUsage): number {
  const { long } = price;
  const applied = long && inputTokens(usage) > long.above ? long : price;
  return (
    (usage.input_tokens * applied.input +
      usage.output_tokens * applied.output +
      (usage.cache_read_input_tokens ?? 0) * applied.cacheRead +
      (usage.cache_creation_input_tokens ?? 0) * applied.cacheWrite) /
    1e6
  );
}

/** US dollars that a request may cost: what it sends may all have to be written to the cache, which costs more. */
export function mostCost(price: Price, input: number, output: number): number {
  const usage = { input_tokens: 0, output_tokens: output };
  return Math.max(
    costOf(price, { ...usage, input_tokens: input }),
    costOf(price, { ...usage, cache_creation_input_tokens: input }),
  );
}

export function inputTokens(usage: TokenUsage): number {
  return usage.input_tokens + (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0);
}
