#!/usr/bin/env node
import { userInfo } from 'node:os';
import { text } from 'node:stream/consumers';

// A reader that has seen enough, such as `head`, closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const args = process.argv.slice(2);
const { run } = await (args[0] === 'mcp' ? import('./cli/mcp-program.ts') : import('./cli/program.ts'));

process.exitCode = await run(args, {
  env: process.env,
  cwd: process.cwd(),
  user: systemUser(),
  now: () => new Date(),
  input: () => text(process.stdin),
  out: text => void process.stdout.write(text),
  err: text => void process.stderr.write(text),
  ...(process.stdin.isTTY && process.stderr.isTTY
    ? { ask: async (question, hidden) => (await import('./cli/ask.ts')).ask(question, hidden) }
    : {}),
  interactive: process.stderr.isTTY === true,
  columns: process.stdout.columns || 100,
});

/** A container may run under a number that has no name. */
function systemUser(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}
