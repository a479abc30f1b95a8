import {
  codes,
  errorAnswer,
  type Id,
  isAnswer,
  isNotice,
  isRecord,
  isRequest,
  type Message,
  type NoticeMessage,
  type RequestMessage,
} from './message.ts';

/** What a new upstream is told before anything else, so that it stands where the last one stood. */
export interface Greeting {
  /** Has to be answered before the rest is sent; the client has its answer already. */
  initialize: RequestMessage;
  rest: (RequestMessage | NoticeMessage)[];
}

/**
 * What one client and its upstreams have said to each other, as far as it has to outlive an upstream: pure bookkeeping,
 * no clock and no stream.
 */
export interface Session {
  /** Notes what the client says, and gives what the upstream is to hear of it; null where that is nothing. */
  fromClient(message: Message): Message | null;
  /** The same the other way. */
  fromUpstream(message: Message): Message | null;
  /** The upstream is gone, and never heard some questions: what the client is told, and what is asked of the next. */
  lost(unheard?: ReadonlySet<Id>): { tell: Message[]; again: RequestMessage[] };
  /** Null before a client of the older protocol has been greeted; the newer one introduces itself in each request. */
  greeting(): Greeting | null;
  /** Requests of the client that wait for an answer. */
  waiting(): number;
}

/** Questions that change nothing: asked again where the upstream went away over them. */
const harmless = new Set([
  'initialize',
  'ping',
  'server/discover',
  'subscriptions/listen',
  'tools/list',
  'resources/list',
  'resources/templates/list',
  'resources/read',
  'resources/subscribe',
  'resources/unsubscribe',
  'prompts/list',
  'prompts/get',
  'completion/complete',
  'logging/setLevel',
]);

const subscriptionKey = 'io.modelcontextprotocol/subscriptionId';
const goneText =
  'The Kindred process that worked on this ended before it was done; another one is found by itself. Ask again.';
/** What proposes may have done so before its process ended; asked again blindly it would wait for approval twice. */
const openedText =
  'Where it was to propose something, look with review_proposal first: it may wait for approval already.';

export function createSession(): Session {
  let hello: RequestMessage | undefined;
  let greeted = false;
  let initialized: NoticeMessage | undefined;
  /** What an older client set for its session: its log level and the resources it watches. */
  const standing = new Map<string, RequestMessage>();
  const inFlight = new Map<Id, { request: RequestMessage; again: boolean }>();
  const readOnlyTools = new Set<string>();
  /** Requests of the upstream that the client has not answered: the id that it knows, and the upstream's own. */
  const asked = new Map<Id, Id>();
  const everAsked = new Set<Id>();
  let fresh = 0;

  const asksNothing = ({ method, params }: RequestMessage) =>
    method === 'tools/call' ? readOnlyTools.has(String(params?.name)) : harmless.has(method);

  const noteAnswer = ({ method, params }: RequestMessage, result: Readonly<Record<string, unknown>>) => {
    if (method === 'initialize') greeted = true;
    else if (method === 'tools/list') for (const name of readOnlyNames(result)) readOnlyTools.add(name);
    else if (method === 'resources/unsubscribe') standing.delete(`uri ${String(params?.uri)}`);
  };

  const askClient = (request: RequestMessage): RequestMessage => {
    // Each upstream counts from the beginning; a late answer to the last one must not pass for an answer to this one.
    const id = everAsked.has(request.id) ? `again-${fresh++}-${request.id}` : request.id;
    everAsked.add(id);
    asked.set(id, request.id);
    return { ...request, id };
  };

  const clientId = (own: unknown): Id | undefined => [...asked].find(([, id]) => id === own)?.[0];

  return {
    fromClient(message) {
      if (isRequest(message)) {
        inFlight.set(message.id, { request: message, again: false });
        if (message.method === 'initialize') {
          hello = message;
          greeted = false;
          standing.clear();
        } else if (message.method === 'logging/setLevel') standing.set('level', message);
        else if (message.method === 'resources/subscribe')
          standing.set(`uri ${String(message.params?.uri)}`, message);
        return message;
      }
      if (isNotice(message)) {
        if (message.method === 'notifications/initialized') initialized = message;
        if (message.method === 'notifications/cancelled') {
          const id = message.params?.requestId;
          // Its answer crossed the cancellation, or the last upstream took it along.
          if (!isId(id) || !inFlight.delete(id)) return null;
        }
        return message;
      }
      const id = message.id === null ? undefined : asked.get(message.id);
      if (id === undefined || message.id === null) return null;
      asked.delete(message.id);
      return { ...message, id };
    },

    fromUpstream(message) {
      if (isAnswer(message)) {
        if (message.id === null) return message;
        const entry = inFlight.get(message.id);
        if (!entry) return null;
        inFlight.delete(message.id);
        if ('result' in message) noteAnswer(entry.request, message.result);
        return message;
      }
      if (isRequest(message)) return askClient(message);
      if (message.method === 'notifications/cancelled') {
        const id = clientId(message.params?.requestId);
        if (id === undefined) return null;
        asked.delete(id);
        return { ...message, params: { ...message.params, requestId: id } };
      }
      const subscription = subscriptionOf(message);
      const listening = subscription === undefined ? undefined : inFlight.get(subscription);
      if (listening?.again) {
        listening.again = false;
        // The client knows that it listens.
        if (message.method === 'notifications/subscriptions/acknowledged') return null;
      }
      return message;
    },

    lost(unheard) {
      const tell: Message[] = [];
      const again: RequestMessage[] = [];
      for (const id of asked.keys())
        tell.push({
          jsonrpc: '2.0',
          method: 'notifications/cancelled',
          params: { requestId: id, reason: goneText },
        });
      asked.clear();
      for (const [id, entry] of inFlight) {
        // Once: what two upstreams ended over would end the third.
        if (!entry.again && (unheard?.has(id) || asksNothing(entry.request))) {
          entry.again = true;
          again.push(entry.request);
        } else {
          inFlight.delete(id);
          tell.push(goneAnswer(entry.request));
        }
      }
      return { tell, again };
    },

    greeting() {
      if (!hello || !greeted) return null;
      const renamed = (request: RequestMessage) => ({ ...request, id: `kindred-relay-${fresh++}` });
      return {
        initialize: renamed(hello),
        rest: [...(initialized ? [initialized] : []), ...[...standing.values()].map(renamed)],
      };
    },

    waiting: () =>
      [...inFlight.values()].filter(({ request }) => request.method !== 'subscriptions/listen').length,
  };
}

/** A tool's failure is for the model, which can ask again; the rest is for the client. */
function goneAnswer({ id, method }: RequestMessage): Message {
  if (method !== 'tools/call') return errorAnswer(id, codes.internal, goneText);
  const result = {
    resultType: 'complete',
    content: [{ type: 'text', text: `${goneText} ${openedText}` }],
    isError: true,
  };
  return { jsonrpc: '2.0', id, result };
}

function readOnlyNames({ tools }: Readonly<Record<string, unknown>>): string[] {
  if (!Array.isArray(tools)) return [];
  return tools.flatMap((tool: unknown) =>
    isRecord(tool) && isRecord(tool.annotations) && tool.annotations.readOnlyHint === true
      ? [String(tool.name)]
      : [],
  );
}

function subscriptionOf({ params }: NoticeMessage): Id | undefined {
  const meta = params?._meta;
  const id = isRecord(meta) ? meta[subscriptionKey] : undefined;
  return isId(id) ? id : undefined;
}

const isId = (value: unknown): value is Id => typeof value === 'string' || typeof value === 'number';
