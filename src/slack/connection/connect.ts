import type { WebClient } from '@slack/web-api';
import { UpstreamError } from '../../errors.ts';
import type { Receive } from './receive.ts';
import { openSocket, type SlackSocket } from './socket.ts';

/** Asks Slack where to connect, and connects there, unless `signal` is aborted. `client` shows the app-level token. */
export async function connect(
  client: WebClient,
  receive: Receive,
  signal: AbortSignal,
): Promise<SlackSocket> {
  const { url } = await client.apps.connections.open();
  try {
    return await openSocket(url!, { receive, signal });
  } catch (error) {
    throw new UpstreamError('Slack cannot be connected to.', 'It is tried again by itself.', {
      cause: error,
    });
  }
}
