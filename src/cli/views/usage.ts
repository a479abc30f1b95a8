import { pricesAsOf } from '../../agent/model/prices.ts';
import type { Usage, UsageRow } from '../../agent/usage.ts';
import { formatCount } from '../../segmentation/wording.ts';
import type { Answer } from '../../state/answers.ts';
import { textTable } from './table.ts';
import { counted, wrap } from './text.ts';

interface UsageTold {
  days: number;
  today: { cost: number; limit: number };
  rows: readonly UsageRow[];
  total: Usage | null;
}

export function usageView({ days, today, rows, total }: UsageTold, width: number): string {
  if (!total)
    return `No model was asked ${days === 1 ? 'today' : `in the last ${days} days`}. \`kindred ask "QUESTION"\` asks one.\n`;
  const right = { align: 'right' as const };
  const table = textTable(
    [
      { head: 'Day, purpose\nmodel' },
      { head: 'Answers\nturns', ...right },
      { head: 'Tokens in\nout', ...right },
      { head: 'Cached', ...right },
      { head: 'Cost', ...right },
      { head: 'Median\n95 %', ...right },
      { head: 'Outcome', grows: true },
    ],
    [
      ...rows.map(row => [`${row.day} ${row.purpose}\n${row.model}`, ...cells(row)]),
      ...(rows.length > 1 ? [['In all', ...cells(total)]] : []),
    ],
    width,
  );
  const notes = [
    `Today ${money(today.cost)} of the $${today.limit} that KINDRED_DAY_COST allows were spent. Days end at midnight UTC.`,
    'Half of all answers took no longer than the median, 95 in 100 no longer than the time below it.',
    total.unpriced > 0
      ? `${total.cost === null ? '' : '* '}${counted(total.unpriced, 'answer')} came from models whose prices are not known and ${total.unpriced === 1 ? 'is' : 'are'} not in the cost; KINDRED_MODEL_PRICES tells them, such as 3/15.`
      : `Prices are those of ${pricesAsOf}, or of KINDRED_MODEL_PRICES; the bill of the service may differ.`,
  ];
  return `${table}\n${notes.map(note => `${wrap(note, width)}\n`).join('')}`;
}

function cells({ latency, ...usage }: Usage): string[] {
  return [
    `${formatCount(usage.answers)}\n${formatCount(usage.turns)}`,
    `${tokens(usage.inputTokens)}\n${tokens(usage.outputTokens)}`,
    usage.cachedShare === null ? '' : `${Math.round(usage.cachedShare * 100)} %`,
    dollars(usage),
    `${seconds(latency.median)}\n${seconds(latency.p95)}`,
    outcomes(usage),
  ];
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;

/** "12.3k", as nobody reads the last digits of it. */
function tokens(count: number): string {
  if (count < 10_000) return formatCount(count);
  return count < 1e6 ? `${(count / 1000).toFixed(1)}k` : `${(count / 1e6).toFixed(1)}M`;
}

/** An asterisk where not all prices were known. */
function dollars({ cost, unpriced }: Pick<Usage, 'cost' | 'unpriced'>): string {
  if (cost === null) return 'unknown';
  return `${money(cost)}${unpriced > 0 ? '*' : ''}`;
}

/** In cents where there are any, else as many decimals as it takes to see it. */
function money(cost: number): string {
  if (cost === 0 || cost >= 0.1) return `$${cost.toFixed(2)}`;
  return cost < 0.0001 ? '<$0.0001' : `$${cost.toFixed(4)}`;
}

const ends: Readonly<Record<Answer['outcome'], string>> = {
  answered: 'answered',
  fallback: 'with the fallback',
  refused: 'refused',
  limit: 'at a cap',
  cancelled: 'cancelled',
  failed: 'failed',
};

/** In the order of `ends`, each on a line. */
function outcomes({ outcomes: ended }: Pick<Usage, 'outcomes'>): string {
  return Object.entries(ends)
    .flatMap(([outcome, words]) => {
      const count = ended[outcome as Answer['outcome']];
      return count ? [`${formatCount(count)} ${words}`] : [];
    })
    .join('\n');
}
