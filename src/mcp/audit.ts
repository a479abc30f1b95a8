import type { App } from '../app.ts';
import type { Caller } from './caller.ts';

/** What a client asked for: a tool by its name, a resource or prompt by its URI or name. */
export interface Call {
  kind: 'tool' | 'resource' | 'prompt';
  name: string;
}

/** Leaves a row before anything is done, so that a kill on the way hides no call. What was asked in words is not kept. */
export async function recordCall(app: App, { actor, role, surface }: Caller, call: Call): Promise<void> {
  const state = await app.state();
  await state.audit.append({
    at: app.now().toISOString(),
    actor,
    action: `mcp.${call.kind}`,
    subject: call.name,
    details: { role, surface },
  });
}

/** What a person answered to what they were asked in a client; what came of it leaves a row of its own. */
export async function recordAnswer(
  app: App,
  { actor, role, surface }: Caller,
  { proposal, client, answer }: { proposal: string; client: string; answer: string },
): Promise<void> {
  const state = await app.state();
  await state.audit.append({
    at: app.now().toISOString(),
    actor,
    action: 'mcp.answer',
    subject: proposal,
    details: { role, surface, client, answer },
  });
}
