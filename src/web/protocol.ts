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
  /** What the command has read there already, from a person or a pipe: secrets too, so it is told to nobody else. */
  input: z.string().optional(),
  /** The stores that the environment names there, where it names any. */
  warehouseUrl: z.string().optional(),
  databaseUrl: z.string().optional(),
});

export type CommandLine = z.infer<typeof commandLine>;

/** What the server tells of it, a JSON object to a line; the exit code comes last. */
export type CommandEvent = { out: string } | { err: string } | { exit: number };
