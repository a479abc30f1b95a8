/** What the command line may touch of the world; tests hand in their own. */
export interface Terminal {
  env: NodeJS.ProcessEnv;
  now: () => Date;
  /** Results: what a pipe should carry. */
  out: (text: string) => void;
  /** Progress, warnings and errors. */
  err: (text: string) => void;
  /** Whether `err` is a screen on which a line can be rewritten. */
  interactive: boolean;
  columns: number;
}

export const exitCodes = { done: 0, failed: 1, usage: 2, noStableGroups: 3 } as const;
