import type { Command } from 'commander';
import { latestDigest } from '../../agent/tasks/digest/digest.ts';
import { InputError } from '../../errors.ts';
import { digestMarkdown } from '../../markdown/digest.ts';
import { toolContext } from '../../tool-context.ts';
import { type CommandContext, inApp, printJson, reading } from '../context.ts';
import { digestView } from '../views/digest.ts';

interface DigestOptions {
  markdown?: boolean;
  data?: string;
  json?: boolean;
}

export function registerDigest(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const command = program
    .command('digest')
    .description('the week in one page: segments, who moved, what drifted, what to do')
    .option('--markdown', 'print Markdown, to send or to keep');
  reading(command).action(async ({ markdown, data, json }: DigestOptions) => {
    await inApp(context, 'digest', data, async app => {
      const actor = terminal.user ?? 'kindred';
      const digest = await latestDigest(await toolContext(app, { actor, role: 'viewer' }));
      if (digest === null)
        throw new InputError(
          'There are no segments yet, so there is no digest.',
          'Run `kindred import` with your files, then `kindred segment`.',
        );
      if (json) printJson(context, digest);
      else terminal.out(markdown ? digestMarkdown(digest) : digestView(digest, terminal.columns));
    });
  });
}
