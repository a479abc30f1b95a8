import type { Flow, FlowTable } from '../../features/activity/flows.ts';
import { daysAfter } from '../../features/as-of.ts';
import { visitTypes } from '../../features/browse.ts';
import { mailTypes } from '../../features/engagement.ts';
import { capitalised, fence, formatCount, listed } from '../wording.ts';
import {
  type ReturnedFlow,
  remnant,
  returnedFlow,
  type StoppedFlow,
  seenFor,
  shortestSilence,
  stateOf,
  stoppedFlow,
} from './feeds.ts';
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

/** What happened to several flows at once: one finding. */
interface Together<Told extends Flow> {
  subject: string;
  /** Begins a sentence, as in "E-mail events from “klaviyo”". */
  what: string;
  flows: Told[];
}

interface Feeds {
  findings: Finding[];
  stopped: StoppedFlow[];
  returned: ReturnedFlow[];
}

/**
 * One finding for each source of which something stopped or came back, or one for a shop of which everything did.
 *
 * @param flowsLastYear the flows as of the same week a year before, looked at only where something stopped
 */
export async function feedFindings(
  flows: readonly Flow[],
  asOf: string,
  flowsLastYear: () => Promise<Flow[]>,
): Promise<Feeds> {
  const { stopped, returned, steady } = statesOf(flows);
  const usual = new Set<string>();
  if (stopped.length > 0) {
    const yearAgo = statesOf(await flowsLastYear());
    for (const { subject } of together(yearAgo.stopped, yearAgo.steady)) usual.add(subject);
  }
  const findings = [
    ...together(stopped, steady).map(outage => tell(outage, asOf, usual.has(outage.subject))),
    ...together(returned, steady).map(back => tellReturn(back, asOf)),
  ];
  return { findings, stopped, returned };
}

function statesOf(flows: readonly Flow[]) {
  const stopped = flows.flatMap(flow => stoppedFlow(flow) ?? []);
  const returned = flows.flatMap(flow => (stoppedFlow(flow) ? [] : (returnedFlow(flow) ?? [])));
  const back = new Set(returned.map(({ daily }) => daily));
  const steady = flows.filter(flow => back.has(flow.daily) || stateOf(flow) !== 'unsteady');
  return { stopped, returned, steady };
}

function together<Told extends Flow>(told: readonly Told[], steady: readonly Flow[]): Together<Told>[] {
  if (told.length === 0) return [];
  const kinds = new Set(steady.map(({ table, source }) => `${table} ${source}`));
  if (told.length === steady.length && kinds.size > 1)
    return [{ subject: allFeeds, what: 'All feeds of the shop', flows: [...told] }];
  const sources = [...new Set(told.map(({ source }) => source))].sort();
  return sources.map(source => {
    const isOf = (flow: Flow) => flow.source === source;
    return ofSource(source, told.filter(isOf), steady.filter(isOf));
  });
}

function ofSource<Told extends Flow>(source: string, flows: Told[], steady: readonly Flow[]): Together<Told> {
  const tables = [...new Set(flows.map(({ table }) => table))];
  const isWhole = flows.length === steady.length && tables.length > 1;
  const parts = tables.map(table => {
    const isOf = (flow: Flow) => flow.table === table;
    return partOf(table, flows.filter(isOf), steady.filter(isOf));
  });
  return {
    subject: isWhole ? source : `${source}/${parts.map(({ id }) => id).join('+')}`,
    what: `${capitalised(isWhole ? 'all feeds' : listed(parts.map(({ words }) => words)))} from ${fence(source)}`,
    flows,
  };
}

/** A part of a table: all of it, all of a known kind of events, or types of events by name. */
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

function tell({ subject, what, flows }: Together<StoppedFlow>, asOf: string, isUsual: boolean): Finding {
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

function tellReturn({ subject, what, flows }: Together<ReturnedFlow>, asOf: string): Finding {
  const gap = Math.max(...flows.map(flow => flow.gap));
  const backFor = Math.min(...flows.map(flow => flow.backFor));
  const back = dayInWords(daysAfter(asOf, -backFor), asOf);
  const left = Math.max(...flows.map(flow => seenFor(flow, flow.gap) - flow.backFor));
  const judged = dayInWords(daysAfter(asOf, left + 1), asOf);
  return {
    kind: 'feed-stopped',
    severity: 'note',
    subject,
    sentence: `${what} came back on ${back}, after ${formatCount(gap)} days without a row. What looks back over them is not judged before ${judged}.`,
    measure: { name: 'days without rows', value: gap, threshold: 7 },
    explainedBy: 'feed',
    since: asOf,
  };
}

/** "3 March", with the year where it is not that of the as-of date. */
export function dayInWords(day: string, asOf: string): string {
  const year = day.slice(0, 4) === asOf.slice(0, 4) ? {} : ({ year: 'numeric' } as const);
  const format = { day: 'numeric', month: 'long', timeZone: 'UTC', ...year } as const;
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', format);
}
