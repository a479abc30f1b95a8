import type { State } from '../../../src/state/state.ts';
import { steppedFetch, steppedState } from './steps.ts';

/** Whatever a process does that outlives it passes here; at one of these steps it dies. */
export interface Mortal {
  /** The state as the process has it. */
  state: State;
  /** `fetch` as its clients have it: it dies before a request goes out, or before its answer comes in. */
  fetch: typeof globalThis.fetch;
  /** What it came to, in order. */
  steps(): readonly string[];
}

class Killed extends Error {}

/** @param fatal the step, from 0, at which it dies: that is not done any more, nor is anything after it */
export function mortal(state: State, fatal: number): Mortal {
  const steps: string[] = [];
  const step = (name: string) => {
    if (steps.length > fatal) throw new Killed('nothing is done after a kill');
    steps.push(name);
    if (steps.length > fatal) throw new Killed(`killed before: ${name}`);
  };
  return { state: steppedState(state, step), fetch: steppedFetch(step), steps: () => steps };
}
