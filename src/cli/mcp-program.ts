import { runCommandLine } from './command-line.ts';
import { registerMcp } from './commands/mcp.ts';
import type { Terminal } from './terminal.ts';

/** The program with `kindred mcp` alone: a client waits for its first answer, and the others take a second to load. */
export function run(args: readonly string[], terminal: Terminal): Promise<number> {
  return runCommandLine([registerMcp], args, terminal, async (...line) => {
    const whole = await import('./program.ts');
    return whole.run(...line);
  });
}
