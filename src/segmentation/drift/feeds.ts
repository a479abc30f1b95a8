import type { Flow } from '../../features/activity/flows.ts';
import { lowerTail } from './count-tail.ts';

/** A flow that was steady and has stopped, or nearly so. */
export interface StoppedFlow extends Flow {
  /** Rows in the last 7 days; days without any row up to the as-of date. */
  lately: number;
  silentDays: number;
  /** Rows a week while it was steady. */
  weekly: number;
}

/** A flow that came back after it had been silent for a week or more. */
export interface ReturnedFlow extends Flow {
  /** Days before the as-of date since which it flows again, and for how many before that it did not. */
  backFor: number;
  gap: number;
}

/** A flow's state: it stopped, it flows, or it is too thin or too uneven for its silence to say anything. */
type FlowState = 'stopped' | 'flowing' | 'unsteady';

/** Weeks that tell what is usual, and how many of them there must be. */
const usualWeeks = 13;
const leastWeeks = 8;
/** Rows that were to be expected in the silent days. */
const leastExpected = 20;
/** Nearly stopped: at most this part of the usual is left. */
export const remnant = 0.2;
const surprising = 1e-6;
/** A shorter silence may be an export that comes a day later. */
export const shortestSilence = 3;

export function stateOf(flow: Flow): FlowState {
  if (stoppedFlow(flow)) return 'stopped';
  // Had nothing come in the last week, would that have been told?
  const daily = flow.daily.slice();
  daily.fill(0, 0, 7);
  return stoppedFlow({ ...flow, daily }) ? 'flowing' : 'unsteady';
}

/** What is known of a stop; null where the flow goes on, or where its silence is not surprising. */
export function stoppedFlow(flow: Flow): StoppedFlow | null {
  const { daily } = flow;
  const oldest = daily.findLastIndex(rows => rows > 0);
  if (oldest < 0) return null;
  const silentDays = daily.findIndex(rows => rows > 0);
  // The week in which a feed began is not a whole one.
  const weeks = Math.floor(oldest / 7);
  const weekly = Array.from({ length: weeks }, (_, week) => rowsOf(daily, 7 * week, 7));
  const found = (usual: number) => ({ ...flow, lately: weekly[0]!, silentDays, weekly: usual });

  // Silent for some weeks: what is usual is what came before them.
  for (let silent = 1; silent + leastWeeks <= weeks; silent++) {
    const earlier = weekly.slice(silent, silent + usualWeeks);
    if (Math.max(...weekly.slice(0, silent)) > remnant * mean(earlier)) continue;
    if (isSurprising(weekly[0]!, earlier)) return found(mean(earlier));
  }
  // Silent for the last days of this week, against the same days of the weeks before.
  for (let days = 6; days >= shortestSilence; days--) {
    if (silentDays < days) continue;
    const earlier = Array.from({ length: Math.min(weeks - 1, usualWeeks) }, (_, week) =>
      rowsOf(daily, 7 * (week + 1), days),
    );
    if (earlier.length >= leastWeeks && isSurprising(0, earlier))
      return found(mean(weekly.slice(1, 1 + usualWeeks)));
  }
  return null;
}

/** What is known of a gap that has ended and that whatever looks back still sees; null where there is none. */
export function returnedFlow(flow: Flow): ReturnedFlow | null {
  const { daily } = flow;
  for (let day = 1; day < 7 * usualWeeks; day++) {
    if (daily[day]! > 0 || daily[day - 1] === 0) continue;
    const before = daily.subarray(day);
    const gap = before.findIndex(rows => rows > 0);
    if (gap < 7 || day > seenFor(flow, gap)) continue;
    if (stoppedFlow({ ...flow, daily: before })) return { ...flow, backFor: day, gap };
  }
  return null;
}

/** For so many days after a gap what looks back is bent by it: longer where visits or e-mails of half a year count. */
export function seenFor({ table }: Flow, gap: number): number {
  return (table === 'events' ? 3 : 2) * gap;
}

/** Whether a flow has been so quiet for a week that what came before the last weeks needs to be known. */
export function wasQuiet({ daily }: Flow): boolean {
  const known = daily.findLastIndex(rows => rows > 0) + 1;
  const weekly = Array.from({ length: Math.floor(known / 7) }, (_, week) => rowsOf(daily, 7 * week, 7));
  const most = Math.max(0, ...weekly);
  return most >= leastExpected && Math.min(...weekly) <= remnant * most;
}

function isSurprising(seen: number, earlier: readonly number[]): boolean {
  return (
    mean(earlier) >= leastExpected &&
    seen <= remnant * mean(earlier) &&
    // A week as quiet as this has been before.
    Math.min(...earlier) > 2 * seen &&
    lowerTail(seen, earlier) < surprising
  );
}

function rowsOf(daily: Float64Array, from: number, days: number): number {
  let sum = 0;
  for (let day = from; day < Math.min(from + days, daily.length); day++) sum += daily[day]!;
  return sum;
}

const mean = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0) / counts.length;
