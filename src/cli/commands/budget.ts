import { type Command, InvalidArgumentError } from 'commander';
import { planBudget } from '../../segmentation/budget/plan.ts';
import { type CommandContext, inApp, printJson, reading } from '../context.ts';
import { budgetView } from '../views/budget.ts';

interface BudgetOptions {
  budget: number;
  cost: number;
  audience: string[];
  winBack: number;
  margin: number;
  data?: string;
  json?: boolean;
}

export function registerBudget(program: Command, context: CommandContext): void {
  const command = program
    .command('budget')
    .description('where a budget for contacts does most, by what is expected to be lost')
    .requiredOption('--budget <amount>', "what there is to spend, in the shop's currency", amount)
    .requiredOption('--cost <amount>', 'what one contact costs', amount)
    .option(
      '--audience <id...>',
      'whom to choose from: handles, standing questions or segments; who is in several counts in the first (default: all segments)',
      (id: string, before: string[]) => [...before, id],
      [] as string[],
    )
    .option(
      '--win-back <share>',
      'share of the value at risk that a contact wins back, an assumption',
      share,
      0.1,
    )
    .option('--margin <share>', 'share of revenue that stays with the shop, an assumption', share, 0.4);
  reading(command).action(async ({ audience, data, json, ...terms }: BudgetOptions) => {
    await inApp(context, 'budget', data, async app => {
      const stores = { warehouse: await app.warehouse(), state: await app.state() };
      const { budget, cost, winBack, margin } = terms;
      const plan = await planBudget(stores, {
        audiences: audience,
        terms: { budget, cost, winBack, margin },
      });
      if (json) printJson(context, plan);
      else context.terminal.out(budgetView(plan, context.terminal.columns));
    });
  });
}

const decimals = /^\d{1,9}(\.\d{1,4})?$/;

/** Money as the warehouse keeps it, with four decimals at most. */
function amount(text: string): number {
  const value = Number(text);
  if (!decimals.test(text) || value === 0)
    throw new InvalidArgumentError('Give an amount above 0, such as 500 or 0.35.');
  return value;
}

function share(text: string): number {
  const value = Number(text);
  if (!/^\d*\.?\d+$/.test(text) || value === 0 || value > 1)
    throw new InvalidArgumentError('Give a share above 0 and at most 1, such as 0.1 for 10 %.');
  return value;
}
