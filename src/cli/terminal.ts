import type { App } from '../app.ts';

/** What the command line may touch of the world; tests hand in their own. */
export interface Terminal {
  env: NodeJS.ProcessEnv;
  /** The folder from which paths are meant. */
  cwd: string;
  /** Who runs the command, where the system says so. */
  user?: string | undefined;
  now: () => Date;
  /** Results: what a pipe should carry. */
  out: (text: string) => void;
  /** All of standard input, where there is one. */
  input?: () => Promise<string>;
  /** Asks the person who sits there; what they type at a hidden question is not shown. Absent where nobody does. */
  ask?: (question: string, hidden: boolean) => Promise<string>;
  /** Progress, warnings and errors. */
  err: (text: string) => void;
  /** Whether `err` is a screen on which a line can be rewritten. */
  interactive: boolean;
  columns: number;
  /** Stores that are open already: a server runs the command for another process. */
  app?: App;
  /** Aborted when the command is to stop at its next step. */
  signal?: AbortSignal;
}

export const exitCodes = { done: 0, failed: 1, usage: 2, noStableGroups: 3 } as const;
