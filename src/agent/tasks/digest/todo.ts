import { formatMoneyShort } from '../../../segmentation/wording.ts';
import { customersText, shareText } from '../../answer/plain/figures.ts';
import { readings } from '../drift/readings.ts';
import type { Digest } from './digest.ts';
import type { DigestFacts, ListedSegment } from './facts.ts';
import { brokenFeeds, type LevelledFinding } from './findings.ts';
import { whyOf } from './told-finding.ts';

export type Todo = Digest['todo'][number];

const MOST = 5;
/** Of the segments' own actions so many are added that there are as many to do as this. */
const ENOUGH = 3;
const MOST_OF_A_KIND = 2;

/**
 * What to do this week: what alerts call for, what to say to those who moved, and the segments where most is at risk. Data
 * that stopped arriving comes first, and nothing is done on figures that may only show its silence.
 */
export function todoOf(facts: DigestFacts, findings: readonly LevelledFinding[]): Todo[] {
  const broken = brokenFeeds(findings);
  const mend = mending(facts, findings);
  const alerts = alertsOf(
    facts,
    findings.filter(finding => !broken.includes(finding)),
  );
  if (broken.some(bringsOrders)) return [...mend, ...alerts].slice(0, MOST);
  const moved = broken.length > 0 ? [] : [...ageOf(facts, findings), ...moveOf(facts)];
  const urgent = [...mend, ...harming(facts), ...alerts, ...moved];
  const used = new Set(urgent.map(({ segment }) => segment?.key));
  const rest = standing(facts).filter(({ segment }) => !used.has(segment?.key));
  return [...urgent, ...rest.slice(0, Math.max(1, ENOUGH - urgent.length))].slice(0, MOST);
}

/** What comes before all else while data is missing: mending it, and until then doing nothing that rests on it. */
export function mending(facts: DigestFacts, findings: readonly LevelledFinding[]): Todo[] {
  const broken = brokenFeeds(findings);
  const mend = broken.slice(0, MOST_OF_A_KIND).map(finding => ({
    action: `${readings['feed-stopped'].check} Then redo the figures: \`kindred refresh --again\`.`,
    why: whyOf(finding, facts.list.asOf),
    segment: null,
  }));
  return broken.some(bringsOrders) ? [...mend, heldBack(facts)] : mend;
}

/**
 * Whether orders may be missing, on which all money, lapses and predictions rest. What a finding is about reads as
 * "shop/orders+events"; a source or a shop of which all is missing stands without parts.
 */
function bringsOrders({ about }: LevelledFinding): boolean {
  const parts = about.split('/').slice(1).join('/');
  return parts === '' || /\border(s|_lines)\b/.test(parts);
}

/** What is proven to cost more than it brings goes on every week. */
function harming({ campaigns }: DigestFacts): Todo[] {
  return campaigns
    .filter(({ verdict }) => verdict === 'does harm')
    .slice(0, MOST_OF_A_KIND)
    .map(({ name, says }) => ({
      action: `Stop or change what is sent to “${name}”.`,
      why: says,
      segment: null,
    }));
}

function heldBack({ moves }: DigestFacts): Todo {
  const why =
    moves === null
      ? 'The figures may show the silence of the data, not the customers.'
      : `By these figures ${customersText(moves.lapsed.customers)} lapsed since ${moves.from}: some may only look so.`;
  return {
    action: 'Until then, send nothing that rests on who moved, lapsed or went quiet this week.',
    why,
    segment: null,
  };
}

/** Where there is no alert, what is most to be watched. */
function alertsOf(facts: DigestFacts, findings: readonly LevelledFinding[]): Todo[] {
  const alerts = findings.filter(({ level }) => level === 'alert').slice(0, MOST_OF_A_KIND);
  const watched = findings.filter(({ level }) => level === 'watch').slice(0, 1);
  return (alerts.length > 0 ? alerts : watched).map(finding => checking(facts, finding));
}

const findAnew = '`kindred recluster` finds the segments anew, beside those that stand.';

function checking({ drift, list }: DigestFacts, finding: LevelledFinding): Todo {
  const { kind, about, sentence } = finding;
  const check = (readings as Readonly<Record<string, { check: string }>>)[kind]?.check ?? 'Look at it.';
  return {
    action: drift.recluster.includes(sentence) ? `${check} ${findAnew}` : check,
    why: whyOf(finding, list.asOf),
    segment: named(list.segments.find(({ key }) => key === about)),
  };
}

/** What speaks for finding the segments anew and is no finding that is told already. */
function ageOf({ drift }: DigestFacts, findings: readonly LevelledFinding[]): Todo[] {
  const reason = drift.recluster.find(why => !findings.some(({ sentence }) => sentence === why));
  return reason === undefined ? [] : [{ action: findAnew, why: reason, segment: null }];
}

/** What to say to those of the first move that matters: what their new segment calls for. */
function moveOf({ moves, list, actions }: DigestFacts): Todo[] {
  for (const [i, sentence] of (moves?.sentences ?? []).entries()) {
    const to = list.segments.find(({ key }) => key === moves!.sentenceKeys[i]?.toKey);
    const action = to && actions[to.key];
    if (action) return [{ action, why: sentence, segment: named(to) }];
  }
  return [];
}

/** The segments' own actions, where most is at risk first; those without predictions by revenue. */
export function standing({ list: { segments, currency }, actions }: DigestFacts): Todo[] {
  const by = ({ valueAtRisk, revenueShare }: ListedSegment) => [valueAtRisk ?? 0, revenueShare ?? 0] as const;
  return segments
    .filter(({ key }) => actions[key] !== undefined)
    .toSorted((a, b) => by(b)[0] - by(a)[0] || by(b)[1] - by(a)[1])
    .map(segment => ({
      action: actions[segment.key]!,
      why: worthOf(segment, currency),
      segment: named(segment),
    }));
}

function worthOf(
  { customers, valueAtRisk, churn, revenueShare }: ListedSegment,
  currency: string | null,
): string {
  const who = customersText(customers);
  if (valueAtRisk !== null && valueAtRisk > 0) {
    const silent =
      churn === null ? '' : `; the chance that one orders nothing in the next 90 days is ${shareText(churn)}`;
    return `${formatMoneyShort(valueAtRisk, currency)} is at risk among ${who}${silent}.`;
  }
  return revenueShare === null
    ? `${who} stand in it.`
    : `${who} bring ${shareText(revenueShare)} of revenue.`;
}

const named = (segment: ListedSegment | undefined): Todo['segment'] =>
  segment === undefined ? null : { key: segment.key, name: segment.name };
