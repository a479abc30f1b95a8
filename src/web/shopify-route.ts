import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ZodError } from 'zod';
import type { App } from '../app.ts';
import { connectionOf } from '../connections/connection.ts';
import { InputError, KindredError, OperatorError, UpstreamError } from '../errors.ts';
import { suppressionOf } from '../governance/suppression.ts';
import { type RowFates, storePages } from '../sources/pull/store.ts';
import { told } from '../sources/vendors/shopify/from-webhook.ts';
import { orderNow } from '../sources/vendors/shopify/source.ts';
import { platformOf } from '../vendors/platform.ts';
import { shopifyVendor, webhookSecretsOf } from '../vendors/shopify.ts';
import { shopifyApi, shopOf } from '../vendors/shopify-api.ts';
import type { Connection } from '../vendors/vendor.ts';
import { digestOf } from './bearing.ts';
import type { Attempt } from './guesses.ts';
import { headerValues } from './header-values.ts';
import { Refusal } from './refusal.ts';
import { busy, type Message, retryAfter, shopifyIntake } from './shopify-intake.ts';
import { type Erase, isPrivacyTopic, privacyMessage, type UnderWay } from './shopify-privacy.ts';

export interface ShopifyRouteOptions {
  app: Pick<App, 'state' | 'config' | 'warehouse' | 'now' | 'turns' | 'pacers'>;
  attempt: Attempt;
  /** Has live triggers see what was stored. */
  look: () => Promise<void>;
  erase: Erase;
  /** How long a message waits for the store, in milliseconds. */
  patienceMs?: number;
}

/** Where a shop sends its messages: the name of the connection stands behind it. */
export const shopifyPath = shopifyVendor.messages!.path;

const longestBody = 8 * 2 ** 20;

/**
 * Messages of Shopify shops, signed over their bytes. Each is answered once what it tells is stored for good. While
 * something long has the store, as a refresh, the shop is asked to send it again before it would give up by itself: it does so
 * for hours, and whatever came between is pulled by its time of change in any case. A message that comes twice, or too late,
 * changes nothing: rows know since when they are as they are.
 */
export async function shopifyRoute(server: FastifyInstance, options: ShopifyRouteOptions): Promise<void> {
  const { app, attempt, look, patienceMs } = options;
  const intake = shopifyIntake(app.turns, (source, messages) => store(app, source, messages), patienceMs);
  const underWay: UnderWay = new Map();
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: longestBody },
    async (_request: unknown, body: Buffer) => body,
  );
  server.post<{ Params: { connection: string } }>(`${shopifyPath}/:connection`, async (request, reply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const connection = await attempt(request, () => sender(app, request, body), { signed: true });
    const topic = header(request, 'x-shopify-topic');
    try {
      if (isPrivacyTopic(topic)) {
        const answer = await privacyMessage(options, underWay, connection, topic, read(body));
        request.log.warn({ connection: connection.name, topic }, 'a shop asks for privacy');
        return reply.send(answer);
      }
      const message = await messageOf(app, connection, topic, read(body), request);
      if ('nothing' in message) return reply.send({ taken: false, reason: message.nothing });
      await intake.take(connection.name, message);
      void look();
      return reply.send({ taken: true });
    } catch (error) {
      // To send what cannot be read once more helps nobody; the next pull has it.
      if (error instanceof ZodError || error instanceof SyntaxError) {
        request.log.warn({ connection: connection.name, topic }, 'a message of a shop could not be read');
        return reply.send({ taken: false, reason: 'not what messages of this topic hold' });
      }
      if (error instanceof OperatorError || error instanceof UpstreamError)
        reply.header('retry-after', String(retryAfter));
      throw error;
    }
  });
}

async function store(
  { warehouse, now, config }: Pick<App, 'warehouse' | 'now' | 'config'>,
  source: string,
  pages: readonly Message[],
): Promise<RowFates> {
  const suppression = suppressionOf(config);
  const at = now().toISOString();
  return storePages(await warehouse(), { source, format: 'shopify messages', pages, at, suppression });
}

/** The connection whose secret signs the message. All that is wrong is answered alike. */
async function sender(
  app: Pick<App, 'state' | 'config'>,
  request: FastifyRequest<{ Params: { connection: string } }>,
  body: Buffer,
): Promise<Connection> {
  const connection = await known(app, request.params.connection);
  const shown = digestOf(header(request, 'x-shopify-hmac-sha256'));
  const signs = (secret: string) =>
    timingSafeEqual(digestOf(createHmac('sha256', secret).update(body).digest('base64')), shown);
  if (!connection || !webhookSecretsOf(connection).some(signs))
    throw new Refusal(
      { status: 401 },
      'The message is not signed with the secret of this connection.',
      'Only Shopify may ask here. `kindred connect shopify` asks for the secret by which it signs.',
    );
  // Several shops may have one app, and so one secret.
  const shop = header(request, 'x-shopify-shop-domain');
  if (shop !== shopOf(connection))
    throw new InputError('The message is of another shop.', 'Give each shop a connection of its own.');
  return connection;
}

async function known(app: Pick<App, 'state' | 'config'>, name: string): Promise<Connection | undefined> {
  try {
    const connection = await connectionOf(app, name);
    return connection.vendor === 'shopify' ? connection : undefined;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** Blank where it is not told, or more than once. */
function header(request: FastifyRequest, name: string): string {
  const [value = '', ...more] = headerValues(request, name);
  return more.length === 0 ? value : '';
}

function read(body: Buffer): unknown {
  return JSON.parse(body.toString('utf8'));
}

/** For asking the shop, of the five seconds in which it wants its answer. */
const askingMs = 2500;

async function messageOf(
  app: Pick<App, 'pacers' | 'config'>,
  connection: Connection,
  topic: string,
  payload: unknown,
  { log }: FastifyRequest,
): Promise<Message | { nothing: string }> {
  const message = told(topic, payload);
  if (!('order' in message)) return message;
  const platform = platformOf(app, AbortSignal.timeout(askingMs), log);
  try {
    const order = await orderNow(shopifyApi(connection, platform), message.order);
    return order ?? { nothing: 'an order that is there no more' };
  } catch (error) {
    throw error instanceof KindredError ? error : busy();
  }
}
