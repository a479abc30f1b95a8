import type { State } from '../../../src/state/state.ts';

/** What a week changes in the state; between two of these a kill is as one before the second. */
const changes =
  /^(outbox\.(claim|start|settle|postpone)|syncRuns\.(draft|addChanges|propose|follow|stall|finish|withdraw)|syncs\.setTarget|syncMembers\.(join|forget)|erasures\.(open|progress|finish|redact)|apply)$/;

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
