import type { Activity } from './activity.ts';
import type { Finding, FindingKind, Severity } from './finding.ts';
import { type Suspect, strength } from './suspect.ts';

/** What a segment looks like, which changes with whatever its customers do. */
const shapes: readonly FindingKind[] = ['centroid', 'cohesion', 'converging', 'emerging'];

/** Features that show what happened to the shop itself. */
const shownBy: Partial<Record<FindingKind, readonly string[]>> = {
  price: ['order_value', 'order_value_variation', 'value_trend', 'recent_value_share'],
  'new-category': [
    'category_entropy',
    'top_category_share',
    'repeat_product_share',
    'basket_products',
    'browse_breadth',
  ],
  'new-channel': ['channel_variety', 'offline_share', 'paid_visit_share'],
};
/** Features that show that a segment's customers have gone quiet, or that many came or left. */
const ofQuiet = [
  'recency',
  'recent_value_share',
  'orders_per_month',
  'days_between_orders',
  'browse_to_buy',
  'sessions',
  'days_since_visit',
  'days_since_click',
  'engagement_trend',
];
/** Computed from orders alone: where it starves, nothing can be said of what customers buy. */
export const fromOrders = 'recency';

/** Of one kind no more than these are told a week. */
const mostOfAKind = 3;

/**
 * Leaves out what another change brings about, so that one cause does not set off a crowd. A feed that stopped comes
 * before what happens in the shop, that before segments that buy less or change in size, those before features, and
 * features before the shape of segments. What turns out to be usual hides nothing that is not.
 *
 * @param explained dates changes, and makes notes of those that something explains
 */
export async function withoutConsequences(
  suspects: readonly Suspect[],
  activity: Activity,
  explained: (told: readonly Suspect[]) => Promise<Finding[]>,
): Promise<Finding[]> {
  const silent = new Set(activity.starved);
  const shown = shownFeatures(activity.findings);
  const of = (kinds: readonly FindingKind[]) =>
    suspects.filter(({ finding }) => kinds.includes(finding.kind));

  const emptying = await explained(strongest(silent.has(fromOrders) ? [] : of(['hollowing', 'size'])));
  const emptied = new Set(
    emptying.filter(({ severity }) => severity !== 'note').map(({ subject }) => subject),
  );

  const features = await explained(
    strongest(
      of(['feature', 'missing']).filter(
        ({ finding: { subject, severity } }) =>
          !silent.has(subject) &&
          !shown.has(subject) &&
          (!ofQuiet.includes(subject) || graver(severity, emptying)),
      ),
    ),
  );

  const changed = (bendsShapes(activity) ? [] : of(shapes)).filter(
    ({ finding: { subject, severity } }) =>
      !segmentsOf(subject).some(key => emptied.has(key)) && graver(severity, features),
  );
  const moved = new Set(
    changed.filter(({ finding }) => finding.kind === 'centroid').map(({ finding }) => finding.subject),
  );
  const shaped = changed.filter(
    ({ finding: { kind, subject } }) =>
      kind === 'centroid' || kind === 'emerging' || !segmentsOf(subject).some(key => moved.has(key)),
  );
  return [...emptying, ...features, ...(await explained(strongest(shaped)))];
}

/** Whether what happened in the shop itself changes what segments look like, so that their shapes are not told. */
export function bendsShapes({ findings, starved }: Activity): boolean {
  return starved.length > 0 || shownFeatures(findings).size > 0;
}

function shownFeatures(findings: Activity['findings']): Set<string> {
  return new Set(
    findings.flatMap(({ kind, severity }) => (severity === 'note' ? [] : (shownBy[kind] ?? []))),
  );
}

/** The subject of a pair names both of its segments. */
export const pair = (one: string, other: string) => `${one} + ${other}`;
const segmentsOf = (subject: string) => subject.split(' + ');

function strongest(suspects: readonly Suspect[]): Suspect[] {
  const counts = new Map<FindingKind, number>();
  return [...suspects].sort(byWeight).filter(({ finding: { kind } }) => {
    const before = counts.get(kind) ?? 0;
    counts.set(kind, before + 1);
    return before < mostOfAKind;
  });
}

const graver = (severity: Severity, than: readonly Finding[]) =>
  than.every(finding => graveness[severity] > graveness[finding.severity]);

const graveness = { alert: 2, watch: 1, note: 0 } as const;

function byWeight({ finding: a }: Suspect, { finding: b }: Suspect): number {
  return (
    graveness[b.severity] - graveness[a.severity] ||
    strength(b) - strength(a) ||
    (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0)
  );
}
