import { type Command, Option } from 'commander';
import { type Ground, grounds } from '../../governance/blocked-terms.ts';
import { block, release } from '../../segmentation/governance/block.ts';
import { type CommandContext, inApp, printJson, reading } from '../context.ts';
import { decider, deciding, reasonOption } from '../decision.ts';
import { blockedView, releasedView } from '../views/block.ts';

interface BlockOptions {
  ground: Ground;
  release?: boolean;
  by?: string;
  reason: string;
  data?: string;
  json?: boolean;
}

/** Blocking needs nobody's approval; using again does. */
export function registerBlock(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const command = program
    .command('block')
    .description('keep a feature, or a name from your data, out of segments, habits and filters')
    .argument('<what>', "a feature's id, or the name of a category, product, coupon, campaign, …")
    .addOption(
      new Option('--ground <ground>', 'what a name tells of; proxy: it stands in for a protected trait')
        .choices(grounds)
        .default('proxy'),
    )
    .option('--release', 'let a name that was blocked be used again')
    .requiredOption(...reasonOption);
  reading(deciding(command)).action(async (what: string, options: BlockOptions) => {
    const by = decider(terminal, options.by);
    const { ground, reason } = options;
    await inApp(context, 'block', options.data, async app => {
      const state = await app.state();
      if (options.release) {
        const term = await release({ state, now: app.now }, { what, by, reason });
        if (options.json) printJson(context, { kind: 'released', term });
        else terminal.out(releasedView(term, terminal.columns));
        return;
      }
      const warehouse = await app.warehouse();
      const blocked = await block({ warehouse, state, now: app.now }, { what, ground, by, reason });
      if (options.json) printJson(context, blocked);
      else terminal.out(blockedView(blocked, terminal.columns));
    });
  });
}
