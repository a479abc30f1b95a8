import type { Flow, FlowTable } from '../../features/activity/flows.ts';
import { daysAfter } from '../../features/as-of.ts';
import { visitTypes } from '../../features/browse.ts';
import { mailTypes } from '../../features/engagement.ts';
import { capitalised, fence, formatCount, listed } from '../wording.ts';
import { remnant, type StoppedFlow, shortestSilence, stateOf, stoppedFlow } from './feeds.ts';
import type { Finding } from './finding.ts';

const tableNames: Readonly<Record<FlowTable, string>> = {
  orders: 'orders',
  order_lines: 'order lines',
  events: 'events',
  tickets: 'support tickets',
  customers: 'new customers',
  consents: 'consents',
};

/** Little hangs on these, and many shops bring them in at another pace than orders. */
const lesser: readonly FlowTable[] = ['customers', 'consents'];

/** Subject of the finding that a whole shop stopped. */
const allFeeds = 'all feeds';

/** What stopped together: one finding. */
interface Outage {
  subject: string;
  /** Begins a sentence, as in "E-mail events from “klaviyo”". */
  what: string;
  flows: StoppedFlow[];
}

/**
 * One finding for each source of which something stopped, or one for a shop of which everything did.
 *
 * @param flowsLastYear the flows as of the same week a year before, looked at only where something stopped
 */
export async function feedFindings(
  flows: readonly Flow[],
  asOf: string,
  flowsLastYear: () => Promise<Flow[]>,
): Promise<{ findings: Finding[]; stopped: StoppedFlow[] }> {
  const outages = outagesOf(flows);
  const stopped = outages.flatMap(outage => outage.flows);
  if (outages.length === 0) return { findings: [], stopped };
  const usual = new Set(outagesOf(await flowsLastYear()).map(({ subject }) => subject));
  const findings = outages.map(outage => tell(outage, asOf, usual.has(outage.subject)));
  return { findings, stopped };
}

function outagesOf(flows: readonly Flow[]): Outage[] {
  const steady = flows.filter(flow => stateOf(flow) !== 'unsteady');
  const stopped = steady.flatMap(flow => stoppedFlow(flow) ?? []);
  const sources = [...new Set(steady.map(({ source }) => source))].sort();
  const tables = new Set(steady.map(({ table }) => table));
  if (stopped.length === steady.length && (sources.length > 1 || tables.size > 1) && stopped.length > 0)
    return [{ subject: allFeeds, what: 'All feeds of the shop', flows: stopped }];
  return sources.flatMap(source => {
    const of = (list: readonly Flow[]) => list.filter(flow => flow.source === source);
    const mine = stopped.filter(flow => flow.source === source);
    return mine.length === 0 ? [] : [outageOf(source, mine, of(steady))];
  });
}

function outageOf(source: string, flows: StoppedFlow[], steady: readonly Flow[]): Outage {
  const tables = [...new Set(flows.map(({ table }) => table))];
  const isWhole = flows.length === steady.length && tables.length > 1;
  const parts = tables.map(table => {
    const of = (list: readonly Flow[]) => list.filter(flow => flow.table === table);
    return partOf(table, of(flows), of(steady));
  });
  return {
    subject: isWhole ? source : `${source}/${parts.map(({ id }) => id).join('+')}`,
    what: `${capitalised(isWhole ? 'all feeds' : listed(parts.map(({ words }) => words)))} from ${fence(source)}`,
    flows,
  };
}

/** The stopped part of a table: all of it, all of a known kind of events, or types of events by name. */
function partOf(
  table: FlowTable,
  flows: readonly Flow[],
  steady: readonly Flow[],
): { id: string; words: string } {
  const isOf = (types: readonly string[]) => (flow: Flow) => types.includes(flow.type?.toLowerCase() ?? '');
  for (const [words, types] of [
    ['e-mail events', mailTypes],
    ['site visits', visitTypes],
  ] as const) {
    const isAllOfIt = flows.every(isOf(types)) && flows.length === steady.filter(isOf(types)).length;
    if (table === 'events' && isAllOfIt) return { id: words, words };
  }
  if (flows.length === steady.length) return { id: table, words: tableNames[table] };
  const types = flows.map(({ type }) => type ?? 'other');
  return { id: `${table}/${types.join('+')}`, words: `events of type ${listed(types.map(fence))}` };
}

function tell({ subject, what, flows }: Outage, asOf: string, isUsual: boolean): Finding {
  const lately = flows.reduce((sum, flow) => sum + flow.lately, 0);
  const weekly = flows.reduce((sum, flow) => sum + flow.weekly, 0);
  const silentDays = Math.min(...flows.map(flow => flow.silentDays));
  const usual = `where about ${formatCount(Number(weekly.toPrecision(2)))} rows a week came before`;
  const lastDay = dayInWords(daysAfter(asOf, -silentDays - 1), asOf);
  const isSilent = silentDays >= shortestSilence;
  const told = isSilent
    ? `stopped arriving: the last came on ${lastDay}, none in the ${silentDays} days since, ${usual}`
    : `all but stopped arriving: ${formatCount(lately)} in the last 7 days, ${usual}`;
  // A weekend with a holiday before or after it.
  const mayBeClosed = subject === allFeeds && silentDays < 7;
  const isLesser = flows.every(({ table }) => lesser.includes(table));
  const also = isUsual
    ? 'It was so in the same week a year ago.'
    : mayBeClosed
      ? 'Either the shop was closed, or nothing was brought in.'
      : 'Until it is mended, what is measured from it shows the silence, not the customers.';
  return {
    kind: 'feed-stopped',
    severity: isUsual ? 'note' : mayBeClosed || isLesser ? 'watch' : 'alert',
    subject,
    sentence: `${what} ${told}. ${also}`,
    measure: isSilent
      ? { name: 'days without a row', value: silentDays, threshold: shortestSilence }
      : { name: 'share of the usual that is missing', value: 1 - lately / weekly, threshold: 1 - remnant },
    explainedBy: isUsual ? 'calendar' : null,
    since: asOf,
  };
}

/** "3 March", with the year where it is not that of the as-of date. */
export function dayInWords(day: string, asOf: string): string {
  const year = day.slice(0, 4) === asOf.slice(0, 4) ? {} : ({ year: 'numeric' } as const);
  const format = { day: 'numeric', month: 'long', timeZone: 'UTC', ...year } as const;
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', format);
}
