import { formatError, KindredError, UpstreamError } from '../../errors.ts';
import {
  codes,
  errorAnswer,
  type Id,
  isAnswer,
  isNotice,
  isRequest,
  type Message,
  needsStores,
  type RequestMessage,
} from './message.ts';
import { createSession } from './session.ts';
import type { Connect, Upstream, UpstreamEvents } from './upstream.ts';

export interface Relay {
  /** Takes what the client says. */
  take(message: Message): void;
  /** Resolves when nothing of the client waits for an answer, or after `milliseconds`. */
  idle(milliseconds: number): Promise<void>;
  /** Gives up what is under way. */
  close(): Promise<void>;
}

export interface RelayOptions {
  connect: Connect;
  /** What the client hears. */
  send: (message: Message) => void;
  /** A line for whoever runs the client. */
  log: (text: string) => void;
}

/** One upstream in its time. */
interface Link {
  upstream: Upstream | null;
  /** What the relay itself asked of it; null is told where it went away over that. */
  greetings: Map<Id, (answer: Message | null) => void>;
  gone: boolean;
}

/**
 * How often an upstream may go away before it has even greeted, and how long it may take over that; and how long it is
 * from one look for the next to another while nobody asks.
 */
const patience = { greetings: 3, milliseconds: 20_000, rest: 3000 };

/**
 * Passes messages between one client and the upstream of now, ids and all. Where the upstream goes away it finds the
 * next, tells it what the last one knew, asks it again what changes nothing, and tells the client of the rest.
 */
export function createRelay({ connect, send, log }: RelayOptions): Relay {
  const session = createSession();
  let link: Link | undefined;
  /** What waits for an upstream that can answer it: what the last one left unanswered, and what came since. */
  let again: RequestMessage[] = [];
  let parked: Message[] = [];
  let connecting = false;
  let closed = false;
  let resting: NodeJS.Timeout | undefined;
  const idlers = new Set<() => void>();

  const pending = () => session.waiting() + parked.filter(isRequest).length;
  const tell = (message: Message) => {
    send(message);
    if (pending() === 0) for (const idler of idlers) idler();
  };

  /** What the upstream of now left unanswered. */
  const forget = (unheard?: ReadonlySet<Id>) => {
    const lost = session.lost(unheard);
    again.push(...lost.again);
    for (const message of lost.tell) tell(message);
  };

  const hear = (from: Link, message: Message) => {
    if (from.gone || closed) return;
    const greeting = isAnswer(message) && message.id !== null ? from.greetings.get(message.id) : undefined;
    if (greeting) return greeting(message);
    if (from !== link) return;
    const told = session.fromUpstream(message);
    if (told) tell(told);
  };

  const lose = (from: Link, why: string, unheard?: ReadonlySet<Id>) => {
    if (from.gone || closed) return;
    end(from);
    if (from !== link) return;
    log(`The Kindred process that answered is gone (${why}); looking for another.`);
    link = undefined;
    forget(unheard);
    begin();
  };

  /** Whether somebody waits for an answer that only an upstream can give. */
  const asked = () => parked.length > 0 || again.some(({ method }) => method !== 'subscriptions/listen');

  const end = (from: Link) => {
    from.gone = true;
    for (const greeting of from.greetings.values()) greeting(null);
    from.upstream?.close().catch(() => {});
  };

  const begin = () => {
    clearTimeout(resting);
    if (connecting || closed) return;
    connecting = true;
    settle()
      .catch(refuse)
      .finally(() => {
        connecting = false;
        // It may have gone again, or more come in.
        if (asked()) begin();
        else if (!link && !closed) resting = setTimeout(begin, patience.rest).unref();
      });
  };

  /** Finds an upstream and hands it what waits. */
  const settle = async () => {
    let looked = false;
    for (let tries = 0; tries < patience.greetings; ) {
      const before = link;
      const made: Link = { upstream: null, greetings: new Map(), gone: false };
      const events: UpstreamEvents = {
        message: message => hear(made, message),
        lost: (why, unheard) => lose(made, why, unheard),
      };
      const next = await connect(events, { standIn: before?.upstream ?? null, asked: asked() });
      if (closed) return void (await next?.close());
      if (!next) return;
      if (next !== before?.upstream) {
        made.upstream = next;
        if (!(await greet(made)) || made.gone) {
          end(made);
          tries++;
          continue;
        }
        if (before) {
          end(before);
          forget();
        }
        link = made;
      } else looked = true;
      if (!next.standIn || looked) return flush(next, () => true);
      flush(next, message => !needsStores(message));
      if (again.length + parked.length === 0) return;
      looked = true;
    }
    throw new UpstreamError(
      'Kindred ends again and again before it answers.',
      'Look into its log, or run `kindred serve` to see why.',
    );
  };

  /** Says to it what the client said to the one before, without the client hearing the answers. */
  const greet = async ({ upstream, greetings }: Link): Promise<boolean> => {
    const words = session.greeting();
    if (!words) return true;
    const answer = await new Promise<Message | null>(resolve => {
      const timer = setTimeout(resolve, patience.milliseconds, null);
      greetings.set(words.initialize.id, message => {
        clearTimeout(timer);
        resolve(message);
      });
      upstream!.send(words.initialize);
    });
    if (!answer || !('result' in answer)) return false;
    for (const message of words.rest) {
      if (isRequest(message)) greetings.set(message.id, () => {});
      upstream!.send(message);
    }
    return true;
  };

  const flush = (upstream: Upstream, may: (message: Message) => boolean) => {
    const left = again;
    again = left.filter(message => !may(message));
    for (const message of left) if (may(message)) upstream.send(message);
    const waited = parked;
    parked = waited.filter(message => !may(message));
    for (const message of waited) if (may(message)) pass(message);
  };

  const pass = (message: Message) => {
    const passed = session.fromClient(message);
    if (passed) link?.upstream?.send(passed);
  };

  /** Nobody can be asked: whoever asked is told why, and what to do. */
  const refuse = (error: unknown) => {
    log(formatError(error));
    const text = error instanceof KindredError ? `${error.message} ${error.next}` : 'Internal error.';
    const waited = [...again, ...parked];
    again = [];
    parked = [];
    for (const message of waited) {
      if (!isRequest(message)) continue;
      const answer = errorAnswer(message.id, codes.internal, text);
      session.fromUpstream(answer);
      tell(answer);
    }
  };

  return {
    take(message) {
      if (closed) return;
      if (isNotice(message) && message.method === 'notifications/cancelled') {
        const waits = parked.findIndex(one => isRequest(one) && one.id === message.params?.requestId);
        if (waits >= 0) return void parked.splice(waits, 1);
      }
      if (link && !(link.upstream?.standIn && needsStores(message))) return pass(message);
      parked.push(message);
      begin();
    },
    idle(milliseconds) {
      if (pending() === 0) return Promise.resolve();
      return new Promise(resolve => {
        const done = () => {
          clearTimeout(timer);
          idlers.delete(done);
          resolve();
        };
        const timer = setTimeout(done, milliseconds);
        idlers.add(done);
      });
    },
    async close() {
      closed = true;
      clearTimeout(resting);
      parked = [];
      again = [];
      await link?.upstream?.close();
      link = undefined;
    },
  };
}
