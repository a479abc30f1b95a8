import type { Command } from 'commander';
import { usageOf } from '../../agent/usage.ts';
import { type CommandContext, inApp, printJson, reading } from '../context.ts';
import { wholeNumber } from '../options.ts';
import { usageView } from '../views/usage.ts';

interface UsageOptions {
  days: number;
  data?: string;
  json?: boolean;
}

const dayMs = 86_400_000;

export function registerUsage(program: Command, context: CommandContext): void {
  const command = program
    .command('usage')
    .description('what was asked of the language model, what it took and what it cost')
    .option('--days <number>', 'so many days, today included', wholeNumber(1, 3650), 30);
  reading(command).action(async ({ days, data, json }: UsageOptions) => {
    await inApp(context, 'usage', data, async app => {
      const today = Date.parse(app.now().toISOString().slice(0, 10));
      const iso = (day: number) => new Date(today + day * dayMs).toISOString();
      const { answers } = await app.state();
      const usage = usageOf(await answers.list({ from: iso(1 - days), until: iso(1) }));
      const spentToday = usageOf(await answers.list({ from: iso(0), until: iso(1) })).total?.cost ?? 0;
      const { dayCost } = app.config.agent.limits;
      const told = { days, today: { cost: spentToday, limit: dayCost }, ...usage };
      if (json) printJson(context, told);
      else context.terminal.out(usageView(told, context.terminal.columns));
    });
  });
}
