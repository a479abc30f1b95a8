import type { Answer } from '../state/answers.ts';

/** What a group of answers took. */
export interface Usage {
  answers: number;
  /** Requests to the model. */
  turns: number;
  /** In all, read from the cache or not; and what the model wrote. */
  inputTokens: number;
  outputTokens: number;
  /** Share of the input that was read from the cache, 0..1; null where there was none. */
  cachedShare: number | null;
  /** US dollars, as far as prices were known; null where none was. */
  cost: number | null;
  /** Answers of models whose price is not known. */
  unpriced: number;
  /** Milliseconds. */
  latency: { median: number; p95: number };
  outcomes: Partial<Record<Answer['outcome'], number>>;
}

export interface UsageRow extends Usage {
  /** UTC, as the cap of a day is. */
  day: string;
  purpose: Answer['purpose'];
  model: string;
}

/** By day, purpose and model, the newest day first; null where nothing was asked. */
export function usageOf(answers: readonly Answer[]): { rows: UsageRow[]; total: Usage | null } {
  const groups = new Map<string, Answer[]>();
  for (const answer of answers) {
    const group = JSON.stringify([answer.at.slice(0, 10), answer.purpose, answer.model]);
    groups.set(group, [...(groups.get(group) ?? []), answer]);
  }
  const rows = [...groups.values()].map(group => {
    const { at, purpose, model } = group[0]!;
    return { day: at.slice(0, 10), purpose, model, ...sumOf(group) };
  });
  const key = ({ purpose, model }: UsageRow) => `${purpose}\0${model}`;
  rows.sort((a, b) => compare(b.day, a.day) || compare(key(a), key(b)));
  return { rows, total: answers.length > 0 ? sumOf(answers) : null };
}

function sumOf(answers: readonly Answer[]): Usage {
  const sum = (of: (answer: Answer) => number) => answers.reduce((total, answer) => total + of(answer), 0);
  const cached = sum(({ cacheReadTokens }) => cacheReadTokens);
  const input = cached + sum(answer => answer.inputTokens + answer.cacheWriteTokens);
  const unpriced = answers.filter(({ cost }) => cost === null).length;
  const times = answers.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  const outcomes: Usage['outcomes'] = {};
  for (const { outcome } of answers) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  return {
    answers: answers.length,
    turns: sum(({ turns }) => turns),
    inputTokens: input,
    outputTokens: sum(({ outputTokens }) => outputTokens),
    cachedShare: input > 0 ? round(cached / input, 4) : null,
    cost:
      unpriced === answers.length
        ? null
        : round(
            sum(({ cost }) => cost ?? 0),
            6,
          ),
    unpriced,
    latency: { median: quantile(times, 0.5), p95: quantile(times, 0.95) },
    outcomes,
  };
}

/** The least value that at least `share` of them do not exceed. */
const quantile = (sorted: readonly number[], share: number) => sorted[Math.ceil(share * sorted.length) - 1]!;
const round = (value: number, decimals: number) => Number(value.toFixed(decimals));
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
