import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { InputError } from '../../errors.ts';
import { answerDataRequests } from '../../rights/data-requests.ts';
import { continueErasures, type ErasureReport, erase, erasurePreview } from '../../rights/erase.ts';
import { object } from '../../rights/object.ts';
import type { PersonAsked } from '../../rights/person.ts';
import { type RetentionReport, retention } from '../../rights/retention.ts';
import { subjectReport } from '../../rights/subject-report.ts';
import { deliverFile } from '../../segmentation/deliver-file.ts';
import { formatCount } from '../../segmentation/wording.ts';
import { type CommandContext, inApp, pathFrom, printJson, reading } from '../context.ts';
import { decider, deciding } from '../decision.ts';
import { subjectReportText } from '../views/subject-report.ts';
import { textTable } from '../views/table.ts';
import { counted, wrap } from '../views/text.ts';

interface Named {
  email?: string;
  phone?: string;
  id?: string[];
  data?: string;
  json?: boolean;
  by?: string;
}

const several = (text: string, before: string[] | undefined) => [...(before ?? []), text];

function naming(command: Command): Command {
  return command
    .option('--email <address>', 'the person, by an e-mail address')
    .option('--phone <number>', 'by a phone number')
    .option('--id <source/id>', 'by an id of a source, as shop/1007; may be repeated', several);
}

const askedOf = ({ email, phone, id }: Named): PersonAsked => ({ email, phone, ids: id });

export function registerErase(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const command = program
    .command('erase')
    .description('forget a person: in the data, in lists, and at the tools that were told')
    .option('--wholly', 'ask the connected tools to erase them too, beyond what Kindred put there')
    .option('--files <path>', 'a file or folder of lists to look through; may be repeated', several)
    .option('--dry-run', 'show what would go')
    .option('--continue', 'go on with erasures that are not done everywhere yet')
    .option('--yes', 'do not ask again');
  reading(deciding(naming(command))).action(
    async (
      options: Named & {
        wholly?: boolean;
        files?: string[];
        dryRun?: boolean;
        continue?: boolean;
        yes?: boolean;
      },
    ) => {
      const by = decider(terminal, options.by);
      await inApp(context, 'erase', options.data, async app => {
        const tell = (report: ErasureReport, done: boolean) =>
          options.json ? printJson(context, report) : terminal.out(erasureText(report, done));
        if (options.continue) {
          const reports = await continueErasures(app, terminal.signal);
          if (reports.length === 0 && !options.json) terminal.out('Nothing is pending.\n');
          for (const report of reports) tell(report, true);
          return;
        }
        const request = {
          ...askedOf(options),
          by,
          wholly: options.wholly ?? false,
          files: [
            resolve(terminal.cwd, 'out'),
            ...(options.files ?? []).map(path => pathFrom(terminal, path)),
          ],
        };
        const preview = await erasurePreview(app, request);
        if (options.dryRun) return tell(preview, false);
        if (!options.yes) {
          terminal.out(erasureText(preview, false));
          const answer = await terminal.ask?.('This cannot be undone. Type erase to go on: ', false);
          if (answer?.trim() !== 'erase')
            throw new InputError('Nothing was erased.', 'Answer erase, or say --yes.');
        }
        tell(await erase(app, request, terminal.signal), true);
      });
    },
  );
}

