import { UpstreamError } from '../errors.ts';
import type { Connection } from './vendor.ts';

/**
 * A vendor answered, and said no: a request that it does not take (4xx). `body` may name people, so it is kept out of the
 * message, and out of what is logged or printed of an error.
 */
export class VendorRefusal extends UpstreamError {
  readonly status: number;
  declare readonly body: string;

  constructor({ name, vendor }: Pick<Connection, 'name' | 'vendor'>, status: number, body: string) {
    super(
      `${vendor} refused a request over the connection ${name} (HTTP ${status}).`,
      status === 403
        ? `Its credentials may not do this. Give them the permissions that \`kindred connect ${vendor}\` lists, then run \`kindred connections --test\`.`
        : 'Run it again; if it stays, the vendor may have changed its API: please report it.',
    );
    this.status = status;
    Object.defineProperty(this, 'body', { value: body, enumerable: false });
  }

  /** What the body says as JSON; null where it is none. */
  get json(): unknown {
    try {
      return JSON.parse(this.body);
    } catch {
      return null;
    }
  }
}
