import { type Command, InvalidArgumentError, Option } from 'commander';
import { activationOf } from '../../activation/activation-of.ts';
import { deliverDue } from '../../activation/deliver/deliver.ts';
import { followDue } from '../../activation/follow.ts';
import { holdoutShares } from '../../activation/holdout.ts';
import { listSyncs, showSync } from '../../activation/overview.ts';
import { pauseSync, resumeSync } from '../../activation/pause.ts';
import { endSync, type OpenedSync, openSyncProposal, planSync } from '../../activation/plan/propose.ts';
import type { SyncBasis } from '../../activation/sync.ts';
import type { App } from '../../app.ts';
import { besideOthers, type CommandContext, inApp, printJson, reading } from '../context.ts';
import { decider } from '../decision.ts';
import { words } from '../options.ts';
import { watchStages } from '../stages.ts';
import { exitCodes } from '../terminal.ts';
import { proposalView } from '../views/proposals.ts';
import { appliedView, shownSyncView, syncsView } from '../views/sync.ts';

interface Common {
  by?: string;
  data?: string;
  json?: boolean;
}

interface AddOptions extends Common {
  name?: string;
  purpose?: string;
  basis: SyncBasis['lawfulBasis'];
  interest?: string;
  holdout?: number;
  mostChange?: number;
  set?: Record<string, string>;
}

/** Keeps audiences at the tools that are connected. */
export function registerSync(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const group = program
    .command('sync')
    .description('keep an audience as a list in a connected tool: planned, approved, sent, followed');
  add(group, context);

  const plan = group
    .command('plan')
    .description('work out anew what a sync would change, for approval')
    .argument('<id>', 'the id that `kindred sync list` shows');
  reading(acting(plan)).action((id: string, options: Common) =>
    opening(context, 'sync plan', options, (app, { actor, signal, progress }) =>
      planSync(activationOf(app), { id, actor, signal }, progress),
    ),
  );

  const list = group.command('list').description('all syncs, and how it stands with them');
  reading(list).action(async (options: Common) => {
    await inApp(context, 'sync list', options.data, async app => {
      const syncs = await listSyncs(app);
      if (options.json) printJson(context, syncs);
      else terminal.out(syncsView(syncs, terminal.columns));
    });
  });

  const show = group
    .command('show')
    .description('one sync: where it goes, and what its last runs did')
    .argument('<id>', 'the id that `kindred sync list` shows');
  reading(show).action(async (id: string, options: Common) => {
    await inApp(context, 'sync show', options.data, async app => {
      const sync = await showSync(app, id);
      if (options.json) printJson(context, sync);
      else terminal.out(shownSyncView(sync, terminal.columns));
    });
  });

  const apply = group
    .command('apply')
    .description('send what was approved and is due now; a server does so by itself');
  reading(apply).action(async (options: Common) => {
    await besideOthers(context, 'sync apply', options.data, async (app, signal) => {
      const activation = activationOf(app);
      const told = { signal, log: { info() {}, warn() {}, error() {} } };
      const followed = await followDue(activation, told);
      const delivered = await deliverDue(activation, told);
      if (options.json) printJson(context, { followed, delivered });
      else terminal.out(appliedView({ followed, delivered }, terminal.columns));
      if (delivered.problems.length > 0 || followed.some(({ kind }) => kind === 'failed'))
        context.exit(exitCodes.failed);
    });
  });

  settings(group, context);
}

