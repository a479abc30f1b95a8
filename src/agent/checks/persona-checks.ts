import { actionability } from './actionability.ts';
import { belittling } from './belittling.ts';
import type { Check } from './check.ts';
import { direction } from './direction.ts';
import { emptyPraise } from './empty-praise.ts';
import { groundedness } from './groundedness.ts';
import { leakage } from './leakage.ts';
import { readingEase } from './reading-ease.ts';
import { shownIds } from './shown-ids.ts';
import { textLength } from './text-length.ts';
import { uniqueness } from './uniqueness.ts';

/** What a persona's texts are held against, at run time and in evals. */
export const personaChecks = {
  groundedness,
  direction,
  uniqueness,
  leakage,
  actionability,
  emptyPraise,
  belittling,
  shownIds,
  readingEase,
  textLength,
} satisfies Record<string, Check>;

export type CheckId = keyof typeof personaChecks;

/** What no text may do; the others measure how good it is. */
export const refusingChecks: readonly Check[] = [
  groundedness,
  direction,
  uniqueness,
  leakage,
  emptyPraise,
  belittling,
  shownIds,
  textLength,
];
