import { z } from 'zod';
import { InputError } from '../errors.ts';
import { changesInWords } from '../segmentation/proposals/change-words.ts';
import { whatIf } from '../segmentation/what-if/what-if.ts';
import { formatSize } from '../segmentation/wording.ts';
import { askedGroups, recipeInput, whatIfContext } from './inputs/asked-recipe.ts';
import { askedWeights } from './inputs/asked-weights.ts';
import { toTens } from './results/coarse.ts';
import { comparisonShape, shownComparison, shownSummary } from './results/shown-comparison.ts';
import { day } from './results/values.ts';
import { tool } from './tool.ts';

const MOST_NOTES = 5;

export const whatIfTool = tool({
  name: 'what_if',
  title: 'Try another recipe',
  description:
    'Fits another recipe beside the standing segments, changing nothing: quality, agreement, what becomes of each segment and how many customers would change. What is not named stays. Takes up to minutes.',
  input: z.object({
    weights: z
      .record(z.string(), z.number().min(0).max(10))
      .optional()
      .describe('by feature id or class; 1 is usual, 0 leaves out'),
    ...recipeInput,
  }),
  output: z.object({
    asOf: day,
    summary: z.string(),
    /** How the recipe differs from the one that stands. */
    recipe: z.array(z.string()),
    notes: z.array(z.string()),
    /** null where no stable groups were found. */
    found: z.object(comparisonShape).nullable(),
  }),
  effect: 'read',
  role: 'analyst',
  slow: true,
  async run(context, { weights: given, k, kMax, overlay }) {
    if ([given, k, kMax, overlay].every(value => value === undefined))
      throw new InputError('what_if: nothing is changed.', 'Give weights, k, kMax or overlay.');
    const weights = given && askedWeights(given, await context.state.decisions.list());
    const request = { weights, k: askedGroups({ k, kMax }), overlay };
    const outcome = await whatIf(whatIfContext(context), request, context.progress);
    const { asOf, warnings } = outcome;
    const notes = warnings.slice(0, MOST_NOTES).map(inTens);
    if (outcome.kind === 'no-stable-groups')
      return {
        asOf,
        summary: `There are no stable groups by this recipe: ${outcome.choice.reason}`,
        recipe: [],
        notes,
        found: null,
      };
    const { comparison, differences } = outcome;
    return {
      asOf,
      summary: shownSummary(comparison),
      recipe: changesInWords(differences),
      notes,
      found: shownComparison(comparison),
    };
  },
});

/** Notes are for people, who may know how many customers there are; beside segments of a few, that tells of those. */
function inTens(note: string): string {
  return note.replaceAll(/\b(\d[\d,]*)(?= customers?\b)/g, count => {
    const customers = Number(count.replaceAll(',', ''));
    return formatSize(toTens(customers));
  });
}
