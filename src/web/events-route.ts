import type { FastifyInstance } from 'fastify';
import { InputError, OperatorError, UpstreamError } from '../errors.ts';
import type { EventFates } from '../sources/arriving-record.ts';
import { type ReadEvents, type RejectedEvent, readEvents, type SentEvent } from '../sources/arriving-rows.ts';
import { bearing } from './bearing.ts';
import type { Attempt } from './guesses.ts';
import { type Intake, retryAfter } from './intake.ts';
import { Refusal } from './refusal.ts';

export interface EventsOptions {
  /** Absent where no events are taken. */
  events?: { token: string; intake: Intake; now: () => Date } | undefined;
}

/** The answer to a request with events. */
export interface EventsAnswer extends EventFates {
  /** Rows for each reason, the most frequent first. */
  reasons: { reason: string; rows: number }[];
  /** The first rejected rows by their place in the request, from 1. */
  rejects: Omit<RejectedEvent, 'content'>[];
}

/** Bytes of a request, and events in it, at most. */
const most = { bytes: 8 * 2 ** 20, events: 20_000 };
/** Rejected rows that an answer lists. */
const listed = 100;

/** A request as it was read; `size` is the length of its text. */
interface SentBody {
  sent: SentEvent[];
  size: number;
}

/** Events as they happen: a JSON array, or a JSON object to a line. Answered once they are durable. */
export async function eventsRoute(
  server: FastifyInstance,
  { events, attempt }: EventsOptions & { attempt: Attempt },
): Promise<void> {
  const url = '/v1/events';
  if (!events) {
    server.post(url, async (_request, reply) =>
      reply.code(404).send({
        error: {
          message: 'This server takes no events.',
          next: 'Start it with KINDRED_EVENTS_TOKEN set to a secret of at least 16 characters.',
        },
      }),
    );
    return;
  }
  const { token, intake, now } = events;
  server.addHook('onRequest', async (request, reply) => {
    await attempt(request, () => {
      if (!bearing(request, token))
        throw new Refusal(
          { status: 401, headers: { 'www-authenticate': 'Bearer realm="Kindred events"' } },
          'The token in KINDRED_EVENTS_TOKEN is needed.',
          'Send it as the header "Authorization: Bearer TOKEN".',
        );
    });
    if ((request.headers['content-encoding'] ?? 'identity') !== 'identity')
      return reply
        .code(415)
        .send({ error: { message: 'Compressed requests are not read.', next: 'Send it uncompressed.' } });
  });
  server.removeAllContentTypeParsers();
  const asText = { parseAs: 'string', bodyLimit: most.bytes } as const;
  server.addContentTypeParser('application/json', asText, async (_request: unknown, body: string) =>
    sentBody(jsonEvents(body), body),
  );
  server.addContentTypeParser(
    ['application/x-ndjson', 'application/ndjson', 'application/jsonl'],
    asText,
    async (_request: unknown, body: string) => sentBody(lineEvents(body), body),
  );
  server.post<{ Querystring: { source?: string | string[] } }>(url, async (request, reply) => {
    const source = request.query.source ?? 'shop';
    if (typeof source !== 'string' || !/^[^\s/\p{Cc}]{1,100}$/u.test(source))
      throw new InputError(
        'The source cannot have this name.',
        'Use one name of at most 100 signs, without spaces and slashes.',
      );
    const { sent, size } = (request.body ?? { sent: [], size: 0 }) as SentBody;
    if (sent.length > most.events)
      return reply.code(413).send({
        error: {
          message: `A request holds ${most.events} events at most.`,
          next: 'Send them in several requests.',
        },
      });
    const read = readEvents(sent, now());
    try {
      return answer(read, await intake.take(source, read, size));
    } catch (error) {
      if (error instanceof OperatorError || error instanceof UpstreamError)
        reply.header('retry-after', String(retryAfter));
      throw error;
    }
  });
}

const sentBody = (sent: SentEvent[], { length: size }: string): SentBody => ({ sent, size });

function answer({ rejected }: ReadEvents, fates: EventFates): EventsAnswer {
  const rows = new Map<string, number>();
  for (const { reason } of rejected) rows.set(reason, (rows.get(reason) ?? 0) + 1);
  const reasons = [...rows].map(([reason, count]) => ({ reason, rows: count }));
  return {
    ...fates,
    reasons: reasons.sort((a, b) => b.rows - a.rows || (a.reason < b.reason ? -1 : 1)),
    rejects: rejected.slice(0, listed).map(({ row, reason }) => ({ row, reason })),
  };
}

function jsonEvents(body: string): SentEvent[] {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch (error) {
    throw new InputError(
      'The request is not JSON.',
      'Send an array of events, or a JSON object to a line as application/x-ndjson.',
      { cause: error },
    );
  }
  return (Array.isArray(json) ? json : [json]).map(value => ({ json: value as unknown }));
}

function lineEvents(body: string): SentEvent[] {
  return body
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => {
      try {
        return { json: JSON.parse(line) as unknown };
      } catch {
        return { text: line };
      }
    });
}
