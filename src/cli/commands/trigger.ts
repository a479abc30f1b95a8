import { type Command, Option } from 'commander';
import { exportTrigger } from '../../segmentation/triggers/export-trigger.ts';
import {
  addTrigger,
  listTriggers,
  removeTrigger,
  showTrigger,
  type TriggerContext,
} from '../../segmentation/triggers/manage.ts';
import { type CommandContext, inApp, pathFrom, printJson, reading } from '../context.ts';
import { decider } from '../decision.ts';
import { givenText } from '../given-text.ts';
import { words } from '../options.ts';
import { wrap } from '../views/text.ts';
import { addedView, exportedTriggerView, triggersView, triggerView } from '../views/trigger.ts';

interface TriggerOptions {
  name?: string;
  by?: string;
  data?: string;
  json?: boolean;
}

const example = `
Example:
  kindred trigger add '{"all": [
    {"type": "Product Viewed", "category": "Outerwear", "atLeast": 3, "withinDays": 7},
    {"type": "Order Completed", "atMost": 0, "withinDays": 7}]}' --name "Looking at coats"
  kindred trigger add @rule.json          the rule from a file, or - from standard input

A condition counts events of a type in the last days; "category" and "sku" may say of what. Upper and lower case are the
same. "Order Completed" counts days with an order, be it an event or a row of orders.`;

export function registerTrigger(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const trigger = program
    .command('trigger')
    .description(
      'watch a rule over recent events: who meets it enters at once, and leaves when it no longer holds',
    );

  const within = (
    asked: CommandContext,
    name: string,
    { data }: TriggerOptions,
    work: (stores: TriggerContext) => Promise<void>,
  ) =>
    inApp(asked, `trigger ${name}`, data, async app =>
      work({ warehouse: await app.warehouse(), state: await app.state(), now: app.now }),
    );

  const adding = trigger
    .command('add')
    .description('make one')
    .argument('<rule>', 'the rule as JSON, as @FILE, or - for standard input')
    .option('--name <name>', 'what to call it (default: what the rule says, in words)', words)
    .addHelpText('after', example);
  reading(byWhom(adding)).action(async (given: string, options: TriggerOptions) => {
    const actor = decider(terminal, options.by);
    const rule = await givenText(terminal, given, 'rule');
    // A server that runs the command instead has another standard input.
    const args = context.args.map(arg => (arg === given ? rule : arg));
    await within({ ...context, args }, 'add', options, async stores => {
      const added = await addTrigger(stores, { rule, name: options.name, actor });
      if (options.json) return printJson(context, added);
      for (const warning of added.warnings) terminal.err(`${wrap(warning, terminal.columns)}\n`);
      terminal.out(addedView(added, terminal.columns));
    });
  });

  reading(trigger.command('list').description('those that are watched, newest first')).action(
    async (options: TriggerOptions) => {
      await within(context, 'list', options, async stores => {
        const triggers = await listTriggers(stores);
        if (options.json) printJson(context, { triggers });
        else terminal.out(triggersView(triggers, terminal.columns));
      });
    },
  );

  const showing = trigger
    .command('show')
    .description('one of them: its rule, how many are in now, who came and went in counts')
    .argument('<id>', idHelp);
  reading(showing).action(async (id: string, options: TriggerOptions) => {
    await within(context, 'show', options, async stores => {
      const shown = await showTrigger(stores, id);
      if (options.json) printJson(context, shown);
      else terminal.out(triggerView(shown, terminal.columns));
    });
  });

  const exporting = trigger
    .command('export')
    .description('write who is in now to a file, for a person; the record tells who did')
    .argument('<id>', idHelp)
    .addOption(
      new Option(
        '--to <file>',
        'the file; its ending says the format: .csv, .parquet, .json, .jsonl',
      ).makeOptionMandatory(),
    );
  reading(byWhom(exporting)).action(async (id: string, options: TriggerOptions & { to: string }) => {
    const actor = decider(terminal, options.by);
    await within(context, 'export', options, async stores => {
      const exported = await exportTrigger(stores, { id, file: pathFrom(terminal, options.to), actor });
      if (options.json) printJson(context, { ...exported, file: options.to });
      else terminal.out(exportedTriggerView(exported, options.to));
    });
  });

  const removing = trigger
    .command('remove')
    .description('watch it no longer, and forget who was in')
    .argument('<id>', idHelp);
  reading(byWhom(removing)).action(async (id: string, options: TriggerOptions) => {
    const actor = decider(terminal, options.by);
    await within(context, 'remove', options, async stores => {
      const removed = await removeTrigger(stores, { id, actor });
      if (options.json) printJson(context, { removed });
      else terminal.out(`Removed ${removed.id} (${removed.name}).\n`);
    });
  });
}

const idHelp = 'the id that `kindred trigger list` shows';

function byWhom(command: Command): Command {
  return command.option('--by <name>', 'who asks (default: your user name on this machine)', words);
}
