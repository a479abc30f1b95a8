import { formatCount, formatMoneyShort, listed } from '../../../segmentation/wording.ts';
import type { People } from '../../../tools/results/values.ts';
import { bullets, customersText, type Part, paragraphs } from './figures.ts';
import type { LookingUp } from './looking-up.ts';

interface Overview {
  currency: string | null;
  customers: People;
  orders: number;
  span: { first: string; last: string } | null;
  readiness: { missing: { class: string; brings: string }[] };
  segments: {
    revenue: number;
    groups: number;
    found: string;
    refreshed: string;
    alerts: number;
    toWatch: number;
  } | null;
  openProposals: { id: string; summary: string }[];
}

/** The shop at a glance. */
export async function overviewAnswer({ look }: LookingUp): Promise<Part> {
  const { currency, customers, orders, span, readiness, segments, openProposals } =
    await look<Overview>('shop_overview');
  const period = span === null ? '' : ` from ${span.first} to ${span.last}`;
  const text = paragraphs([
    `The shop has ${customersText(customers)} with ${formatCount(orders)} orders${period}.`,
    segments === null
      ? 'Nothing was segmented yet: `kindred segment` does it.'
      : `They stand in ${segments.groups} segments with ${formatMoneyShort(segments.revenue, currency)} of revenue, found on ${segments.found} and refreshed as of ${segments.refreshed}; ${segments.alerts} alerts, ${segments.toWatch} findings to watch.`,
    readiness.missing.length === 0
      ? null
      : `Not in the data: ${listed(readiness.missing.map(each => each.class))}. \`kindred readiness\` says what each would bring.`,
    openProposals.length === 0
      ? null
      : `Waiting for a person:\n${bullets(openProposals.map(({ id, summary }) => `${id}: ${summary}`))}`,
  ]);
  const waiting = openProposals.length > 0;
  return { text, next: waiting ? '`kindred approve ID` or `kindred reject ID` decides what waits.' : null };
}
