import { completable, type McpServer, ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { App } from '../../app.ts';
import type { Log } from '../../log.ts';
import { wordsOf } from '../../told-errors.ts';
import { toolContext } from '../../tool-context.ts';
import { recordCall } from '../audit.ts';
import type { Caller } from '../caller.ts';
import { stderrLog } from '../stderr-log.ts';
import { fitting } from './completions.ts';
import { type Argument, definitions } from './definitions.ts';
import { messagesOf } from './messages.ts';

/** What a person picks from the menu of their client, to have its model work with the tools for a marketing lead. */
export function registerPrompts(server: McpServer, app: App, caller: Caller, log: Log = stderrLog): void {
  const argument = ({ description, required, complete }: Argument) => {
    const words = z.string().describe(description);
    const typed = complete ? completable(words, async value => fitting(await known(complete), value)) : words;
    return required ? typed : typed.optional();
  };
  /** Without a suggestion, people type on: what failed is told when the prompt is asked for. */
  const known = (complete: NonNullable<Argument['complete']>) => complete(app, caller).catch(() => []);

  for (const definition of definitions) {
    const { name, title, description, args } = definition;
    const argsSchema = z.object(
      Object.fromEntries(Object.entries(args).map(([key, each]) => [key, argument(each)])),
    );
    server.registerPrompt(name, { title, description, argsSchema }, async (given, { mcpReq: { signal } }) => {
      try {
        await recordCall(app, caller, { kind: 'prompt', name });
        const { actor, role } = caller;
        const context = await toolContext(app, { actor, role, signal });
        return await messagesOf(context, definition, given);
      } catch (error) {
        throw new ProtocolError(ProtocolErrorCode.InternalError, wordsOf(error, { app, log }));
      }
    });
  }
}
