import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type App, withApp } from '../app.ts';
import { readConfig } from '../config.ts';
import { InputError, OperatorError } from '../errors.ts';
import { StoreHeld } from '../store-lock.ts';
import type { Terminal } from './terminal.ts';

export interface CommandContext {
  terminal: Terminal;
  /** The command line as it was given. */
  args: readonly string[];
  /** What a server that runs it instead finds as its standard input. */
  input?: string;
  /** Set by a command that ends well but not with 0. */
  exit: (code: number) => void;
  /** Runs another command line and returns its exit code: for the server. */
  run: (args: readonly string[], terminal: Terminal) => Promise<number>;
}

/** Adds `--data`, which every command takes. */
export function withData(command: Command): Command {
  return command.option('--data <dir>', 'folder that holds the stores (default: ./data, or KINDRED_DATA)');
}

/** Adds `--data` and `--json`, which every reading command takes. */
export function reading(command: Command): Command {
  return withData(command).option('--json', 'print JSON instead of text');
}

/** Opens the stores for one command, or has the server that holds them run it, in one turn from beginning to end. */
export async function inApp(
  context: CommandContext,
  command: string,
  dataDir: string | undefined,
  work: (app: App) => Promise<void>,
): Promise<void> {
  const { terminal } = context;
  if (!terminal.app) return opened(context, command, dataDir, work);
  const { app, signal } = terminal;
  await app.turns.take(`kindred ${command}`, () => work(app), signal);
}

/**
 * The same for a command that waits for a model most of its time: inside a server it has no turn of its own. `work` takes
 * one for all that it does with the warehouse, through `toolContext`. `signal` is aborted where the asker gives up.
 */
export async function besideOthers(
  context: CommandContext,
  command: string,
  dataDir: string | undefined,
  work: (app: App, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const { terminal } = context;
  if (terminal.app) return work(terminal.app, terminal.signal ?? new AbortController().signal);
  await opened(context, command, dataDir, async app => {
    const stopped = new AbortController();
    const stop = () =>
      stopped.abort(new OperatorError('The command was stopped before it was done.', 'Run it again.'));
    // Once: a second signal ends the process at once. After the lock of the folder, which heeds signals as well and ends
    // the process where it is alone with that.
    process.once('SIGINT', stop).once('SIGTERM', stop);
    try {
      await work(app, stopped.signal);
    } finally {
      process.off('SIGINT', stop).off('SIGTERM', stop);
    }
  });
}

async function opened(
  context: CommandContext,
  command: string,
  dataDir: string | undefined,
  work: (app: App) => Promise<void>,
): Promise<void> {
  const { terminal } = context;
  const config = readConfig(terminal.env, dataDir, terminal.cwd);
  try {
    await withApp(config, `kindred ${command}`, terminal.now, work);
  } catch (error) {
    if (!(error instanceof StoreHeld && error.server)) throw error;
    const { passThrough } = await import('./pass-through.ts');
    context.exit(await passThrough(error.server, context.args, terminal, config, context.input));
  }
}

/** Opens the stores for a command that no server can run for it. */
export async function inOwnApp(
  { terminal }: CommandContext,
  command: string,
  dataDir: string | undefined,
  work: (app: App) => Promise<void>,
): Promise<void> {
  if (terminal.app)
    throw new InputError(
      `\`kindred ${command}\` cannot run inside a server.`,
      'Run it in a terminal of its own.',
    );
  const config = readConfig(terminal.env, dataDir, terminal.cwd);
  await withApp(config, `kindred ${command}`, terminal.now, work);
}

/** A path as it was given, made absolute where this process stands in another folder than the person who gave it. */
export function pathFrom({ cwd }: Terminal, path: string): string {
  return cwd === process.cwd() ? path : resolve(cwd, path);
}

export function printJson(context: CommandContext, value: unknown): void {
  context.terminal.out(`${JSON.stringify(value, null, 2)}\n`);
}
