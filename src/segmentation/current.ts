import { InputError } from '../errors.ts';
import type { State } from '../state/state.ts';
import type { Model, Segment } from './model.ts';

/** The standing model; an InputError where nothing was segmented yet. */
export async function currentModel(state: Pick<State, 'models'>): Promise<Model> {
  const model = await state.models.current();
  if (!model) {
    throw new InputError(
      'There are no segments yet.',
      'Run `kindred import` with your files, then `kindred segment`.',
    );
  }
  return model;
}

export function findSegment(model: Model, key: string): Segment {
  const segment = model.segments.find(candidate => candidate.key === key);
  if (!segment) {
    throw new InputError(
      `There is no segment "${key}".`,
      `The segments are: ${model.segments.map(candidate => candidate.key).join(', ')}.`,
    );
  }
  return segment;
}
