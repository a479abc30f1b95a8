import { actionability } from './actionability.ts';
import { belittling } from './belittling.ts';
import type { Check, Described } from './check.ts';
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

/** What no text may do; the other checks measure how good it is. */
const refusing: readonly CheckId[] = [
  'groundedness',
  'direction',
  'uniqueness',
  'leakage',
  'emptyPraise',
  'belittling',
  'shownIds',
  'textLength',
];

/** Why these personas must not be shown as they are, for the model that wrote them; none: they may. */
export function reasonsAgainst(personas: readonly Described[]): string[] {
  return personas.flatMap(({ draft, sheet }) => {
    const others = personas.filter(other => other.sheet !== sheet);
    const reasons = refusing.flatMap(id => personaChecks[id](draft, sheet, others).failures);
    return reasons.map(reason => `${sheet.key}: ${reason}`);
  });
}
