import type { Command } from 'commander';
import { type App, withApp } from '../app.ts';
import { readConfig } from '../config.ts';
import type { Terminal } from './terminal.ts';

export interface CommandContext {
  terminal: Terminal;
  /** Set by a command that ends well but not with 0. */
  exit: (code: number) => void;
}

/** Adds `--data`, which every command takes. */
export function withData(command: Command): Command {
  return command.option('--data <dir>', 'folder that holds the stores (default: ./data, or KINDRED_DATA)');
}

/** Adds `--data` and `--json`, which every reading command takes. */
export function reading(command: Command): Command {
  return withData(command).option('--json', 'print JSON instead of text');
}

/** Opens the stores for one command. */
export function inApp<T>(
  context: CommandContext,
  command: string,
  dataDir: string | undefined,
  work: (app: App) => Promise<T>,
): Promise<T> {
  const { terminal } = context;
  return withApp(readConfig(terminal.env, dataDir), `kindred ${command}`, terminal.now, work);
}

export function printJson(context: CommandContext, value: unknown): void {
  context.terminal.out(`${JSON.stringify(value, null, 2)}\n`);
}
