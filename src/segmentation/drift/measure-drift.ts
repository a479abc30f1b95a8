import type { Warehouse } from '../../warehouse/port.ts';
import type { Model } from '../model.ts';
import { overlayOf } from '../overlays/overlays.ts';
import { inWords } from '../overlays/words.ts';
import type { RefreshRecord } from '../refresh/record.ts';
import type { ScoredPopulation } from '../refresh/scored.ts';
import { activityFindings } from './activity.ts';
import { cohesionSuspects } from './cohesion.ts';
import { bendsShapes, fromOrders, withoutConsequences } from './consequences.ts';
import { convergingSuspects } from './converging.ts';
import { emergingSuspects } from './emerging.ts';
import { explain } from './explain.ts';
import { featureSuspects } from './features.ts';
import type { Finding, FindingKind, Severity } from './finding.ts';
import { hollowingSuspects } from './hollowing.ts';
import { missingSuspects } from './missing.ts';
import { placeSuspects } from './place.ts';
import { sizeSuspects } from './size.ts';
import { strength } from './suspect.ts';
import { viewOf } from './view.ts';

export interface DriftInput {
  warehouse: Warehouse;
  model: Model;
  /** As of the date of the refresh. */
  scored: ScoredPopulation;
  /** Records before this one, oldest first. */
  history: readonly RefreshRecord[];
  /**
   * The population of another date scored against the same model, changing nothing; null where nobody had ordered. It
   * may be a part of the customers, the same ones at every date, so that only what two such dates show may be compared.
   */
  scoredAt: (asOf: string) => Promise<ScoredPopulation | null>;
}

/** What changed, strongest first: a few findings, each with what explains it, none of them the consequence of another. */
export async function measureDrift({
  warehouse,
  model,
  scored,
  history,
  scoredAt,
}: DriftInput): Promise<Finding[]> {
  const before = history.at(-1)?.findings ?? [];
  const features = [...model.reference.features.map(({ feature }) => feature), fromOrders];
  const activity = await activityFindings(warehouse, scored.asOf, before, features);
  const view = viewOf(model, scored, history);
  const once = remembering(scoredAt);
  const suspects = [
    ...featureSuspects(view),
    ...missingSuspects(model, scored),
    ...sizeSuspects(view),
    ...hollowingSuspects(view),
    ...placeSuspects(view),
    ...cohesionSuspects(view),
    ...convergingSuspects(view),
    // It scores another date, which is not worth while where the answer would not be told.
    ...(bendsShapes(activity) ? [] : await emergingSuspects(view, once)),
  ];
  const dates = { asOf: scored.asOf, made: model.asOf, scoredAt: once };
  const found = await withoutConsequences(suspects, activity, told => explain(told, before, dates));
  const { words } = overlayOf(model.recipe.overlay);
  const worded = found.map(finding => ({ ...finding, sentence: inWords(finding.sentence, words) }));
  return [...activity.findings, ...worded].sort(byWeight);
}

const graveness: readonly Severity[] = ['alert', 'watch', 'note'];
/** Causes before what they may bring about. */
const causes: readonly FindingKind[] = ['feed-stopped', 'new-category', 'new-channel', 'price'];

function byWeight(a: Finding, b: Finding): number {
  return (
    graveness.indexOf(a.severity) - graveness.indexOf(b.severity) ||
    rank(a) - rank(b) ||
    strength(b) - strength(a) ||
    compared(a.kind, b.kind) ||
    compared(a.subject, b.subject)
  );
}

const rank = ({ kind }: Finding) => (causes.includes(kind) ? causes.indexOf(kind) : causes.length);
const compared = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Scores each date once. */
function remembering(scoredAt: DriftInput['scoredAt']): DriftInput['scoredAt'] {
  const scored = new Map<string, Promise<ScoredPopulation | null>>();
  return asOf => {
    const known = scored.get(asOf);
    if (known) return known;
    const fresh = scoredAt(asOf);
    scored.set(asOf, fresh);
    return fresh;
  };
}
