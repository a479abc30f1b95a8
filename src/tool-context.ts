import { activationOf } from './activation/activation-of.ts';
import type { App } from './app.ts';
import { type Progress, silent } from './progress.ts';
import type { Role, ToolContext } from './tools/tool.ts';

interface Caller {
  /** A person's name, for the audit. */
  actor: string;
  role: Role;
  progress?: Progress;
  signal?: AbortSignal | undefined;
}

/** What tools work with, over the stores of `app`. All that uses one takes turns with everything else in the process. */
export async function toolContext(
  app: App,
  { actor, role, progress = silent, signal }: Caller,
): Promise<ToolContext> {
  return {
    warehouse: await app.warehouse(),
    state: await app.state(),
    pool: app.pool(),
    now: app.now,
    activation: activationOf(app),
    actor,
    role,
    progress(event) {
      signal?.throwIfAborted();
      progress(event);
    },
    signal,
    turn: (name, work) => app.turns.take(name, work, signal),
  };
}
