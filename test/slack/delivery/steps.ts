import type { State } from '../../../src/state/state.ts';

/** What delivery changes in the state; between two of these a kill is as one before the second. */
const changes =
  /^(slack\.messages\.(enqueue|sending|sent|again|close|shown)|digests\.keep|replies\.record|audit\.append)$/;

/** The state, where each change is announced before it is made. */
export function steppedState(state: State, step: (name: string) => void): State {
  return stepped(state, step, '');
}

function stepped<T extends object>(target: T, step: (name: string) => void, path: string): T {
  return new Proxy(target, {
    get(held, name) {
      const value: unknown = Reflect.get(held, name);
      const here = path === '' ? String(name) : `${path}.${String(name)}`;
      if (typeof value === 'object' && value !== null) return stepped(value, step, here);
      if (typeof value !== 'function' || !changes.test(here)) return value;
      return async (...args: unknown[]) => {
        step(here);
        return Reflect.apply(value, held, args);
      };
    },
  });
}

/** `fetch`, where each request is announced before it goes out, and its answer before anybody has it. */
export function steppedFetch(step: (name: string) => void): typeof globalThis.fetch {
  return async (input, init) => {
    const name = new URL(String(input)).pathname.split('/').at(-1)!;
    step(name);
    const answer = await fetch(input, init);
    step(`answer of ${name}`);
    return answer;
  };
}
