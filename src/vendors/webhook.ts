import { createHmac } from 'node:crypto';
import { InputError } from '../errors.ts';
import { vendorHttp } from './http.ts';
import { VendorRefusal } from './refusal.ts';
import type { Connection, Platform, Vendor } from './vendor.ts';

/**
 * Sends a message to a receiver of the shop's own. It is signed: `kindred-signature: t=1795348800,v1=<hex>` where v1 is
 * HMAC-SHA-256, under the secret, of the text of t, a full stop and the body as it came. `idempotency-key` is the same
 * when a message is sent again: a receiver that has seen it answers 2xx and does nothing. In Node it is checked so:
 *
 *     const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(request.headers['kindred-signature']);
 *     const expected = createHmac('sha256', secret).update(`${t}.${rawBody}`).digest();
 *     const genuine = timingSafeEqual(expected, Buffer.from(v1, 'hex')) && Math.abs(Date.now() / 1000 - Number(t)) < 1200;
 *
 * @throws VendorRefusal where the receiver answers 4xx
 */
export async function postSigned(
  connection: Connection,
  id: string,
  message: object,
  platform: Platform,
): Promise<void> {
  const url = connection.settings.url ?? '';
  const http = vendorHttp(
    connection,
    { base: url, headers: {}, limits: [{ requests: 10, perMs: 1000 }] },
    platform,
  );
  const body = JSON.stringify({ id, ...message });
  const t = Math.floor(platform.now().getTime() / 1000);
  await http.send({
    method: 'POST',
    path: url,
    body,
    idempotent: true,
    headers: {
      'content-type': 'application/json',
      'idempotency-key': id,
      'kindred-signature': `t=${t},v1=${signature(connection.secrets.signing_secret ?? '', t, body)}`,
    },
  });
}

function signature(secret: string, time: number, body: string): string {
  return createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
}

export const webhookVendor: Vendor = {
  name: 'webhook',
  title: 'Signed webhook',
  fields: [
    {
      id: 'url',
      label: 'URL',
      help: 'Where Kindred posts JSON to. It answers 2xx within 30 seconds once it has kept the message.',
      secret: false,
      problem: value => {
        if (!URL.canParse(value)) return 'is no address such as https://shop.example/kindred';
        const { username, password } = new URL(value);
        return username || password ? 'must not carry a name or a password' : null;
      },
    },
    {
      id: 'signing_secret',
      label: 'Signing secret',
      help: 'At least 16 characters, known to the receiver: it checks with it that a message is from Kindred.',
      secret: true,
      problem: value => (value.length >= 16 ? null : 'has fewer than 16 characters'),
    },
  ],
  async test(connection, platform) {
    try {
      await postSigned(connection, `test-${platform.now().getTime()}`, { type: 'test' }, platform);
    } catch (error) {
      if (!(error instanceof VendorRefusal)) throw error;
      throw new InputError(
        `The receiver answered a message of type "test" with HTTP ${error.status}.`,
        'It has to take POST requests with JSON and answer 2xx, also to types that it does not know.',
      );
    }
    return { account: new URL(connection.settings.url ?? '').host, missing: [] };
  },
};
