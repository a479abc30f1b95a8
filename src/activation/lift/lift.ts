import { InputError } from '../../errors.ts';
import { sampleRatioP } from '../../experiments/sample-ratio.ts';
import { startOf } from '../../features/as-of.ts';
import { currentModel } from '../../segmentation/current.ts';
import type { Model } from '../../segmentation/model.ts';
import { setAsideKey } from '../../segmentation/refresh/record.ts';
import { SMALLEST_REPORTED } from '../../segmentation/wording.ts';
import { type Arm, armOf } from './arms.ts';
import { type Campaign, findCampaign, type Stores } from './campaign.ts';
import { type Cohort, cohortOf } from './cohort.ts';
import { type Comparison, compareArms } from './compare.ts';
import { correctedP, usualDays } from './family.ts';
import { judged, verdictOfGroup } from './judge.ts';
import { detectableNow, neededFor } from './needed.ts';
import { type Outcome, readOutcomes } from './outcomes.ts';
import { type GroupLift, type LiftReport, metrics } from './report.ts';
import { notesOf, sayingOf } from './words.ts';

export interface LiftAsked {
  /** A sync, the handle or name of its audience, or a campaign as events name it; the only one where left out. */
  campaign?: string | undefined;
  /** Where a campaign went to the customers of several syncs. */
  sync?: string | undefined;
  /** Only who was assigned from this day on. */
  from?: string | undefined;
  /** Length of the window after the exposure. */
  days?: number | undefined;
  /** The day that is looked from; that of the latest figures where left out, and not after it. */
  asOf?: string | undefined;
}

/** Below this the arms are not what the lot made. */
const MISMATCH = 0.001;

/** With more of those held out sent the campaign all the same, they do not show what comes without it. */
const MUCH = 0.1;

/**
 * What a campaign did: who was assigned to it against who was held out, by intention to treat, with an interval for each
 * difference and p-values corrected for all that is compared and for every look.
 */
export async function lift(stores: Stores, asked: LiftAsked): Promise<LiftReport> {
  const model = await currentModel(stores.state);
  const asOf = asOfOf(asked.asOf, model);
  if (asked.from !== undefined) startOf(asked.from);
  const days = asked.days ?? usualDays;
  const campaign = await findCampaign(stores, { asked: asked.campaign, sync: asked.sync, asOf });
  const cohort = cohortOf(campaign, { asOf, days, from: asked.from });
  if (cohort === null)
    throw new InputError(
      `Nobody was assigned to “${campaign.name}” before ${asOf}${asked.from ? ` and from ${asked.from} on` : ''}.`,
      'Lift is measured from the day on which a sync was approved.',
    );
  const outcomes =
    cohort.look === null ? [] : await readOutcomes(stores.warehouse, cohort.members, { asOf, days });
  return reportOf({ campaign, cohort, outcomes, model, asOf, days });
}

function asOfOf(asked: string | undefined, { describedAsOf }: Model): string {
  if (asked === undefined) return describedAsOf;
  startOf(asked);
  if (asked > describedAsOf)
    throw new InputError(
      `The figures reach until ${describedAsOf}, not ${asked}.`,
      'Run `kindred refresh` first.',
    );
  return asked;
}

interface Measured {
  campaign: Campaign;
  cohort: Cohort;
  outcomes: readonly Outcome[];
  model: Model;
  asOf: string;
  days: number;
}

function crossedOf({ crossed, waiting }: Cohort): LiftReport['crossed'] {
  if (crossed === 0) return null;
  const share = crossed / waiting.heldOut;
  const tells = [crossed, waiting.heldOut - crossed].every(
    count => count === 0 || count >= SMALLEST_REPORTED,
  );
  return { much: share > MUCH, share: tells ? share : null };
}

interface Group {
  key: string | null;
  name: string;
  treated: Arm;
  holdout: Arm;
}

