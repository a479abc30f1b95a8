import { capitalised, formatCount, formatMoney, formatValue, tamed } from '../../segmentation/wording.ts';
import { decidedBy } from './judge.ts';
import type { Figures, LiftReport, Metric, MetricLift } from './report.ts';
import { points } from './size-needed.ts';

type Told = Omit<LiftReport, 'says' | 'notes'>;

export const metricTitles = {
  revenue: 'Revenue per customer assigned',
  conversion: 'Ordered',
  'order-value': 'Order value',
  returns: 'Sent something back',
  retention: 'Ordered again in 90 days',
} as const satisfies Record<Metric, string>;

export const isMoney = (metric: Metric) => metric === 'revenue' || metric === 'order-value';

export const verdictWords = {
  works: 'works',
  harms: 'does harm',
  'does not': 'does not work',
  'cannot tell': 'cannot tell yet',
  'too early': 'too early',
} as const;

/** The plain answer first, then the figures that it rests on, and what it would take. */
export function sayingOf(report: Told): string {
  const { campaign, verdict, mismatch, crossed, next, days, all } = report;
  const name = `“${tamed(campaign.name)}”`;
  if (verdict === 'too early')
    return `Too early to tell of ${name}: the ${days} days after it are not over. The first answer is on ${next}.`;
  if (crossed?.much)
    return `Cannot tell of ${name}: ${crossedPart(crossed)} of the customers who were held out were sent it all the same, so nobody shows what comes without it.`;
  if (mismatch)
    return `Cannot tell of ${name}: the customers who were treated and held out are not in the shares that were drawn, so something else than the lot decided who is among them.`;
  const decided = decidedBy(all);
  const proof = decided.figures === null ? '' : ` ${comparison(decided.metric, decided.figures, report)}`;
  switch (verdict) {
    case 'works':
      return `${name} works.${proof}${harmIn(report)}`;
    case 'harms':
      return `${name} does harm.${proof}`;
    case 'does not':
      return `${name} does not work: what it brings is less than a tenth of what comes without it.${proof}`;
    case 'cannot tell':
      return `Cannot tell yet whether ${name} works.${proof} ${moreNeeded(report)}`.trim();
  }
}

/** "12 %"; no share that tells of fewer than ten. */
const crossedPart = ({ share }: NonNullable<Told['crossed']>) =>
  share === null ? 'some' : formatValue(share, 'share', null);

/** What it harms, beside that it works. */
function harmIn({ all, segments }: Told): string {
  const metrics = all.metrics.filter(({ verdict }) => verdict === 'harms');
  const harmed = segments.filter(({ verdict }) => verdict === 'harms');
  return [
    ...metrics.map(({ metric }) => ` But: “${metricTitles[metric]}” is worse for it.`),
    ...harmed.map(({ name }) => ` But it does harm among “${tamed(name)}”.`),
  ].join('');
}

/** "12.4 % of those assigned ordered within 30 days, 10.1 % of those held out: 2.3 points more (0.4 to 4.1)." */
export function comparison(
  metric: Metric,
  figures: Figures,
  { days, currency }: Pick<Told, 'days' | 'currency'>,
): string {
  const value = (amount: number) => valueText(metric, amount, currency);
  const [one, other] = [value(figures.treated), value(figures.holdout)];
  const more = `${differenceText(metric, Math.abs(figures.difference), currency)} ${figures.difference < 0 ? 'less' : 'more'}`;
  const interval = `95 % interval ${intervalText(metric, figures, currency)}`;
  const what = {
    revenue: `Each customer assigned brought ${one} within ${days} days, each one held out ${other}`,
    conversion: `${one} of those assigned ordered within ${days} days, ${other} of those held out`,
    'order-value': `An order of those assigned was ${one}, one of those held out ${other}`,
    returns: `${one} of those assigned who ordered sent something back, ${other} of those held out`,
    retention: `${one} of those assigned ordered again in the 90 days after, ${other} of those held out`,
  } as const satisfies Record<Metric, string>;
  return `${what[metric]}: ${more} (${interval}).`;
}

export function valueText(metric: Metric, value: number, currency: string | null): string {
  return isMoney(metric) ? formatMoney(value, currency) : formatValue(value, 'share', null);
}

const differenceText = (metric: Metric, value: number, currency: string | null) =>
  isMoney(metric) ? formatMoney(value, currency) : points(value);

/** "+£0.40 to +£2.10", "-0.4 to +3.1 points". */
export function intervalText(
  metric: Metric,
  { low, high }: Pick<Figures, 'low' | 'high'>,
  currency: string | null,
) {
  const one = (value: number) =>
    `${value < 0 ? '-' : '+'}${isMoney(metric) ? formatMoney(Math.abs(value), currency) : tenth(value)}`;
  return `${one(low)} to ${one(high)}${isMoney(metric) ? '' : ' points'}`;
}

export const tenth = (share: number) => (Math.abs(share) * 100).toFixed(1);

function moreNeeded({ needed, detectable, all }: Told): string {
  if (needed !== null) {
    const { customers, weeks } = needed;
    const time =
      weeks === null || weeks > 104
        ? ''
        : `, some ${weeks} ${weeks === 1 ? 'week' : 'weeks'} at the pace of late`;
    return `If the difference in orders is a true one, about ${formatCount(customers)} more customers would show it${time}.`;
  }
  if (detectable !== null)
    return `With so many customers a rise of the share who order by ${points(detectable)} or more would have been seen four times in five.`;
  const why = all.metrics.find(({ metric }) => metric === 'conversion')?.why;
  return why ? `There is too little to compare: ${why}.` : '';
}

export function notesOf(report: Told): string[] {
  const { campaign, answered, next, segments, segmentsWithheld, all, verdict, exposed, mismatch, crossed } =
    report;
  const crossing = crossed === null ? '' : crossingNote(crossed);
  if (verdict === 'too early') return [crossing].filter(note => note !== '');
  const open = [all, ...segments].flatMap(({ metrics }) => metrics).some(isOpen);
  return [
    crossing,
    mismatch ? 'Look for customers who were put on the list by hand, or taken out of one arm only.' : '',
    `Everybody assigned ${exposed.first === exposed.last ? `on ${exposed.first}` : `from ${exposed.first} to ${exposed.last}`} is compared, also whom the vendor refused or the message never reached: to leave them out would flatter it.`,
    'Verdicts go by p-values corrected for every comparison here and for every look, so that all of them together raise a false alarm at most one time in twenty. Each interval is for itself: of many some miss by chance.',
    campaign.id === null
      ? `It is answered on set days, this one of ${answered}, the next ${next}: looking in between changes nothing. Asked with other days or dates it is another question, with false alarms of its own.`
      : next === null
        ? ''
        : `What takes longer is told from ${next} on.`,
    'Order value and what was sent back are of those who ordered, who may be other people in each arm. Revenue is after what was paid back in the window.',
    open && verdict !== 'cannot tell'
      ? '“Cannot tell yet” is not “no effect”: there are too few customers or orders for it.'
      : '',
    segmentsWithheld > 0 ? 'Segments with fewer than ten customers in an arm are in “All” only.' : '',
  ].filter(note => note !== '');
}

function crossingNote(crossed: NonNullable<Told['crossed']>): string {
  return crossed.much
    ? 'Send campaigns to the list or segment that the sync fills, and to nobody else: then those held out get none.'
    : `${capitalised(crossedPart(crossed))} of the customers held out were sent it all the same. They stay among those held out, so what it does looks smaller than it is.`;
}

const isOpen = ({ verdict }: MetricLift) => verdict === 'cannot tell';
