import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

/** Limits and patience of vendors are of minutes; a week is told in less. */
const times = 60;

/** A clock that runs faster from a moment on, the same in every process. */
export function fastClock(begun: number, real: () => number = Date.now): () => Date {
  return () => new Date(begun + (real() - begun) * times);
}

/** Has all clocks and sleeps of this process go faster. */
export function hurry(begun: number): void {
  const Real = Date;
  const real = Real.now.bind(Real);
  const fast = () => begun + (real() - begun) * times;
  globalThis.Date = class extends Real {
    constructor(...given: ConstructorParameters<typeof Date> | []) {
      super(...((given.length > 0 ? given : [fast()]) as [number]));
    }
    static override now() {
      return fast();
    }
  } as DateConstructor;
  const sleep = timers.setTimeout;
  timers.setTimeout = ((milliseconds: number, ...rest: []) =>
    sleep(milliseconds / times, ...rest)) as typeof timers.setTimeout;
  syncBuiltinESMExports();
}
