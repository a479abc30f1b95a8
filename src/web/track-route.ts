import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { InputError } from '../errors.ts';
import { readEvents } from '../sources/arriving-rows.ts';
import { trackedEvents } from '../sources/track-messages.ts';
import { bearing, digestOf } from './bearing.ts';
import { type EventsOptions, onlySenders, taken, takesNoEvents } from './events-door.ts';
import type { Attempt } from './guesses.ts';
import { headerValues } from './header-values.ts';

/** As the vendor's own API has them: bytes of a message and of a batch. */
const most = { track: 32 * 2 ** 10, batch: 500 * 2 ** 10 };

/** The ids of what arrives here, beside those of files and of /v1/events. */
const source = 'shop';

interface Sent {
  json: unknown;
  size: number;
}

/**
 * Segment's tracking API, so that its libraries and whatever forwards to it can send here: `track` calls become events,
 * the rest is left out and counted. The write key is the token for events.
 */
export async function trackRoute(
  server: FastifyInstance,
  { events, attempt }: EventsOptions & { attempt: Attempt },
): Promise<void> {
  if (!events) return takesNoEvents(server, ['/v1/track', '/v1/batch']);
  const { token, intake, now } = events;
  onlySenders(server, {
    knows: request => bearing(request, token) || hasWriteKey(request, token),
    attempt,
    challenge: 'Basic realm="Kindred events"',
    how: 'Set it as the write key of the library, or send it as the header "Authorization: Bearer TOKEN".',
  });
  server.removeAllContentTypeParsers();
  // Browsers send beacons as text.
  server.addContentTypeParser(
    ['application/json', 'text/plain'],
    { parseAs: 'string' },
    async (_request: unknown, body: string): Promise<Sent> => ({ json: parsed(body), size: body.length }),
  );
  const store = async (messages: readonly unknown[], size: number, reply: Parameters<typeof taken>[2]) => {
    const { events: tracked, leftOut } = trackedEvents(messages);
    const read = readEvents(tracked, now());
    const fates = await taken(intake, { source, read, size }, reply);
    return {
      success: true,
      ...fates,
      rejects: read.rejected.map(({ reason }) => reason).slice(0, 20),
      leftOut,
    };
  };
  server.post('/v1/track', { bodyLimit: most.track }, async (request, reply) => {
    const { json, size } = sent(request);
    return store([json], size, reply);
  });
  server.post('/v1/batch', { bodyLimit: most.batch }, async (request, reply) => {
    const { json, size } = sent(request);
    const batch: unknown = (json as { batch?: unknown } | null)?.batch;
    if (!Array.isArray(batch))
      throw new InputError('The request has no batch.', 'Send {"batch": [{"type": "track", …}, …]}.');
    return store(batch, size, reply);
  });
}

function sent({ body }: FastifyRequest): Sent {
  return (body ?? { json: null, size: 0 }) as Sent;
}

/** The write key as the name of a user without a password, as the libraries send it. */
function hasWriteKey(request: FastifyRequest, token: string): boolean {
  const [shown = '', ...more] = headerValues(request, 'authorization');
  const encoded = more.length === 0 ? /^basic +([\w+/=-]+)$/i.exec(shown)?.[1] : undefined;
  const [name = ''] = Buffer.from(encoded ?? '', 'base64')
    .toString('utf8')
    .split(':');
  return timingSafeEqual(digestOf(name), digestOf(token));
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new InputError('The request is not JSON.', 'Send one message, or a batch of them, as JSON.', {
      cause: error,
    });
  }
}
