import type { State } from '../../../src/state/state.ts';

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
  return {
    state: watched(state, step),
    async fetch(input, init) {
      const name = new URL(String(input)).pathname.split('/').at(-1)!;
      step(name);
      const answer = await fetch(input, init);
      step(`answer of ${name}`);
      return answer;
    },
    steps: () => steps,
  };
}

/** What delivery changes in the state; between two of these a kill is as one before the second. */
const changes =
  /^(slack\.messages\.(enqueue|sending|sent|again|close|shown)|digests\.keep|replies\.record|audit\.append)$/;

function watched<T extends object>(target: T, step: (name: string) => void, path = ''): T {
  return new Proxy(target, {
    get(held, name) {
      const value: unknown = Reflect.get(held, name);
      const here = path === '' ? String(name) : `${path}.${String(name)}`;
      if (typeof value === 'object' && value !== null) return watched(value, step, here);
      if (typeof value !== 'function' || !changes.test(here)) return value;
      return async (...args: unknown[]) => {
        step(here);
        return Reflect.apply(value, held, args);
      };
    },
  });
}
