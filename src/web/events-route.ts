import type { FastifyInstance } from 'fastify';
import { InputError } from '../errors.ts';
import type { EventFates } from '../sources/arriving-record.ts';
import { type ReadEvents, type RejectedEvent, readEvents, type SentEvent } from '../sources/arriving-rows.ts';
import { bearing } from './bearing.ts';
import { type EventsOptions, onlySenders, taken, takesNoEvents } from './events-door.ts';
import type { Attempt } from './guesses.ts';

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
  if (!events) return takesNoEvents(server, [url]);
  const { token, intake, now } = events;
  onlySenders(server, {
    knows: request => bearing(request, token),
    attempt,
    challenge: 'Bearer realm="Kindred events"',
    how: 'Send it as the header "Authorization: Bearer TOKEN".',
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
    return answer(read, await taken(intake, { source, read, size }, reply));
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
