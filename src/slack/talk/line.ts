/** Where something that is to be done stands in the line. */
interface Place {
  /** What has the same is done in the order in which it came, one after the other. */
  thread: string;
  person: string;
  signal: AbortSignal;
  /** Called at once where it does not begin at once. */
  waits: () => void;
}

/**
 * A line in which so many are served at once: in a thread one after the other, and otherwise whoever has the fewest under
 * way comes next, so that nobody waits behind all that one person asked.
 */
interface Line {
  /** Rejects with the signal's reason, having begun nothing, where it is aborted before its turn. */
  take<T>(place: Place, work: () => Promise<T>): Promise<T>;
}

interface Waiting extends Place {
  begin(): void;
}

export function createLine(atOnce: number): Line {
  const waiting: Waiting[] = [];
  const running: Place[] = [];

  const next = (): Waiting | undefined => {
    const busy = new Set(running.map(({ thread }) => thread));
    let chosen: Waiting | undefined;
    let fewest = Number.POSITIVE_INFINITY;
    for (const each of waiting) {
      if (busy.has(each.thread)) continue;
      // Those behind it in its thread come after it.
      busy.add(each.thread);
      const has = running.filter(({ person }) => person === each.person).length;
      if (has >= fewest) continue;
      chosen = each;
      fewest = has;
    }
    return chosen;
  };

  const serve = () => {
    while (running.length < atOnce) {
      const chosen = next();
      if (!chosen) return;
      waiting.splice(waiting.indexOf(chosen), 1);
      running.push(chosen);
      chosen.begin();
    }
  };

  return {
    async take(place, work) {
      place.signal.throwIfAborted();
      let mine: Waiting | undefined;
      await new Promise<void>((resolve, reject) => {
        const leave = () => {
          waiting.splice(waiting.indexOf(mine!), 1);
          reject(place.signal.reason);
        };
        mine = {
          ...place,
          begin() {
            place.signal.removeEventListener('abort', leave);
            resolve();
          },
        };
        place.signal.addEventListener('abort', leave, { once: true });
        waiting.push(mine);
        serve();
        if (waiting.includes(mine)) place.waits();
      });
      try {
        return await work();
      } finally {
        running.splice(running.indexOf(mine!), 1);
        serve();
      }
    },
  };
}
