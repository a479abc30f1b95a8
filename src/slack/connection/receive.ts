import type { Log } from '../../log.ts';
import type { SlackEvent } from '../../state/slack-events.ts';
import { type Told, toldBy } from './told.ts';

/** Something that Slack told, by whatever way it came. */
export interface Received {
  body: Record<string, unknown>;
  /** What is answered at once. */
  ack: (response?: unknown) => Promise<void>;
  /** Where Slack tells it again. */
  retry: { num: number; reason: string } | null;
}

/** Fulfilled when all that it asks for is done; never rejects. It is acknowledged in any case, but while the server stops. */
export type Receive = (received: Received) => Promise<void>;

export interface Reception {
  receive: Receive;
  /** Takes nothing any more: what is not acknowledged, Slack tells again. */
  close(): void;
  /** Fulfilled when nothing is under way. */
  idle(): Promise<void>;
}

export interface ReceptionOptions {
  /** Notes it; false where it is known already. */
  begin: (event: SlackEvent) => Promise<boolean>;
  end: (id: string, at: string) => Promise<void>;
  /** Whether somebody is listened to. */
  mayCome: (told: Told) => boolean;
  /** Has the listeners called; fulfilled when all of them are done, rejected where one failed. */
  dispatch: (received: Received) => Promise<void>;
  stopping: AbortSignal;
  now: () => Date;
  log: Log;
  /** Calls `act` after a while, unless it is told not to. */
  later?: (ms: number, act: () => void) => () => void;
}

/** Remembered without a note, while the state is away. */
const mostUnnoted = 10_000;

/** Slack waits for three seconds. */
const acknowledgedWithinMs = 2500;

/**
 * Has each thing done once, however often and on however many connections Slack tells it: it is noted in the state before
 * it is acknowledged. Where the state takes too long it is acknowledged all the same, and done when it is noted; what is
 * told again meanwhile waits for the same note. Where the state does not answer at all, it is done without a note, so that
 * whoever asked hears what is wrong.
 */
export function createReception(options: ReceptionOptions): Reception {
  const { mayCome, dispatch, stopping, now, log, later = afterAWhile } = options;
  const underWay = new Set<Promise<void>>();
  const unnoted = new Set<string>();
  let closed = false;

  const isNew = async (id: string, { kind, channel, thread, user }: Told) => {
    if (unnoted.has(id)) return false;
    try {
      return await options.begin({ id, at: now().toISOString(), kind, channel, thread, user });
    } catch (err) {
      log.warn({ err, kind }, 'what Slack told could not be noted: it is done without');
      if (unnoted.has(id)) return false;
      unnoted.add(id);
      if (unnoted.size > mostUnnoted) unnoted.delete(unnoted.values().next().value!);
      return true;
    }
  };
  const end = async (id: string) => {
    // Also without a note: it may have arrived where only its answer was lost.
    await options.end(id, now().toISOString()).catch(err => {
      log.warn({ err }, 'what Slack told is done, which could not be noted');
    });
  };
  const done = async (received: Received) => {
    const told = toldBy(received.body);
    if (told.byBot || !mayCome(told)) return;
    if (told.id !== null && !(await isNew(told.id, told))) return;
    let brokenOff = false;
    await dispatch(received).catch(err => {
      brokenOff = stopping.aborted;
      log.error({ err, kind: told.kind }, 'what Slack told was not dealt with');
    });
    // Told in its thread at the next start.
    if (told.id !== null && !brokenOff) await end(told.id);
  };
  const handle = async ({ ack, ...received }: Received) => {
    let acknowledged: Promise<void> | undefined;
    const once = (response?: unknown) => {
      acknowledged ??= ack(response).catch(err => {
        log.info({ err }, 'Slack was gone before it could be acknowledged, and tells it again');
      });
      return acknowledged;
    };
    const inTime = later(acknowledgedWithinMs, () => void once());
    try {
      await done({ ...received, ack: once });
    } catch (err) {
      log.error({ err }, 'what Slack told could not be read');
    } finally {
      inTime();
      await once();
    }
  };
  return {
    async receive(received) {
      if (closed) return;
      const work = handle(received);
      underWay.add(work);
      await work;
      underWay.delete(work);
    },
    close() {
      closed = true;
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

function afterAWhile(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}
