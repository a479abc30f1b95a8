import { z } from 'zod';

/** What a command hands to the server that holds its data folder. */
export const commandLine = z.strictObject({
  args: z.array(z.string()),
  /** Where its paths are meant from. */
  cwd: z.string(),
  /** Who runs it. */
  user: z.string().optional(),
  columns: z.number().int().min(1).max(10_000),
  interactive: z.boolean(),
  /** The stores that the environment names there, where it names any. */
  warehouseUrl: z.string().optional(),
  databaseUrl: z.string().optional(),
});

export type CommandLine = z.infer<typeof commandLine>;

/** What the server tells of it, a JSON object to a line; the exit code comes last. */
export type CommandEvent = { out: string } | { err: string } | { exit: number };
