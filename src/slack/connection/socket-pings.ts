import { channel } from 'node:diagnostics_channel';
import type { WebSocket } from 'undici';

/** Calls `heard` with each ping and pong that a WebSocket gets, of which it tells nobody else; until it is stopped. */
export function watchPings(ws: WebSocket, heard: () => void): () => void {
  const listen = (message: unknown) => {
    if (typeof message === 'object' && message !== null && 'websocket' in message && message.websocket === ws)
      heard();
  };
  const channels = [channel('undici:websocket:ping'), channel('undici:websocket:pong')];
  for (const each of channels) each.subscribe(listen);
  return () => {
    for (const each of channels) each.unsubscribe(listen);
  };
}
