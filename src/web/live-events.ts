import { setTimeout as delay } from 'node:timers/promises';
import type { App } from '../app.ts';
import type { Config } from '../config.ts';
import { suppressionOf } from '../governance/suppression.ts';
import type { Log } from '../log.ts';
import { createWatch } from '../segmentation/triggers/watch.ts';
import { arrivedTable, forgetArrived, storeEvents } from '../sources/arriving-events.ts';
import type { Turns } from '../turns.ts';
import { createIntake, type Intake } from './intake.ts';

/** What arrives at a server, and the triggers that watch it. */
export interface LiveEvents {
  intake: Intake;
  /**
   * Sees to the triggers what something else may have done to events, customers or the triggers themselves. Never rejects. All
   * that is watched is read anew for it, which takes seconds where millions of events are: for as long as one took, the stores
   * are left to others before the next.
   */
  look(): Promise<void>;
  /** The same, where by now somebody may enter or leave; else nothing. */
  beat(): Promise<void>;
}

/** `log` is asked for late: the server that has it is made with the intake. `signal` is aborted when the server stops. */
export function liveEvents(
  app: Pick<App, 'state' | 'warehouse' | 'now'> & { config: Pick<Config, 'key'> },
  turns: Turns,
  log: () => Log,
  signal: AbortSignal,
): LiveEvents {
  const { now } = app;
  let made: ReturnType<typeof createWatch> | undefined;
  let looking: Promise<void> | undefined;
  const watch = async () => {
    const { owner, triggers } = await app.state();
    made ??= createWatch(owner, () => triggers.list());
    return made;
  };
  let failing = '';
  let restsUntil = 0;
  const rested = async () => {
    const left = restsUntil - performance.now();
    if (left > 0) await delay(left, undefined, { signal }).catch(() => {});
  };
  const once = async () => {
    await rested();
    try {
      await turns.take('the triggers', async () => {
        const began = performance.now();
        await (await watch()).transaction(await app.warehouse(), now(), async () => {});
        const ended = performance.now();
        restsUntil = ended + (ended - began);
      });
      failing = '';
    } catch (error) {
      // A store that is down is tried at each beat, and told of once.
      if (!signal.aborted && failing !== String(error))
        log().error({ err: error }, 'the triggers could not be looked at');
      failing = String(error);
    }
  };
  const look = () => {
    looking ??= once().finally(() => {
      looking = undefined;
    });
    return looking;
  };
  const intake = createIntake({
    turns,
    store: async (source, posts) =>
      (await watch()).transaction(await app.warehouse(), now(), async ({ tx, arrived, upset }) => {
        const stored = await storeEvents(tx, source, posts, now(), suppressionOf(app.config));
        if (stored.upset) await upset();
        else await arrived(arrivedTable);
        await forgetArrived(tx);
        return stored.fates;
      }),
  });
  return {
    intake,
    look,
    beat: async () => {
      if (made && made.nextAt() <= now().getTime()) await look();
    },
  };
}
