import { dayText, peopleText } from '../../markdown/figures.ts';
import { formatMoney, formatValue } from '../../segmentation/wording.ts';
import { type Told, toldIn } from '../../tools/results/facts.ts';
import type { People } from '../../tools/results/values.ts';
import { few } from '../../tools/results/values.ts';
import { findTool } from '../../tools/run-tool.ts';
import { bold, mrkdwn } from '../blocks/text.ts';
import { sentence } from './figures.ts';

/** A call of a tool as a reply keeps it. */
export interface EvidenceCall {
  name: string;
  input: unknown;
  /** null where it failed, or was too long to be kept. */
  output: unknown;
  cutFrom?: number;
}

/** Fields of results that hold sentences. */
const prose = new Set([
  'sentence',
  'sentences',
  'says',
  'meaning',
  'notes',
  'why',
  'reason',
  'summary',
  'text',
  'recluster',
  'means',
  'explainedBy',
  'withheld',
  'none',
  'becomes',
  'changes',
  'recipe',
  'matched',
  'definition',
  'brings',
]);

/** Fields that help to order, draw or number a result, and say nothing of customers. */
const unsaid = new Set([
  'difference',
  'gap',
  'distance',
  'more',
  'k',
  'x',
  'y',
  'long',
  'short',
  'tilt',
  'score',
]);

/**
 * All that a result tells in figures, a line for each thing that it tells of, in the order of the result: what an answer
 * that rests on it may say. Null where there is no such tool any more, or its results have another shape now.
 */
export function figureLines({ name, output }: EvidenceCall): string[] | null {
  let told: Told[];
  try {
    told = toldIn(findTool(name).output, output);
  } catch {
    return null;
  }
  const currency = currencyOf(output);
  const lines = new Map<unknown, { of: string; figures: string[]; said: string[] }>();
  for (const each of told) {
    const part = partOf(each, currency);
    if (part === null) continue;
    const thing = each.within.at(-1);
    const line = lines.get(thing) ?? { of: nameOf(each), figures: [], said: [] };
    lines.set(thing, line);
    (prose.has(each.path.at(-1) ?? '') ? line.said : line.figures).push(part);
  }
  return [...lines.values()].flatMap(({ of, figures, said }) => {
    const name = of === '' ? [] : [bold(of)];
    const sayings = said.map(text => `_${text}_`);
    // A name by itself tells nothing.
    const first = figures.length > 0 ? [figures.join('; ')] : sayings.splice(0, 1);
    return [[...name, ...first].join(': '), ...sayings].filter(line => line !== '');
  });
}

function partOf({ value, unit, people, path, within, place }: Told, currency: string | null): string | null {
  const field = path.at(-1) ?? '';
  const thing = within.at(-1) ?? {};
  if (unsaid.has(field)) return null;
  if (typeof value === 'string') {
    if (value === few) return `${label(field)} ${few}`;
    if (field === 'here' && typeof thing.all === 'string')
      return `${mrkdwn(value)} (all customers: ${mrkdwn(thing.all)})`;
    if (field === 'values') return [segmentAt(within[0], place), mrkdwn(value)].join(' ').trim();
    // It is what the line is called by.
    if (field === 'says' && 'meets' in thing) return null;
    return prose.has(field) && value.trim() !== '' ? sentence(value) : null;
  }
  const written =
    unit === 'money'
      ? formatMoney(value, currency)
      : people
        ? peopleText(value as People)
        : formatValue(value, unit!, null);
  return `${label(field)} ${mrkdwn(written)}`;
}

/** What the innermost thing around a figure is called, or where it stands. */
function nameOf({ within, path }: Told): string {
  const thing = within.at(-1) ?? {};
  const { name, label: called, title, target, date, k, says } = thing;
  for (const known of [name, called, title, 'meets' in thing ? says : undefined])
    if (typeof known === 'string' && known !== '') return known;
  if (typeof thing.from === 'string' && typeof thing.to === 'string') return `${thing.from} → ${thing.to}`;
  if (typeof target === 'string') return target;
  if (typeof date === 'string') return dayText(date);
  if (typeof k === 'number' && 'silhouette' in thing) return `${k} groups`;
  const field = path.at(-2);
  return field === undefined || within.length < 2
    ? ''
    : label(field).replace(/^./, first => first.toUpperCase());
}

const labels: Readonly<Record<string, string>> = {
  churn: 'chance of no order in 90 days',
  overdueShare: 'overdue for an order',
  lifetimeValue: 'expected in 12 months',
  expectedOrders90: 'orders expected in 90 days',
  revenueShare: 'share of revenue',
  auc: 'told apart in pairs',
  rmse: 'typically off by',
  rmseMoney: 'typically off by',
  meets: 'met by',
  dropped: 'left out',
  winBack: 'assumed share won back',
  setAside: 'in no segment',
  ordersNext90Days: 'orders in the next 90 days',
};

/** "revenue last year" of `revenueLastYear`. */
export function label(field: string): string {
  const known = labels[field];
  if (known !== undefined) return known;
  return mrkdwn(
    field
      .replaceAll(/[_-]+/g, ' ')
      .replaceAll(/(\p{Ll})(\p{Lu}|\d)/gu, '$1 $2')
      .toLowerCase(),
  );
}

/** Of values side by side, each is of the segment in its place. */
function segmentAt(result: Readonly<Record<string, unknown>> | undefined, place: number | null): string {
  const { segments } = result ?? {};
  const segment = Array.isArray(segments) && place !== null ? segments[place] : undefined;
  return typeof segment?.name === 'string' ? mrkdwn(segment.name) : '';
}

function currencyOf(output: unknown): string | null {
  const { currency, population } = (output ?? {}) as {
    currency?: unknown;
    population?: { currency?: unknown };
  };
  const known = currency ?? population?.currency;
  return typeof known === 'string' ? known : null;
}
