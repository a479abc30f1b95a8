import type { Expected } from '../question.ts';
import type { Store } from '../store.ts';
import { changeQuestions } from './changes.ts';
import { unanswerableQuestions } from './no-answer.ts';
import { peopleQuestions } from './people.ts';
import { standingQuestionsSet } from './standing.ts';
import type { EvalQuestion } from './wanting.ts';

export type { EvalQuestion };

/** The whole set. */
export const questions: readonly EvalQuestion[] = [
  ...standingQuestionsSet,
  ...peopleQuestions,
  ...changeQuestions,
  ...unanswerableQuestions,
];

/** What a good answer holds, from the store as it is now. */
export async function expectedOf({ expects }: EvalQuestion, store: Store): Promise<Expected> {
  return {
    does: 'answer',
    calls: [],
    figures: [],
    names: [],
    says: [],
    proposes: [],
    segments: store.segments.map(({ name }) => name),
    ...(await expects(store)),
  };
}
