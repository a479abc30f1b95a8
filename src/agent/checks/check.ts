import type { PersonaDraft } from '../tasks/naming/draft.ts';
import type { FactSheet } from '../tasks/naming/fact-sheet.ts';

/** What is written of a segment, beside what is known of it. */
export interface Described {
  draft: PersonaDraft;
  sheet: FactSheet;
}

export interface CheckResult {
  /** Of what was looked at, the share that held, 0..1; 1 where there was nothing to look at. */
  score: number;
  /** One sentence each: what is wrong and how it can be mended, for the model that wrote it. */
  failures: string[];
}

/** `others`: the other segments of the same model. */
export type Check = (draft: PersonaDraft, sheet: FactSheet, others: readonly Described[]) => CheckResult;

/** The score of so many claims, of which each failure is one that does not hold. */
export function scored(claims: number, failures: string[]): CheckResult {
  return { score: claims === 0 ? 1 : Math.max(0, 1 - failures.length / claims), failures };
}

export const passed: CheckResult = { score: 1, failures: [] };
