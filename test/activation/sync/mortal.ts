import type { ActivationContext } from '../../../src/activation/context.ts';
import type { Destination } from '../../../src/activation/destination.ts';
import type { State } from '../../../src/state/state.ts';

class Killed extends Error {}

/** What a sync changes in the state; between two of these a kill is as one before the second. */
const changes =
  /^(outbox\.(claim|start|settle|postpone)|syncRuns\.(draft|addChanges|propose|follow|stall|finish|withdraw)|syncs\.(open|setTarget|setStatus)|syncMembers\.join)$/;

/** A process that dies at one of its steps: that is not done any more, nor is anything after it. */
export interface Mortal {
  context: ActivationContext;
  steps(): readonly string[];
}

/** @param fatal the step, from 0; Infinity: it lives */
export function mortal(context: ActivationContext, fatal: number): Mortal {
  const steps: string[] = [];
  const step = (name: string) => {
    if (steps.length > fatal) throw new Killed('nothing is done after a kill');
    steps.push(name);
    if (steps.length > fatal) throw new Killed(`killed before: ${name}`);
  };
  return {
    steps: () => steps,
    context: {
      ...context,
      state: async () => stepped(await context.state(), step, ''),
      destinationOf(vendor) {
        const destination = context.destinationOf(vendor);
        return destination && steppedDestination(destination, step);
      },
    },
  };
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
  }) as T & State;
}

/** It dies before a call goes out, or before its answer comes in. */
function steppedDestination(destination: Destination, step: (name: string) => void): Destination {
  const { ensure, add, remove } = destination;
  return {
    ...destination,
    async ensure(...args) {
      step('ensure');
      return ensure(...args);
    },
    async add(...args) {
      step('add');
      const outcomes = await add(...args);
      step('answer of add');
      return outcomes;
    },
    async remove(...args) {
      step('remove');
      const outcomes = await remove(...args);
      step('answer of remove');
      return outcomes;
    },
  };
}
