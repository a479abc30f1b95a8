import type { Model } from '../model.ts';
import type { RefreshRecord, SegmentStats } from '../refresh/record.ts';
import type { ScoredPopulation } from '../refresh/scored.ts';
import type { FindingKind } from './finding.ts';

/** A model's segments now and before, which is what the measures of segments look at. */
export interface DriftView {
  model: Model;
  scored: ScoredPopulation;
  /** The unbroken row of records of this model before this one, oldest first. */
  past: readonly RefreshRecord[];
  /** The first record of the model: how its segments were when they were made. */
  birth: RefreshRecord | null;
}

/** Records of another model say nothing of this one's segments: the same names may stand for other people. */
export function viewOf(model: Model, scored: ScoredPopulation, history: readonly RefreshRecord[]): DriftView {
  const lastOther = history.findLastIndex(({ modelId }) => modelId !== model.id);
  const birth = history.find(({ modelId }) => modelId === model.id) ?? null;
  return { model, scored, past: history.slice(lastOther + 1), birth };
}

export function statsOf(
  { segments }: Pick<RefreshRecord | ScoredPopulation, 'segments'>,
  key: string,
): SegmentStats | undefined {
  return segments.find(segment => segment.key === key);
}

/** The record so many refreshes before this one, or the earliest there is; null where there is none. */
export function recordBefore({ past }: DriftView, refreshes: number): RefreshRecord | null {
  return past[Math.max(0, past.length - refreshes)] ?? null;
}

/**
 * What is left of the level of an alert where the refresh before raised it: one that stays about its level is one alarm,
 * not a new one every other week.
 */
export function alertLevel(level: number, { past }: DriftView, kind: FindingKind, subject: string): number {
  const raised = past
    .at(-1)
    ?.findings.some(found => found.kind === kind && found.subject === subject && found.severity === 'alert');
  return raised ? 0.85 * level : level;
}
