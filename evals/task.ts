import type { ModelAccess } from '../src/agent/model/access.ts';
import type { Recording } from './recorded.ts';

/** What one metric found in a run. */
export interface MetricScore {
  id: string;
  title: string;
  /** null: it was not run. */
  score: number | null;
  /** From here on it is good; null: it is told and not judged. */
  least: number | null;
  /** How many personas, answers or texts it looked at. */
  looked: number;
  /** What fell short, each with where. */
  failures: string[];
  /** Why it was not run; null where it was. */
  notRun: string | null;
}

/** All metrics of a task for texts of one hand. */
export interface RunReport {
  task: string;
  /** Id and version of the prompt: "naming-1"; null for deterministic texts, which have none. */
  prompt: string | null;
  /** The model's id, "by hand" or "deterministic". */
  model: string;
  author: 'model' | 'by hand' | 'deterministic';
  /** How it came about: computed now, asked now, or replayed from a record of this day. */
  origin: 'computed' | 'live' | { recordedAt: string };
  /** Cases that were run. */
  cases: string[];
  metrics: MetricScore[];
}

/** One thing that a model is asked to write, with its cases and metrics. A run whose cases are empty is a failure. */
export interface EvalTask {
  id: string;
  /** The deterministic texts by the same metrics. */
  baseline(cases: CaseFilter): Promise<RunReport>;
  /** Scores what was recorded. */
  replay(recording: Recording, cases: CaseFilter): Promise<RunReport>;
  /** Asks the model for every case, judges what it wrote, and gives it in a form that `replay` reads. */
  record(access: ModelAccess, cases: CaseFilter, at: Date): Promise<Recording>;
}

export type CaseFilter = (id: string) => boolean;

/** Whether nothing that was run falls short. */
export function isGood({ metrics, cases }: RunReport): boolean {
  return (
    cases.length > 0 &&
    metrics.every(({ score, least }) => score === null || least === null || score >= least)
  );
}
