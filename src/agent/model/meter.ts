import type { Answer, AnswerDetails } from '../../state/answers.ts';
import type { State } from '../../state/state.ts';
import type { ModelAccess } from './access.ts';
import { holdLimits } from './limits.ts';
import { costOf, mostCost, priceOf, type TokenUsage } from './prices.ts';

/** What was spent so far on one answer. */
export type Spent = Pick<
  Answer,
  'turns' | 'inputTokens' | 'outputTokens' | 'cacheReadTokens' | 'cacheWriteTokens' | 'cost'
>;

/** The most that a request may take, where it is known before it is made. */
interface Request {
  /** Estimated from above. */
  inputTokens: number;
  maxTokens: number;
}

/** Counts what one answer takes, holds it to the caps, and leaves a row of it in the state. */
export interface Meter {
  /**
   * Before each request.
   *
   * @throws LimitReached where a cap of the answer or of the day is used up, or could be passed by `next`
   */
  allow(next?: Request): Promise<void>;
  /** Tokens that a reply to so much input may have for all caps to hold; below zero where there is no room for the input. */
  outputLeft(inputTokens: number): Promise<number>;
  /** After each request, with the usage that its reply tells. */
  add(usage: TokenUsage): void;
  spent(): Spent;
  /** Once, however it ended. Tells the row that was kept. */
  finish(outcome: Answer['outcome'], details: AnswerDetails): Promise<Answer>;
  /** Id of the row that was kept; null before. */
  row(): number | null;
}

interface MeterOptions {
  state: Pick<State, 'answers'>;
  access: ModelAccess;
  now: () => Date;
  actor: string;
  surface: string;
  purpose: Answer['purpose'];
  promptVersion: string;
  thread: string | null;
}

export function startMeter({ state, access, now, ...asked }: MeterOptions): Meter {
  const price = priceOf(access.id, access.prices);
  const began = now();
  const spent: Spent = {
    turns: 0,
    inputTokens: 0,
    outputTokens: 0,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    cost: price && 0,
  };
  /** US dollars that the request under way may cost. */
  let held = 0;
  let row: number | null = null;
  const underWay = () => (spent.cost ?? 0) + held;
  access.underWay.add(underWay);
  /**
   * Answers that are under way have no row yet; this one is among them, without what it holds. What comes is to be
   * called in the moment that acts on it: others ask meanwhile.
   */
  const spentToday = async (): Promise<() => number> => {
    const before = [...access.underWay];
    const kept = await spentOn(state, now());
    // One that ended meanwhile may count twice; none is missed.
    const all = () => new Set([...before, ...access.underWay]);
    return () => [...all()].reduce((sum, other) => sum + other(), kept) - held;
  };
  return {
    async allow(next = { inputTokens: 1, maxTokens: 0 }) {
      const most = price && mostCost(price, next.inputTokens, next.maxTokens);
      const cost = spent.cost === null || most === null ? null : spent.cost + most;
      const today = await spentToday();
      const dayCost = most === null ? null : today() + most;
      const tokens = spentTokens(spent) + next.inputTokens + next.maxTokens;
      holdLimits({ turns: spent.turns + 1, tokens, cost, dayCost }, access.limits);
      held = most ?? 0;
    },
    async outputLeft(inputTokens) {
      const { limits } = access;
      const left = limits.tokens - spentTokens(spent) - inputTokens;
      if (!price || spent.cost === null) return left;
      const dollars = Math.min(limits.cost - spent.cost, limits.dayCost - (await spentToday())());
      const output = (tokens: number) => mostCost(price, inputTokens, tokens);
      return Math.min(left, Math.floor((dollars - output(0)) / (output(1) - output(0))));
    },
    add(usage) {
      held = 0;
      spent.turns++;
      spent.inputTokens += usage.input_tokens;
      spent.outputTokens += usage.output_tokens;
      spent.cacheReadTokens += usage.cache_read_input_tokens ?? 0;
      spent.cacheWriteTokens += usage.cache_creation_input_tokens ?? 0;
      if (price && spent.cost !== null) spent.cost += costOf(price, usage);
    },
    spent: () => ({ ...spent }),
    async finish(outcome, details) {
      const at = now();
      const answer: Answer = {
        at: at.toISOString(),
        ...asked,
        model: access.id,
        outcome,
        ...spent,
        milliseconds: Math.max(0, at.getTime() - began.getTime()),
        details,
      };
      try {
        row = await state.answers.record(answer);
      } finally {
        access.underWay.delete(underWay);
      }
      return answer;
    },
    row: () => row,
  };
}

function spentTokens({ inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens }: Spent): number {
  return inputTokens + outputTokens + cacheReadTokens + cacheWriteTokens;
}

/** US dollars that were spent on the day of `now` (UTC), as far as prices were known. */
async function spentOn(state: Pick<State, 'answers'>, now: Date): Promise<number> {
  const day = now.toISOString().slice(0, 10);
  const from = new Date(`${day}T00:00:00.000Z`);
  const until = new Date(from.getTime() + 86_400_000);
  const answers = await state.answers.list({ from: from.toISOString(), until: until.toISOString() });
  return answers.reduce((sum, { cost }) => sum + (cost ?? 0), 0);
}
