import type { AgentConfig } from '../../config.ts';
import { OperatorError } from '../../errors.ts';

/** A cap that is used up, or would be passed by the next request. */
export class LimitReached extends OperatorError {
  readonly limit: Limit;

  constructor(limit: Limit, message: string, next: string) {
    super(message, next);
    this.limit = limit;
  }
}

type Limit = 'turns' | 'tokens' | 'cost' | 'day-cost';

/** What is used up, or would be with the next request. Dollars are null where the price of the model is not known. */
interface Used {
  turns: number;
  /** In and out, whether cached or not. */
  tokens: number;
  cost: number | null;
  /** Of all that was asked on this day, this included. */
  dayCost: number | null;
}

const settings: Record<Limit, string> = {
  turns: 'KINDRED_ANSWER_TURNS',
  tokens: 'KINDRED_ANSWER_TOKENS',
  cost: 'KINDRED_ANSWER_COST',
  'day-cost': 'KINDRED_DAY_COST',
};

/** @throws LimitReached where `used` is more than a cap allows. Caps in dollars do not hold what has no known price. */
export function holdLimits(used: Used, limits: AgentConfig['limits']): void {
  if (used.turns > limits.turns)
    throw passed('turns', `the ${limits.turns} requests to the model that one answer may make are used up`);
  if (used.tokens > limits.tokens)
    throw passed(
      'tokens',
      `another request could pass the ${limits.tokens.toLocaleString('en')} tokens that one answer may take`,
    );
  if (used.cost !== null && used.cost > limits.cost)
    throw passed('cost', `another request could cost more than the $${limits.cost} that one answer may cost`);
  if (used.dayCost !== null && used.dayCost > limits.dayCost)
    throw passed('day-cost', `another request could pass the $${limits.dayCost} that may be spent in a day`);
}

function passed(limit: Limit, why: string): LimitReached {
  const next =
    limit === 'day-cost'
      ? 'Ask again tomorrow (the day ends at midnight UTC), or raise KINDRED_DAY_COST. `kindred usage` shows what was spent.'
      : `Ask for less at once, or raise ${settings[limit]}.`;
  return new LimitReached(limit, `The model was not asked further: ${why}.`, next);
}

/** Tokens of what is sent, estimated from above: few texts have so few characters to a token. */
export function tokensAtMost(sent: unknown): number {
  return Math.ceil(JSON.stringify(sent).length / 2);
}
