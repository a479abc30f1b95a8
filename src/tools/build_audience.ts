import { z } from 'zod';
import { InputError } from '../errors.ts';
import { buildAudience } from '../segmentation/audiences/build-audience.ts';
import { standingFilter, standingQuestions } from '../segmentation/audiences/standing/questions.ts';
import { filterInput } from './inputs/filter-input.ts';
import { audienceResult, audienceShape, clauseResult, clauseShape } from './results/audience-result.ts';
import { refusingWithoutNames } from './results/names-told.ts';
import { tool } from './tool.ts';

export const buildAudienceTool = tool({
  name: 'build_audience',
  title: 'Build an audience',
  description:
    'Finds the customers who meet a filter, or answer a standing question, and keeps them under a handle: how many, worth, what sets them apart, what each clause did. Counts to the nearest ten. list_features says what a filter may name.',
  input: z.object({
    filter: filterInput.optional(),
    question: z.enum(standingQuestions.map(({ id }) => id)).optional(),
    name: z.string().min(1).max(120).optional(),
  }),
  output: z.object({
    ...audienceShape,
    /** Of a standing question: whom it means here, and what its money says. */
    meaning: z.string().nullable(),
    clauses: z.array(z.object(clauseShape)),
  }),
  // A question that is kept under its own hash changes nothing: what a person called it before stays.
  effect: 'read',
  role: 'viewer',
  async run({ warehouse, state, now, actor }, { filter, question, name }) {
    if ((filter === undefined) === (question === undefined))
      throw new InputError(
        'build_audience: say either "filter" or "question".',
        `A filter is as {"filter":{"field":"churn_probability","below":0.6}}; a question is one of ${standingQuestions.map(({ id }) => id).join(', ')}.`,
      );
    const standing =
      question === undefined ? undefined : await standingFilter({ warehouse, state }, question);
    const built = await refusingWithoutNames({ warehouse, state }, () =>
      buildAudience(
        { warehouse, state, now },
        { filter: standing?.filter ?? filter, name: name ?? standing?.name, keepName: true, actor },
      ),
    );
    return {
      ...audienceResult(built),
      meaning: standing ? `${standing.meaning} ${standing.value}` : null,
      clauses: built.figures.clauses.map(clauseResult),
    };
  },
});
