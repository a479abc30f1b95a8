import type { Command } from 'commander';
import { readConfig } from '../../config.ts';
import { OperatorError } from '../../errors.ts';
import { type CommandContext, printJson } from '../context.ts';
import { exitCodes } from '../terminal.ts';
import { checkView } from '../views/slack.ts';

/** The way to Slack, before and beside `kindred serve`. Neither command opens a store. */
export function registerSlack(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const slack = program.command('slack').description('set up Slack, and look whether it is');

  slack
    .command('check')
    .description('look at tokens, scopes, channels and people, and say what to do')
    .option('--json', 'print JSON instead of text')
    .action(async ({ json }: { json?: boolean }) => {
      const config = readConfig(terminal.env, undefined, terminal.cwd).slack;
      if (!config)
        throw new OperatorError(
          'Slack is not connected: SLACK_BOT_TOKEN is not set.',
          'docs/connect-slack.md takes you there in ten minutes.',
        );
      const [{ checkSlack }, { readManifest }] = await Promise.all([
        import('../../slack/check.ts'),
        import('../../slack/manifest.ts'),
      ]);
      const findings = await checkSlack(config, await readManifest());
      if (json) printJson(context, { findings });
      else terminal.out(checkView(findings, terminal.columns));
      if (findings.some(({ state }) => state === 'missing')) context.exit(exitCodes.failed);
    });

  slack
    .command('manifest')
    .description('print what to paste into Slack to make the app')
    .option('--url <address>', 'for Slack to call Kindred there, instead of a connection that Kindred opens')
    .action(async ({ url }: { url?: string }) => {
      const { overHttp, readManifest } = await import('../../slack/manifest.ts');
      const manifest = await readManifest();
      printJson(context, url === undefined ? manifest : overHttp(manifest, url));
    });
}