function reportOf({ campaign, cohort, outcomes, model, asOf, days }: Measured): LiftReport {
  const { sync, name, sent } = campaign;
  const { all, segments, withheld } = groupsOf(outcomes, model);
  const groups = [all, ...segments];
  const mismatch =
    cohort.look !== null &&
    sampleRatioP(all.treated.customers, all.holdout.customers, sync.holdout) < MISMATCH;
  const crossed = crossedOf(cohort);
  const unsound = mismatch || crossed?.much === true;
  const lifts = cohort.look === null ? [early(cohort)] : comparedGroups(groups, cohort, unsound);
  const whole = lifts[0]!;
  const told: Omit<LiftReport, 'says' | 'notes'> = {
    campaign: {
      sync: sync.id,
      id: sent?.id ?? null,
      audience: sync.audience,
      name,
      connection: sync.connection,
      purpose: sync.purpose,
    },
    asOf,
    currency: model.population.currency,
    days,
    exposed: { first: cohort.first, last: cohort.last },
    answered: cohort.answered,
    next: cohort.next,
    verdict: whole.verdict,
    all: whole,
    segments: lifts.slice(1),
    segmentsWithheld: withheld,
    mismatch,
    crossed,
    needed: unsound ? null : neededFor(whole, cohort),
    detectable: unsound ? null : detectableNow(whole, cohort),
  };
  return { ...told, says: sayingOf(told), notes: notesOf(told) };
}

/** Who is compared, together and by the segment in which they were assigned. */
function groupsOf(outcomes: readonly Outcome[], model: Model) {
  const groupOf = (key: string | null, name: string): Group => {
    const own = outcomes.filter(({ segment }) => key === null || segment === key);
    return {
      key,
      name,
      treated: armOf(own.filter(({ arm }) => arm === 'treated')),
      holdout: armOf(own.filter(({ arm }) => arm === 'holdout')),
    };
  };
  const keys = [...new Set(outcomes.map(({ segment }) => segment))].sort();
  const groups = keys.map(key => groupOf(key, nameOf(key, model)));
  const segments = groups
    .filter(({ treated, holdout }) => Math.min(treated.customers, holdout.customers) >= SMALLEST_REPORTED)
    .toSorted((a, b) => sizeOf(b) - sizeOf(a) || (a.key! < b.key! ? -1 : 1));
  return { all: groupOf(null, 'All'), segments, withheld: groups.length - segments.length };
}

const sizeOf = ({ treated, holdout }: Group) => treated.customers + holdout.customers;

/** Segments may have been found anew since. */
function nameOf(key: string, { segments }: Model): string {
  const known = segments.find(segment => segment.key === key)?.persona.name;
  return known ?? (key === setAsideKey ? 'Set aside' : `${key} (stands no more)`);
}

function comparedGroups(groups: readonly Group[], { look }: Cohort, unsound: boolean): GroupLift[] {
  const compared = groups.map(({ treated, holdout }) => compareArms(treated, holdout));
  const all = compared.flat();
  const leads = compared.flatMap((comparisons, group) =>
    comparisons.map(({ metric }) => group === 0 && (metric === 'revenue' || metric === 'conversion')),
  );
  const corrected = correctedP(
    all.map(({ p }) => p),
    leads,
    look!,
  );
  return groups.map(({ key, name, treated, holdout }, group) => {
    const told = compared[group]!.map((comparison: Comparison, i) =>
      judged(comparison, corrected[group * metrics.length + i]!, unsound),
    );
    return {
      key,
      name,
      treated: treated.customers,
      heldOut: holdout.customers,
      verdict: verdictOfGroup(told),
      metrics: told,
    };
  });
}

function early({ waiting }: Cohort): GroupLift {
  return {
    key: null,
    name: 'All',
    ...waiting,
    verdict: 'too early',
    metrics: metrics.map(metric => ({
      metric,
      verdict: 'too early',
      figures: null,
      p: null,
      why: 'not over yet',
    })),
  };
}
