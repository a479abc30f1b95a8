import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import type { CommandContext } from '../context.ts';

const advice = `
Put this line into the environment of every \`kindred\` that works on this shop, and keep a copy where you keep
passwords. It seals the secrets of connected tools, and tells who was erased: without it the tools have to be
connected again, and nothing more is stored once somebody was erased. Nothing was written anywhere.
`;

/** The key alone is the result, so that it can be sent into a file. */
export function registerKey(program: Command, { terminal }: CommandContext): void {
  program
    .command('key')
    .description('make a key for the secrets of connected tools, and say how to keep it')
    .action(() => {
      terminal.out(`KINDRED_KEY=${randomBytes(32).toString('hex')}\n`);
      terminal.err(advice);
    });
}
