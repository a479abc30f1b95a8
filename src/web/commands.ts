import type { App } from '../app.ts';
import type { Terminal } from '../cli/terminal.ts';
import type { Config } from '../config.ts';
import { formatError, OperatorError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Turns } from '../turns.ts';
import type { CommandRunner } from './command-route.ts';

/** Runs a command line and returns its exit code. */
export type CommandRun = (args: readonly string[], terminal: Terminal) => Promise<number>;

export interface CommandsOptions {
  terminal: Terminal;
  run: CommandRun;
  /** Aborted when the server stops. */
  signal: AbortSignal;
  /** Opens the stores; commands wait for it. */
  opening: () => Promise<unknown>;
  /** Asked late: the server that has it is made with the commands. */
  log: () => Log;
  /** Called when one has ended. */
  after: () => void;
}

/** Commands that other processes on the same data folder hand to the server. */
export function commandsOf(
  app: App,
  { terminal, run, signal, opening, log, after }: CommandsOptions,
): { run: CommandRunner /** Resolves when none runs any more. */; ended: () => Promise<void> } {
  const { config, now, turns } = app;
  const running = new Set<Promise<number>>();
  const command: CommandRunner = async ({ args, warehouseUrl, databaseUrl, input, ...asker }, tell, gone) => {
    const ending = AbortSignal.any([gone, signal]);
    const busy = () => tell({ err: `The server is busy with ${turns.current()}; this waits its turn.\n` });
    try {
      refuseOtherStores(config, { warehouseUrl, databaseUrl });
      await opening().catch(() => {});
      const exit = await run(args, {
        ...asker,
        ...(input === undefined ? {} : { input: async () => input }),
        env: terminal.env,
        now,
        out: text => tell({ out: text }),
        err: text => tell({ err: text }),
        app: asker.interactive ? { ...app, turns: telling(turns, busy) } : app,
        signal: ending,
      });
      log().info({ command: args[0], exit, stopped: ending.aborted }, 'command ended');
      after();
      return exit;
    } catch (error) {
      tell({ err: `\nkindred: ${formatError(error)}\n` });
      return 1;
    }
  };
  return {
    run(line, tell, gone) {
      const ran = command(line, tell, gone);
      running.add(ran);
      return ran.finally(() => running.delete(ran));
    },
    async ended() {
      await Promise.allSettled(running);
    },
  };
}

/** Calls `busy`, once, where a turn does not come soon. */
function telling(turns: Turns, busy: () => void): Turns {
  let told = false;
  return {
    ...turns,
    take(name, work, signal) {
      const waiting = setTimeout(() => {
        if (!told) busy();
        told = true;
      }, 1000);
      const begin = () => {
        clearTimeout(waiting);
        return work();
      };
      return turns.take(name, begin, signal).finally(() => clearTimeout(waiting));
    },
  };
}

/** A command is not run on other stores than it was meant for. What it does not name, the server's setting decides. */
function refuseOtherStores(
  config: Config,
  named: { warehouseUrl: string | undefined; databaseUrl: string | undefined },
): void {
  const settings = [
    ['WAREHOUSE_URL', named.warehouseUrl, config.warehouseUrl],
    ['DATABASE_URL', named.databaseUrl, config.databaseUrl],
  ] as const;
  for (const [setting, asked, held] of settings)
    if (asked !== undefined && asked !== held)
      throw new OperatorError(
        `The server that holds this data folder works on another store than ${setting} names here.`,
        `Run the command without ${setting}, or give it a folder of its own with --data.`,
      );
}
