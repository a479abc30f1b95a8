import { type ContentBlock, isInputRequiredResult, type ServerContext } from '@modelcontextprotocol/server';
import { roles } from '../../access/roles.ts';
import { throughModel } from '../../segmentation/proposals/opened-by.ts';
import { toolContext } from '../../tool-context.ts';
import { runTool } from '../../tools/run-tool.ts';
import type { Tool } from '../../tools/tool.ts';
import { askAfter, hear } from '../approval/asking.ts';
import type { Asked } from '../approval/request-state.ts';
import { registerReview } from '../approval/review.ts';
import { recordCall } from '../audit.ts';
import { clientOf } from '../client-of.ts';
import { type Answer, type Connection, guarded } from './connection.ts';
import { definitionOf } from './definition.ts';
import { extras } from './extras.ts';
import { progressOf } from './progress.ts';
import { structured } from './result.ts';

/** Each tool of the registry that the caller's role may run, and the review of what waits for a person. */
export function registerTools(connection: Connection, registry: readonly Tool[]): void {
  const { server, caller } = connection;
  for (const tool of registry) {
    if (roles.indexOf(caller.role) < roles.indexOf(tool.role)) continue;
    const meta = extras[tool.name]?.meta;
    server.registerTool(
      tool.name,
      { ...definitionOf(tool), ...(meta ? { _meta: meta } : {}) },
      (input, ctx) => guarded(connection, ctx, () => call(connection, tool, registry, input, ctx)),
    );
  }
  registerReview(connection);
}

async function call(
  connection: Connection,
  tool: Tool,
  registry: readonly Tool[],
  input: Record<string, unknown>,
  ctx: ServerContext,
): Promise<Answer> {
  const { server, app, caller } = connection;
  const { name, effect } = tool;
  // Only what proposes has asked anybody anything.
  const asked = effect === 'propose' ? ctx.mcpReq.requestState<Asked>() : undefined;
  if (asked) {
    const heard = await hear(connection, name, asked, ctx);
    return isInputRequiredResult(heard) ? heard : structured(heard.told);
  }
  await recordCall(app, caller, { kind: 'tool', name });
  // Whoever decides is to see that a model proposes, for whom, and from where.
  const actor = effect === 'read' ? caller.actor : throughModel(caller.actor, clientOf(server, ctx).name);
  const { signal } = ctx.mcpReq;
  const progress = progressOf(ctx);
  const busy = app.turns.current();
  if (busy !== undefined) progress({ stage: `Waiting for ${busy} to end` });
  const context = await toolContext(app, { actor, role: caller.role, progress, signal });
  const { output } = await runTool(context, name, input, registry);
  if (effect === 'propose') {
    const heard = await askAfter(connection, name, output, ctx);
    return isInputRequiredResult(heard) ? heard : structured(heard.told);
  }
  return structured(output, await pictures(connection, name, output, ctx));
}

/** For clients that do not draw the figures themselves. A picture that cannot be drawn costs nobody the figures. */
async function pictures(
  { server, log }: Connection,
  name: string,
  output: Record<string, unknown>,
  ctx: ServerContext,
): Promise<ContentBlock[]> {
  if (clientOf(server, ctx).showsPages) return [];
  try {
    const picture = await extras[name]?.content(output);
    return picture ? [picture] : [];
  } catch (error) {
    log.warn({ err: error }, `${name} was answered without its picture`);
    return [];
  }
}
