import type { Session } from './session.ts';

/** Something that is being answered in a thread, or waits for it. */
export interface Work {
  person: string;
  stopped: AbortController;
  /** Whether it is known to be a question. */
  asked: boolean;
  /** Whether its answer has begun. */
  begun: boolean;
}

/** What is under way, by thread: all of one thread share what Slack shows of it. */
interface Threads {
  add(thread: string, work: Work, session: () => Session): Session;
  /** Fulfilled when Slack shows that nothing is under way any more, where that is so. */
  remove(thread: string, work: Work): Promise<void>;
  in(thread: string): readonly Work[];
  of(person: string): number;
}

export function createThreads(): Threads {
  const threads = new Map<string, { session: Session; works: Set<Work> }>();
  return {
    add(thread, work, session) {
      const held = threads.get(thread) ?? { session: session(), works: new Set() };
      threads.set(thread, held);
      held.works.add(work);
      return held.session;
    },
    async remove(thread, work) {
      const held = threads.get(thread);
      if (!held) return;
      held.works.delete(work);
      if (held.works.size > 0) return;
      await held.session.rests();
      // Something may have come meanwhile, and has the same session, whose calls are in order.
      if (held.works.size === 0) threads.delete(thread);
    },
    in: thread => [...(threads.get(thread)?.works ?? [])],
    of: person => [...threads.values()].reduce((sum, { works }) => sum + countOf(works, person), 0),
  };
}

const countOf = (works: ReadonlySet<Work>, person: string) =>
  [...works].filter(work => work.person === person).length;
