import { markOfRows } from '../../features/feature-store.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import { createEngine, type Engine, type TriggerChange } from './engine.ts';
import { arrivedHits, standingHits } from './load-hits.ts';
import { noteTold, reconcileTriggers } from './reconcile.ts';
import { type Signals, signalsOf } from './signals.ts';
import type { Trigger } from './trigger.ts';
import { writeChanges } from './write-changes.ts';

/**
 * Keeps `trigger_members` right from moment to moment, for as long as a server runs. All that changes it happens inside
 * a transaction of the warehouse, so that what arrives and who enters by it are stored together or not at all.
 */
export interface Watch {
  /**
   * Runs `work` in a transaction that begins with who is in as of `now`: time has passed, and rows or triggers may have
   * come some other way. Where the transaction fails, what was watched is read anew the next time.
   */
  transaction<T>(warehouse: Warehouse, now: Date, work: (turn: WatchTurn) => Promise<T>): Promise<T>;
  /** Milliseconds since 1970 at which somebody may enter or leave without anything arriving; Infinity where nobody can. */
  nextAt(): number;
}

export interface WatchTurn {
  tx: Warehouse;
  /** Takes in the events of a table that are in the warehouse by now; see load-hits.ts. */
  arrived(table: string): Promise<void>;
  /** Reads all anew: stored events were changed, or customers joined. */
  upset(): Promise<void>;
}

interface Watched {
  triggers: Trigger[];
  signals: Signals;
  engine: Engine;
  /** What the engine was made from, and has followed since. */
  mark: string;
}

export function createWatch(owner: string, list: () => Promise<Trigger[]>): Watch {
  let watched: Watched | undefined;

  const load = async (tx: Warehouse, triggers: Trigger[], now: number) => {
    await reconcileTriggers(tx, owner, triggers, now);
    const signals = signalsOf(triggers);
    const engine = createEngine(signals.counted, now);
    for (const hit of await standingHits(tx, signals, now)) engine.observe(hit);
    watched = { triggers, signals, engine, mark: await markOf(tx, triggers) };
  };

  const write = async (
    tx: Warehouse,
    { triggers, engine }: Watched,
    changes: readonly TriggerChange[],
  ): Promise<void> => {
    await writeChanges(tx, owner, triggers, engine, changes);
    await noteTold(tx, owner, triggers, engine.now());
  };

  const keepUp = async (tx: Warehouse, now: number) => {
    const triggers = await list();
    if (watched?.mark !== (await markOf(tx, triggers))) return load(tx, triggers, now);
    // Where the clock was put back, what was told of the time between is not so yet.
    if (now < watched.engine.now()) return load(tx, triggers, now);
    const changes = watched.engine.advance(now);
    if (changes.length > 0) await write(tx, watched, changes);
  };

  const take = async (tx: Warehouse, table: string, now: number) => {
    const { engine, signals, triggers } = watched!;
    if (triggers.length > 0) {
      const changes: TriggerChange[] = [];
      for (const hit of await arrivedHits(tx, signals, table)) {
        changes.push(...engine.advance(Math.min(hit.at, now)), ...engine.observe(hit));
      }
      changes.push(...engine.advance(now));
      await write(tx, watched!, changes);
    }
    watched!.mark = await markOf(tx, triggers);
  };

  return {
    async transaction(warehouse, date, work) {
      try {
        return await warehouse.transaction(async tx => {
          const now = date.getTime();
          await keepUp(tx, now);
          return work({
            tx,
            arrived: table => take(tx, table, now),
            upset: async () => load(tx, await list(), now),
          });
        });
      } catch (error) {
        watched = undefined;
        throw error;
      }
    },
    nextAt: () => watched?.engine.nextAt() ?? Number.NEGATIVE_INFINITY,
  };
}

async function markOf(tx: Warehouse, triggers: readonly Trigger[]): Promise<string> {
  const rows = triggers.length > 0 ? await markOfRows(tx, []) : null;
  return JSON.stringify([rows, triggers.map(({ id, createdAt }) => [id, createdAt])]);
}
