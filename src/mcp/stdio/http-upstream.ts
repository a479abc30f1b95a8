import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { SdkHttpError, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { codeOf } from '../../errors.ts';
import {
  codes,
  errorAnswer,
  type Id,
  isAnswer,
  isNotice,
  isRecord,
  isRequest,
  type Message,
  type RequestMessage,
} from './message.ts';
import type { Upstream, UpstreamEvents } from './upstream.ts';

export interface HttpServer {
  /** Of its /mcp. */
  endpoint: URL;
  headers: Readonly<Record<string, string>>;
  /** Says what to do where it does not let this one in; null where that means that another process took its place. */
  denied: ((status: number) => string) | null;
  /** Called before `lost` where the server said that it is stopping: it may still listen for a moment. */
  stopping?: () => void;
}

const reconnection = { initial: 250, longest: 30_000, growth: 1.5 };
const unreached = 'ECONNREFUSED';
const settlingMs = 200;
/** A session that is not ended ends by itself; nobody waits longer than this for it. */
const farewellMs = 500;

/** Kindred's MCP endpoint over HTTP, in the dialect of the client: sessions for older ones, none for the newer. */
export function httpUpstream(
  { endpoint, headers, denied, stopping }: HttpServer,
  { message: hear, lost }: UpstreamEvents,
): Upstream {
  const open = new Map<Id, AbortController>();
  const listening = new Set<Id>();
  /** Settle when it is known whether the question arrived. */
  const sending = new Set<Promise<unknown>>();
  const unheard = new Set<Id>();
  /** Settles when what was sent last lets the next go: a session has its id and its version only when it is greeted. */
  let turn: Promise<unknown> = Promise.resolve();
  let greeting: { id: Id; done: () => void } | undefined;
  let ended = false;

  const lose = (why: string) => {
    if (ended) return;
    ended = true;
    lost(why, unheard);
  };
  /** What was sent at the same time went the same way: that is known before anything is told. */
  const loseSoon = (why: string) =>
    void Promise.race([Promise.allSettled(sending), wait(settlingMs)]).then(() => lose(why));
  /** Whether a status says that nothing more comes of this server; then that is told. */
  const loseBy = (status: number): boolean => {
    const gone =
      status === 404
        ? transport.sessionId !== undefined
        : denied === null && (status === 401 || status === 503);
    if (status === 503 && gone && !ended) stopping?.();
    if (gone) loseSoon(status === 404 ? 'it does not know the session any more' : `status ${status}`);
    return gone;
  };
  const transport = new StreamableHTTPClientTransport(endpoint, {
    requestInit: { headers },
    reconnectionOptions: {
      initialReconnectionDelay: reconnection.initial,
      maxReconnectionDelay: reconnection.longest,
      reconnectionDelayGrowFactor: reconnection.growth,
      maxRetries: Number.POSITIVE_INFINITY,
    },
    // A stream that broke off is taken up again where the server still stands, and the server given up where not.
    reconnectionScheduler(reconnect, delay) {
      const timer = setTimeout(async () => {
        if (await answers(endpoint)) reconnect();
        else lose('it does not answer');
      }, delay);
      return () => clearTimeout(timer);
    },
  });
  transport.onmessage = message => {
    const heard = message as Message;
    if (isAnswer(heard) && heard.id !== null) {
      if ('result' in heard && listening.delete(heard.id)) {
        // It ends what it was to tell of changes; the next server goes on with that.
        stopping?.();
        return lose('it is stopping');
      }
      open.delete(heard.id);
      if (heard.id === greeting?.id) {
        if ('result' in heard) transport.setProtocolVersion(String(heard.result.protocolVersion));
        greeting.done();
      }
    }
    if (!ended) hear(heard);
  };
  transport.onerror = error => {
    if (isHttpError(error)) loseBy(error.status!);
  };
  const started = transport.start();

  /** Tells what became of a message that could not be handed over. */
  const failed = (error: unknown, request?: RequestMessage) => {
    if (ended || (request && !open.has(request.id))) return;
    if (!isHttpError(error)) {
      if (request && codeOf(causeOf(error)) === unreached) unheard.add(request.id);
      return loseSoon(causeOf(error).message);
    }
    const status = error.status!;
    // Whoever does not know the session, or who asks, has not looked at the question.
    if (request && (status === 404 || status === 401)) unheard.add(request.id);
    if (loseBy(status) || !request) return;
    open.delete(request.id);
    const text =
      status === 401 || status === 403
        ? denied?.(status)
        : `Kindred answers with status ${status}: ${reasonOf(error)}`;
    hear(errorAnswer(request.id, codes.internal, text ?? ''));
    if (request.id === greeting?.id) greeting.done();
  };

  /**
   * A process of this machine that was killed is found out before it is asked: over a connection that was left open
   * nobody could tell whether it heard.
   */
  const reached = async () => {
    if (denied === null && !(await answers(endpoint)))
      throw Object.assign(new Error('it does not answer'), { code: unreached });
  };

  const ask = async (request: RequestMessage) => {
    const gone = new AbortController();
    open.set(request.id, gone);
    if (request.method === 'subscriptions/listen') listening.add(request.id);
    const greeted =
      request.method === 'initialize'
        ? new Promise<void>(done => {
            greeting = { id: request.id, done };
          })
        : undefined;
    const sent = reached()
      .then(() =>
        transport.send(request as Parameters<typeof transport.send>[0], {
          requestSignal: gone.signal,
          onRequestStreamEnd() {
            if (open.has(request.id)) lose('it broke off in the middle of an answer');
          },
        }),
      )
      .catch(error => failed(error, request));
    sending.add(sent);
    void sent.then(() => sending.delete(sent));
    if (greeted) await Promise.race([greeted, sent.then(() => (open.has(request.id) ? greeted : undefined))]);
  };

  const say = async (message: Message) => {
    if (isNotice(message) && message.method === 'notifications/cancelled') {
      const id = message.params?.requestId as Id;
      const asked = open.get(id);
      open.delete(id);
      listening.delete(id);
      // The newer protocol cancels by hanging up; the older is told first.
      if (transport.sessionId)
        await transport.send(message as Parameters<typeof transport.send>[0]).catch(failed);
      return asked?.abort();
    }
    await transport.send(message as Parameters<typeof transport.send>[0]).catch(error => failed(error));
  };

  return {
    standIn: false,
    send(message) {
      turn = turn.then(async () => {
        await started;
        if (ended) return;
        if (!isRequest(message)) return say(message);
        const asked = ask(message);
        // Others need not wait for it; whether they may go before it is answered is theirs to know.
        if (message.method === 'initialize') await asked;
      });
    },
    async close() {
      ended = true;
      if (transport.sessionId) {
        const late = new Promise(resolve => setTimeout(resolve, farewellMs).unref());
        await Promise.race([transport.terminateSession().catch(() => {}), late]);
      }
      await transport.close();
    },
  };
}

/** Whether something listens there: the quickest way to tell a process that is gone from one that is busy. */
export function answers({ hostname, port, protocol }: URL): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port || (protocol === 'https:' ? 443 : 80)),
      timeout: 2000,
    });
    const done = (well: boolean) => {
      socket.destroy();
      resolve(well);
    };
    socket
      .once('connect', () => done(true))
      .once('error', () => done(false))
      .once('timeout', () => done(false));
  });
}

const isHttpError = (error: unknown): error is SdkHttpError =>
  error instanceof SdkHttpError && typeof error.status === 'number';

/** What the server says in its answer, where that can be read. */
function reasonOf(error: SdkHttpError): string | undefined {
  try {
    const value: unknown = JSON.parse(String(error.data.text));
    const said = isRecord(value) && isRecord(value.error) ? value.error : {};
    if (typeof said.message === 'string') return [said.message, said.next].filter(Boolean).join(' ');
  } catch {
    // No JSON.
  }
  return undefined;
}

/** What is behind the "fetch failed" of fetch. */
function causeOf(error: unknown): Error {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause : new Error(String(cause));
}
