import type { Command } from 'commander';
import { type CommandContext, inApp, printJson, reading } from '../context.ts';
import { historyView } from '../views/history.ts';

export function registerHistory(program: Command, context: CommandContext): void {
  const command = program.command('history').description('sizes of the segments over time');
  reading(command).action(async ({ data, json }: { data?: string; json?: boolean }) => {
    await inApp(context, 'history', data, async app => {
      const records = await (await app.state()).refreshes.list();
      if (json) printJson(context, records);
      else context.terminal.out(historyView(records, context.terminal.columns));
    });
  });
}
