import type { Command } from 'commander';
import { InputError } from '../errors.ts';
import { words } from './options.ts';
import type { Terminal } from './terminal.ts';

/** Adds `--by`; whoever decides otherwise than was proposed also says why. */
export function deciding(command: Command): Command {
  return command.option('--by <name>', 'who decides (default: your user name on this machine)', words);
}

export const reasonOption = ['--reason <text>', 'why, for the record', words] as const;

export function decider({ user }: Terminal, by: string | undefined): string {
  const name = by ?? user;
  if (!name) throw new InputError('The system does not say who you are.', 'Say who decides with --by NAME.');
  return name;
}
