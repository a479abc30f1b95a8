import { type Command, Option } from 'commander';
import { InputError } from '../../errors.ts';
import { audienceFields } from '../../segmentation/audiences/audience-fields.ts';
import {
  buildAudience,
  listAudiences,
  removeAudience,
  showAudience,
} from '../../segmentation/audiences/build-audience.ts';
import { exportAudience } from '../../segmentation/audiences/export-audience.ts';
import {
  type StandingAnswer,
  standingFilter,
  standingQuestions,
} from '../../segmentation/audiences/standing/questions.ts';
import { type CommandContext, inApp, pathFrom, printJson, reading } from '../context.ts';
import { decider } from '../decision.ts';
import { givenText } from '../given-text.ts';
import { words } from '../options.ts';
import type { Terminal } from '../terminal.ts';
import { audienceFieldsView, audiencesView, audienceView, exportedView } from '../views/audience.ts';

interface AudienceOptions {
  name?: string;
  by?: string;
  data?: string;
  json?: boolean;
}

const examples = `
Standing questions:
${standingQuestions.map(({ id, question }) => `  ${id.padEnd(24)}${question}`).join('\n')}

Examples:
  kindred audience ${standingQuestions[0]!.id}
  kindred audience '{"all": [{"field": "churn_probability", "below": 0.6},
                            {"events": {"type": "Email Link Clicked", "within": 30}}]}' --name "Still clicking"
  kindred audience @filter.json           the filter from a file; - reads it from a pipe
  kindred audience fields                 what a filter may name here`;

/** What the id of a standing question looks like, and no filter does. */
const id = /^[a-z][a-z0-9-]*$/;

export function registerAudience(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const audience = program
    .command('audience')
    .description('find and keep the customers who meet a filter; list, show, export or remove audiences')
    .argument('[filter]', 'a standing question, or a filter as JSON, as @FILE, or - for standard input')
    .option('--name <name>', 'what to call it (default: what the filter says, in words)', words)
    .addHelpText('after', examples);
  reading(byWhom(audience)).action(async (given: string | undefined, options: AudienceOptions) => {
    if (given === undefined)
      return audience.error('error: say who is meant: a standing question, or a filter as JSON, @FILE or -');
    const actor = decider(terminal, options.by);
    const filter = id.test(given) ? undefined : await readFilter(terminal, given);
    // A server that runs the command instead has another standard input.
    const args = context.args.map(arg => (arg === given && filter ? JSON.stringify(filter) : arg));
    await inApp({ ...context, args }, 'audience', options.data, async app => {
      const stores = { warehouse: await app.warehouse(), state: await app.state(), now: app.now };
      const standing = filter === undefined ? await standingFilter(stores, given) : undefined;
      const built = await buildAudience(stores, {
        filter: standing?.filter ?? filter,
        name: options.name ?? standing?.name,
        actor,
      });
      if (options.json) printJson(context, { ...(standing && { question: told(standing) }), ...built });
      else terminal.out(audienceView(built, terminal.columns, standing));
    });
  });

  reading(audience.command('list').description('the audiences that are saved, newest first')).action(
    async (_options: unknown, command: Command) => {
      const options = command.optsWithGlobals<AudienceOptions>();
      await inApp(context, 'audience list', options.data, async app => {
        const audiences = await listAudiences(await app.state());
        if (options.json) printJson(context, { audiences });
        else terminal.out(audiencesView(audiences, terminal.columns));
      });
    },
  );

  const show = audience
    .command('show')
    .description('one of them with its figures of now')
    .argument('<handle>', handleHelp);
  reading(show).action(async (handle: string, _options: unknown, command: Command) => {
    // `--data` and `--json` are taken by the parent too; the merged options hold whichever was given.
    const options = command.optsWithGlobals<AudienceOptions>();
    await inApp(context, 'audience show', options.data, async app => {
      const built = await showAudience(
        { warehouse: await app.warehouse(), state: await app.state() },
        handle,
      );
      if (options.json) printJson(context, built);
      else terminal.out(audienceView(built, terminal.columns));
    });
  });

  const exporting = audience
    .command('export')
    .description('write its members to a file, for a person; the record tells who did')
    .argument('<handle>', handleHelp)
    .addOption(
      new Option(
        '--to <file>',
        'the file; its ending says the format: .csv, .parquet, .json, .jsonl',
      ).makeOptionMandatory(),
    );
  reading(byWhom(exporting)).action(async (handle: string, { to }: { to: string }, command: Command) => {
    const options = command.optsWithGlobals<AudienceOptions>();
    const actor = decider(terminal, options.by);
    await inApp(context, 'audience export', options.data, async app => {
      const stores = { warehouse: await app.warehouse(), state: await app.state(), now: app.now };
      const exported = await exportAudience(stores, { handle, file: pathFrom(terminal, to), actor });
      if (options.json) printJson(context, { ...exported, file: to });
      else terminal.out(exportedView(exported, to, terminal.columns));
    });
  });

  const removing = audience
    .command('remove')
    .description('forget one of them; files that were written stay')
    .argument('<handle>', handleHelp);
  reading(byWhom(removing)).action(async (handle: string, _options: unknown, command: Command) => {
    const options = command.optsWithGlobals<AudienceOptions>();
    const actor = decider(terminal, options.by);
    await inApp(context, 'audience remove', options.data, async app => {
      const removed = await removeAudience({ state: await app.state(), now: app.now }, { handle, actor });
      if (options.json) printJson(context, { removed });
      else terminal.out(`Removed ${removed.handle} (${removed.name}).\n`);
    });
  });

  reading(audience.command('fields').description('what a filter may name here')).action(
    async (_options: unknown, command: Command) => {
      const options = command.optsWithGlobals<AudienceOptions>();
      await inApp(context, 'audience fields', options.data, async app => {
        const fields = await audienceFields({ warehouse: await app.warehouse(), state: await app.state() });
        if (options.json) printJson(context, fields);
        else terminal.out(audienceFieldsView(fields, terminal.columns));
      });
    },
  );
}

/** Of a standing question; the filter stands with the audience. */
const told = ({ filter: _filter, ...question }: StandingAnswer) => question;

const handleHelp = 'the handle that `kindred audience list` shows';

function byWhom(command: Command): Command {
  return command.option('--by <name>', 'who asks (default: your user name on this machine)', words);
}

/** The filter as JSON, from the command line, a file or standard input. */
async function readFilter(terminal: Terminal, given: string): Promise<unknown> {
  const text = await givenText(terminal, given, 'filter');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(
      `The filter is not JSON: ${(error as Error).message}.`,
      'Write it in single quotes, as \'{"field": "churn_probability", "below": 0.6}\', or put it into a file and say @FILE.',
      { cause: error },
    );
  }
}
