import type { Command } from 'commander';
import { OperatorError } from '../../errors.ts';
import { type CommandContext, inOwnApp, withData } from '../context.ts';
import { takeOver } from '../take-over.ts';
import { servingView } from '../views/serving.ts';
import { connectionView } from '../views/slack.ts';

/** Owns the data folder until it is told to stop. */
export function registerServe(program: Command, context: CommandContext): void {
  const command = program
    .command('serve')
    .description('stay, and refresh the segments when it is time; other commands go through it');
  withData(command).action(async (options: { data?: string }) => {
    // Loaded before the folder is taken, so that it is taken for a moment only before commands can come in.
    const { serve } = await import('../../web/serve.ts');
    const { terminal, run } = context;
    const waiting = () =>
      terminal.err('An MCP client has the data folder; it goes through this server from now on.\n');
    const own = () =>
      inOwnApp(context, 'serve', options.data, async app => {
        const stopped = new AbortController();
        const stop = () =>
          stopped.abort(
            new OperatorError('The server was stopped before this was done.', 'Run the command again.'),
          );
        // Once: a second signal ends the process at once, as it would have without a server.
        process.once('SIGINT', stop).once('SIGTERM', stop);
        try {
          await serve(app, {
            terminal,
            run,
            signal: stopped.signal,
            slackTold: told =>
              terminal['refused' in told ? 'err' : 'out'](connectionView(told, terminal.columns)),
            listening: url => terminal.out(servingView(app.config, url, app.now(), terminal.columns)),
          });
        } finally {
          process.off('SIGINT', stop).off('SIGTERM', stop);
        }
      });
    await takeOver(own, waiting);
  });
}
