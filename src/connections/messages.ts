import type { App } from '../app.ts';
import { InputError } from '../errors.ts';
import type { Platform, Vendor } from '../vendors/vendor.ts';
import { connectionOf } from './connection.ts';

export interface Messages {
  /** Where the vendor sends what happens. */
  address: string;
  /** What it did not send there before. */
  begun: string[];
  /** What is left to do by hand. */
  help: string;
}

/** The address of messages of a connection on the server that is reached at `server`. */
export function messagesAddress({ messages }: Vendor, name: string, server: string): string {
  return `${server.replace(/\/+$/, '')}${messages!.path}/${name}`;
}

/** Has the vendor of a connection send what happens to this server, so that it is known at once. */
export async function subscribeMessages(
  app: Pick<App, 'state' | 'config'>,
  platform: Platform,
  { vendor, name, server }: { vendor: Vendor; name: string; server: string },
): Promise<Messages> {
  if (!vendor.messages)
    throw new InputError(
      `${vendor.title} sends no messages to Kindred.`,
      'Leave --messages-to out: `kindred sync-in` pulls what changed.',
    );
  if (!/^https:\/\/[^\s/?#]+\/?$/.test(server))
    throw new InputError(
      `"${server}" is no address to send messages to.`,
      'Give the one at which the internet reaches this server, such as https://kindred.example.org.',
    );
  const address = messagesAddress(vendor, name, server);
  const begun = await vendor.messages.subscribe(await connectionOf(app, name), address, platform);
  return { address, begun, help: vendor.messages.help };
}