function add(group: Command, context: CommandContext): void {
  const { least, most } = holdoutShares;
  const command = group
    .command('add')
    .description('plan to keep an audience at a connected tool, and propose it')
    .argument('<audience>', 'the handle of a saved audience: `kindred audience list`')
    .argument('<connection>', 'where it goes: `kindred connections`')
    .option('--name <name>', 'what the list is called there (default: after the audience)', words)
    .option('--purpose <text>', 'what it is used for, for whoever approves it', words)
    .addOption(
      new Option('--basis <basis>', 'the lawful basis on which members are handed out')
        .choices(['consent', 'legitimate-interest'])
        .default('consent'),
    )
    .option('--interest <text>', 'what a legitimate interest consists in', words)
    .option(
      '--holdout <share>',
      `share that is never sent, to see what it earns: ${least} to ${most} (default: as where the audience is kept already, or ${most})`,
      share,
    )
    .option(
      '--most-change <share>',
      'share of the members there that a refresh may change without asking (default: KINDRED_SYNC_MOST_CHANGE)',
      share,
    )
    .option('--set <name=value...>', 'choices of the tool; `property=none` sends no segment', setting);
  reading(acting(command)).action((audience: string, connection: string, options: AddOptions) =>
    opening(context, 'sync add', options, (app, { actor, signal, progress }) => {
      const {
        name,
        purpose = '',
        basis,
        interest = '',
        holdout,
        set = {},
        mostChange = app.config.syncMostChange,
      } = options;
      const request = { audience, connection, name, purpose, holdout, mostChange, options: set };
      return openSyncProposal(
        activationOf(app),
        { ...request, basis: { lawfulBasis: basis, interest }, actor, signal },
        progress,
      );
    }),
  );
}

function settings(group: Command, context: CommandContext): void {
  const { terminal } = context;
  const each = [
    ['pause', 'send nothing of a sync until it is resumed', pauseSync, 'paused: nothing of it is sent'],
    ['resume', 'go on with a paused sync', resumeSync, 'resumed: it follows again'],
  ] as const;
  for (const [name, description, change, came] of each) {
    const command = group
      .command(name)
      .description(description)
      .argument('<id>', 'the id that `kindred sync list` shows');
    reading(acting(command)).action(async (id: string, options: Common) => {
      const actor = decider(terminal, options.by);
      await inApp(context, `sync ${name}`, options.data, async app => {
        await change(app, { id, actor });
        if (options.json) printJson(context, await showSync(app, id));
        else terminal.out(`${id} is ${came}.\n`);
      });
    });
  }
  const end = group
    .command('end')
    .description('propose to take out whom Kindred put there, and to follow no more')
    .argument('<id>', 'the id that `kindred sync list` shows');
  reading(acting(end)).action((id: string, options: Common) =>
    opening(context, 'sync end', options, async (app, { actor, signal }) => {
      const opened = await endSync(activationOf(app), { id, actor, signal });
      if (!opened && !options.json) terminal.out(`${id} has ended: nobody is there because of it.\n`);
      return opened;
    }),
  );
}

function acting(command: Command): Command {
  return command.option('--by <name>', 'who you are (default: your user name on this machine)', words);
}

interface Asking {
  actor: string;
  signal: AbortSignal;
  progress: ReturnType<typeof watchStages>['progress'];
}

/** Shows the proposal that `work` opens; null where it opened none. */
async function opening(
  context: CommandContext,
  command: string,
  options: Common,
  work: (app: App, asking: Asking) => Promise<OpenedSync | null>,
): Promise<void> {
  const { terminal } = context;
  const actor = decider(terminal, options.by);
  await besideOthers(context, command, options.data, async (app, signal) => {
    const stages = watchStages(terminal);
    const opened = await work(app, { actor, signal, progress: stages.progress });
    stages.finish();
    if (options.json) printJson(context, opened && { proposal: opened.proposal, plan: opened.body });
    else if (opened) terminal.out(proposalView(opened.proposal, terminal.columns));
  });
}

function share(text: string): number {
  const value = Number(text);
  if (!/^\d*\.?\d+$/.test(text) || value > 1)
    throw new InvalidArgumentError('Give a share from 0 to 1, such as 0.1 for 10 %.');
  return value;
}

function setting(text: string, before: Record<string, string> = {}): Record<string, string> {
  const [, name, value] = /^([a-z][a-z0-9_.-]*)=(.*)$/is.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError('Write it as NAME=VALUE, such as property=none.');
  return { ...before, [name]: value };
}
