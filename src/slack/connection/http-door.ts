import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Attempt } from '../../web/guesses.ts';
import { headerValues } from '../../web/header-values.ts';
import { Refusal } from '../../web/refusal.ts';
import type { Receive } from './receive.ts';
import { readRequest } from './request-body.ts';
import { isRecent, isSigned } from './signature.ts';

/** Where Slack comes in over HTTP. It stands in the server before Slack is started, and asks Slack to come again until then. */
export interface HttpDoor {
  /** In a scope of its own. */
  route(server: FastifyInstance, attempt: Attempt): Promise<void>;
  open(receive: Receive): void;
  close(): void;
}

/** The one address of events, presses and commands. */
export const slackPath = '/slack/events';

/** Bytes. Slack sends a dialog with all that was typed into it, and a press with the message around the button. */
const longestBody = 2 ** 20;

export function httpDoor({ secret, now }: { secret: string; now: () => Date }): HttpDoor {
  let inside: Receive | undefined;

  const check = (request: FastifyRequest, bytes: Buffer) => {
    const [timestamp, signature] = [
      one(request, 'x-slack-request-timestamp'),
      one(request, 'x-slack-signature'),
    ];
    if (!isRecent(timestamp, now()))
      throw unsigned('The request does not say when Slack sent it, or was not sent just now.');
    if (!isSigned({ body: bytes, timestamp, signature }, secret))
      throw unsigned('The request is not signed with SLACK_SIGNING_SECRET.');
  };
  return {
    open(receive) {
      inside = receive;
    },
    close() {
      inside = undefined;
    },
    async route(server, attempt) {
      server.removeAllContentTypeParsers();
      server.addContentTypeParser(
        ['application/json', 'application/x-www-form-urlencoded'],
        { parseAs: 'buffer', bodyLimit: longestBody },
        async (_request: unknown, body: Buffer) => body,
      );
      server.post(slackPath, async (request, reply) => {
        const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        await attempt(request, () => check(request, bytes), { signed: true });
        const sent = readRequest(bytes, request.headers['content-type'] ?? '');
        if ('challenge' in sent) return reply.send(sent);
        if ('probe' in sent) return reply.send();
        if (!inside) throw notYet();
        return answered(inside, sent.body, request, reply);
      });
    },
  };
}

/** Sends what is acknowledged, as soon as it is; the rest of the work goes on. */
async function answered(
  receive: Receive,
  body: Record<string, unknown>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const num = Number(one(request, 'x-slack-retry-num'));
  const retry = num > 0 ? { num, reason: one(request, 'x-slack-retry-reason') } : null;
  const response = await new Promise<unknown>((acknowledge, reject) => {
    void receive({ body, retry, ack: async given => acknowledge(given) }).then(() => reject(notYet()));
  });
  if (response === undefined || response === null || response === '') return reply.send();
  return reply.send(response);
}

/** Blank where it is not told, or more than once. */
function one(request: FastifyRequest, header: string): string {
  const [value = '', ...more] = headerValues(request, header);
  return more.length === 0 ? value : '';
}

function unsigned(message: string): Refusal {
  return new Refusal({ status: 401 }, message, 'Only Slack may ask here.');
}

/** Slack tells it again when a minute has passed, and once more after five. */
function notYet(): Refusal {
  return new Refusal(
    { status: 503, headers: { 'retry-after': '5' } },
    'Kindred is not ready for Slack.',
    'Send it again in a minute.',
  );
}
