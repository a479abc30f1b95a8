import type {
  CallToolResult,
  InputRequiredResult,
  McpServer,
  ServerContext,
} from '@modelcontextprotocol/server';
import type { App } from '../../app.ts';
import type { Log } from '../../log.ts';
import { wordsOf } from '../../told-errors.ts';
import type { Asked } from '../approval/request-state.ts';
import type { Caller } from '../caller.ts';
import { toolError } from './errors.ts';

/** What every tool of a connection works with. */
export interface Connection {
  server: McpServer;
  app: App;
  caller: Caller;
  log: Log;
  /** Signs what a person is asked. */
  mint: (asked: Asked, ctx: ServerContext) => Promise<string>;
}

/** What a call gives: a result, or a question to the person first. */
export type Answer = CallToolResult | InputRequiredResult;

/** Failures become results that a model reads; a call that was taken back is answered to nobody. */
export async function guarded(
  connection: Pick<Connection, 'app' | 'log'>,
  { mcpReq }: ServerContext,
  work: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (mcpReq.signal.aborted) return toolError('The call was taken back.');
    return toolError(wordsOf(error, connection));
  }
}
