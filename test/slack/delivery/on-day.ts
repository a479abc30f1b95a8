import type { State } from '../../../src/state/state.ts';

/** The state as if what was found in it had been found on another day. */
export async function onDay(state: State, now: Date): Promise<{ state: State; asOf: string }> {
  const createdAt = now.toISOString();
  const asOf = createdAt.slice(0, '2026-11-23'.length);
  const record = { ...(await state.refreshes.latest())!, asOf, createdAt };
  const change = (await state.models.lastChange())!;
  const number = now.getTime();
  return {
    asOf,
    state: {
      ...state,
      models: overlaid(state.models, { lastChange: async () => ({ ...change, number }) }),
      refreshes: overlaid(state.refreshes, { latest: async () => record }),
    },
  };
}

/** Repositories are proxies, which cannot be spread. */
function overlaid<T extends object>(target: T, changed: Partial<T>): T {
  return new Proxy(target, { get: (held, name) => Reflect.get(name in changed ? changed : held, name) });
}
