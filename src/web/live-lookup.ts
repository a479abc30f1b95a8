import type { App } from '../app.ts';
import { OperatorError } from '../errors.ts';
import type { Log } from '../log.ts';
import { type Lookup, readLookup } from '../segmentation/lookup/read-lookup.ts';

/** The segments of customers as a server knows them: in memory, so that an answer waits for no store. */
export interface LiveLookup {
  /** As last read; the first time it is read now. Rejects where the stores do not come free in time. */
  get(): Promise<Lookup>;
  /** Something may have changed it: it is read anew soon, if anybody ever asked. */
  changed(): void;
  stop(): void;
}

/** How long the first asker waits, and how often is looked whether other processes changed the segments. */
const waits = { firstMs: 5000, lookMs: 3000 };

/** What is recorded when somebody objects, takes it back, or is forgotten. */
const ofRights = ['objection.stated', 'objection.withdrawn', 'person.erasing', 'person.erased'];

export function liveLookup(
  app: Pick<App, 'state' | 'warehouse' | 'turns'>,
  log: () => Log,
  stopping: AbortSignal,
): LiveLookup {
  let known: { lookup: Lookup; change: string } | undefined;
  let reading: Promise<void> | undefined;
  let again = false;
  let looking: NodeJS.Timeout | undefined;

  /** Whatever another process does to the segments, or to what people allow, changes it. */
  const lastChange = async () => {
    const { models, audit, pulls } = await app.state();
    const completed = (await pulls.of()).map(({ completeAt }) => completeAt);
    return JSON.stringify([(await models.lastChange())?.number, await audit.lastOf(ofRights), completed]);
  };
  const read = async () => {
    do {
      again = false;
      // Read before what it numbers: a change in between is seen at the next look.
      const change = await lastChange();
      const lookup = await app.turns.take(
        'the segments for the pages of the shop',
        async () => readLookup(await app.warehouse(), await app.state()),
        stopping,
      );
      known = { lookup, change };
    } while (again);
  };
  const readOnce = () => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  };
  const readSoon = () => {
    if (reading) again = true;
    readOnce().catch(error => {
      if (!stopping.aborted)
        log().error({ err: error }, 'the segments for the pages of the shop could not be read');
    });
  };
  const look = async () => {
    if (known && !reading && (await lastChange()) !== known.change) readSoon();
  };

  return {
    async get() {
      if (known) return known.lookup;
      // A database that does not answer now is asked again.
      looking ??= setInterval(() => void look().catch(() => {}), waits.lookMs).unref();
      await inTime(readOnce());
      return known!.lookup;
    },
    changed() {
      if (known) readSoon();
    },
    stop: () => clearInterval(looking),
  };
}

async function inTime(reading: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new OperatorError(
          'The stores are busy: segments cannot be looked up yet.',
          'Try again in some seconds.',
        ),
      );
    }, waits.firstMs);
  });
  try {
    await Promise.race([reading, late]);
  } finally {
    clearTimeout(timer);
  }
}