function erasureText({ rows, files, told, pending }: ErasureReport, done: boolean): string {
  const all = Object.values(rows).reduce((sum, count) => sum + count, 0);
  const lines = [
    `${done ? 'Removed' : 'Would be removed'}: ${counted(all, 'row')} of the stores, ${counted(files.rows, 'row')} of lists.`,
    ...Object.entries(rows).map(([table, count]) => `  ${table.padEnd(20)} ${formatCount(count)}`),
    ...(files.named.length > 0
      ? ['These files name the person and are no lists that Kindred writes; look at them yourself:']
      : []),
    ...files.named.map(file => `  ${file}`),
    ...Object.entries(told).map(([name, said]) => `${name}: ${said}`),
    ...(pending.length > 0
      ? [
          done
            ? `Not confirmed yet: ${pending.join(', ')}. It is tried again every day, and by \`kindred erase --continue\`.`
            : `Would be told: ${pending.join(', ')}.`,
        ]
      : []),
    ...(done
      ? [
          'Nothing of the person is stored again, whatever is imported, as long as KINDRED_KEY stays the same.',
          'Not reached: backups of the data folder or of your databases, lists that were moved elsewhere, and the shop itself.',
        ]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

export function registerObject(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const command = program
    .command('object')
    .description('note that a person objects to profiling or to marketing, and take them out of destinations')
    .addOption(
      new Option('--to <what>', 'what they object to')
        .choices(['profiling', 'marketing'])
        .makeOptionMandatory(),
    )
    .option('--withdraw', 'they take the objection back');
  reading(deciding(naming(command))).action(
    async (options: Named & { to: 'profiling' | 'marketing'; withdraw?: boolean }) => {
      const by = decider(terminal, options.by);
      await inApp(context, 'object', options.data, async app => {
        const { to, withdraw: withdrawn = false } = options;
        const noted = await object(app, { ...askedOf(options), to, withdrawn, by });
        if (options.json) return printJson(context, noted);
        terminal.out(
          withdrawn
            ? `Noted: the objection to ${to} is taken back. The next refresh counts them again.\n`
            : `Noted: they object to ${to}. ${noted.removals === 0 ? 'They were at no destination.' : `Removals on their way to destinations: ${noted.removals}; \`kindred sync apply\` sends them, as the server does by itself.`}${to === 'profiling' ? ' From the next refresh on they are in no segment.' : ''}\n`,
        );
      });
    },
  );
}

export function registerSubjectReport(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const command = program
    .command('subject-report')
    .description('write what is held on one person, for that person')
    .option(
      '--to <file>',
      'where to write it: .txt for reading, .json for taking along',
      'subject-report.txt',
    );
  reading(deciding(naming(command))).action(async (options: Named & { to: string }) => {
    const by = decider(terminal, options.by);
    await inApp(context, 'subject-report', options.data, async app => {
      const report = await subjectReport(app, askedOf(options));
      const answered = (ids: readonly string[]) =>
        answerDataRequests(app, { ids: [...ids, ...(options.id ?? [])], by });
      if (!report) {
        await answered([]);
        return terminal.out('Nothing is held on this person.\n');
      }
      const file = pathFrom(terminal, options.to);
      const text =
        options.json || file.endsWith('.json')
          ? `${JSON.stringify(report, null, 2)}\n`
          : subjectReportText(report);
      const { audit } = await app.state();
      await deliverFile(
        file,
        path => writeFile(path, text, { mode: 0o600 }),
        () =>
          audit.append({
            at: report.at,
            actor: by,
            action: 'person.reported',
            subject: 'subject report',
            details: {},
          }),
      );
      await answered(report.identities.map(({ source, source_id }) => `${source}/${source_id}`));
      terminal.out(`${options.to}: what is held on the person, readable by you alone.\n`);
    });
  });
}

export function registerRetention(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const command = program
    .command('retention')
    .description('show what is older than it is to be kept (KINDRED_KEEP), and remove it with --apply')
    .option('--apply', 'remove it, as the server does every day');
  reading(deciding(command)).action(
    async (options: { apply?: boolean; by?: string; data?: string; json?: boolean }) => {
      const by = decider(terminal, options.by);
      await inApp(context, 'retention', options.data, async app => {
        const report = await retention(app, { apply: options.apply ?? false, by });
        if (options.json) printJson(context, report);
        else terminal.out(retentionText(report));
      });
    },
  );
}

function retentionText({ applied, kinds }: RetentionReport): string {
  const rows = kinds.map(({ kind, months, before, rows }) => {
    const old = Object.values(rows).reduce((sum, count) => sum + count, 0);
    const kept = months === null ? 'for good' : counted(months, 'month');
    return [kind, kept, before?.slice(0, 10) ?? '', formatCount(old)];
  });
  const table = textTable(
    [
      { head: 'Kind' },
      { head: 'Kept for' },
      { head: 'Older than' },
      { head: applied ? 'Removed' : 'Rows', align: 'right' },
    ],
    rows,
    80,
  );
  const kept =
    'Customers, orders, tickets and consents are kept until they are erased: books ask for that, and a no must not be forgotten.';
  return `${table}\n${wrap(kept, 80)}\n${applied ? '' : 'Nothing was removed: `kindred retention --apply` does it, and `kindred serve` every day.\n'}`;
}
