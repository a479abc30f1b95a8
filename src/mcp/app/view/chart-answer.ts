import { type ChartData, type ChartKind, chartKinds } from '../../../charts/chart-data.ts';

/** The tabs, in their order. */
export const tabs: readonly { kind: ChartKind; label: string }[] = [
  { kind: 'map', label: 'Map' },
  { kind: 'profile', label: 'Profile' },
  { kind: 'moves', label: 'Moves' },
  { kind: 'sizes', label: 'Sizes' },
];

/** The chart of a result; null where it holds none. The server holds what it sends to a schema. */
export function chartIn(told: Record<string, unknown>): ChartData | null {
  return kindIn(told) !== null && Array.isArray(told.segments) ? (told as unknown as ChartData) : null;
}

/** What was asked for, as far as it is known. */
export function kindIn(input: Record<string, unknown> | undefined): ChartKind | null {
  return chartKinds.find(kind => kind === input?.chart) ?? null;
}
