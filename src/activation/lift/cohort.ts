import { type Look, lookAt, nextLook, onlyLook } from '../../experiments/looks.ts';
import { dayAfter, dayOf, daysAfter, daysBetween, startOf } from '../../features/as-of.ts';
import type { Assignment } from '../sync.ts';
import type { Campaign } from './campaign.ts';

const millisecondsPerDay = 86_400_000;

/** Refunds and returned goods come later than orders. */
export const RETURN_DAYS = 30;
export const RETENTION_DAYS = 90;

/** Somebody who is compared. */
export interface Member {
  profileId: string;
  arm: Assignment['arm'];
  segment: string;
  /** Milliseconds since 1970. */
  assigned: number;
  /** Milliseconds since 1970 at which their window begins, in both arms alike. */
  exposed: number;
  returnsDue: boolean;
  retentionDue: boolean;
}

export interface Cohort {
  /** Whose window is over on the day of the answer. */
  members: Member[];
  /** All who were assigned, those included whose window is not over. */
  waiting: { treated: number; heldOut: number };
  /** Of all who were held out, who got the campaign all the same. */
  crossed: number;
  first: string;
  last: string;
  look: Look | null;
  answered: string | null;
  next: string | null;
  /** The level of the answer after this one. */
  nextLook: Look;
  /** New customers in a week, as of late; 0 where nobody joins any more. */
  weekly: number;
}

/**
 * Who is compared, as of a date. Everybody who was assigned is, whether or not the vendor took them: leaving out who was not
 * reached would compare those reached with all who were held out. A sync takes in customers every week, so it is answered
 * at the dates of `lookAt`, of those whose window was over by then. A campaign that was sent once is answered once.
 *
 * @returns null where nobody was assigned
 */
export function cohortOf(
  { assigned: all, sent }: Pick<Campaign, 'assigned' | 'sent'>,
  { asOf, days, from }: { asOf: string; days: number; from?: string | undefined },
): Cohort | null {
  const assigned = all.filter(
    ({ assignedAt }) => assignedAt < `${asOf}T` && (from === undefined || assignedAt >= `${from}T`),
  );
  if (assigned.length === 0) return null;
  const exposures = assigned.map(({ assignedAt }) => Date.parse(sent?.at ?? assignedAt));
  const first = dayOf(exposures.reduce((a, b) => Math.min(a, b)));
  const start = dayAfter(first);
  const running = daysBetween(start, asOf);
  const look = sent === null ? lookAt(running, days) : running < days ? null : onlyLook(days);
  // What was sent once has one window for each question, so that its answers stay as they are.
  const until = startOf(sent === null && look !== null ? daysAfter(start, look.day) : asOf);
  const over = (exposed: number, after: number) => exposed + (days + after) * millisecondsPerDay <= until;
  const members = assigned.flatMap(({ profileId, arm, segment, assignedAt }, i): Member[] => {
    const exposed = exposures[i]!;
    if (look === null || !over(exposed, 0)) return [];
    return [
      {
        profileId,
        arm,
        segment,
        assigned: Date.parse(assignedAt),
        exposed,
        returnsDue: over(exposed, RETURN_DAYS),
        retentionDue: over(exposed, RETENTION_DAYS),
      },
    ];
  });
  const heldOut = assigned.filter(({ arm }) => arm === 'holdout');
  const compared = members.length > 0 ? members.map(({ exposed }) => exposed) : exposures;
  const recent = startOf(asOf) - 28 * millisecondsPerDay;
  return {
    members,
    waiting: { treated: assigned.length - heldOut.length, heldOut: heldOut.length },
    crossed: sent === null ? 0 : heldOut.filter(({ profileId }) => sent.recipients.has(profileId)).length,
    first,
    last: dayOf(compared.reduce((a, b) => Math.max(a, b))),
    look,
    ...(sent === null ? datesOfSync(start, days, look) : datesOfSent(start, days, running)),
    nextLook: sent === null ? nextLook(look, days) : onlyLook(days),
    weekly: sent === null ? exposures.filter(exposed => exposed >= recent).length / 4 : 0,
  };
}

function datesOfSync(start: string, days: number, look: Look | null) {
  return {
    answered: look && daysAfter(start, look.day),
    next: daysAfter(start, nextLook(look, days).day),
  };
}

function datesOfSent(start: string, days: number, running: number) {
  const dates = [days, days + RETURN_DAYS, days + RETENTION_DAYS];
  const answered = dates.filter(date => date <= running).at(-1);
  const next = dates.find(date => date > running);
  return {
    answered: answered === undefined ? null : daysAfter(start, answered),
    next: next === undefined ? null : daysAfter(start, next),
  };
}
