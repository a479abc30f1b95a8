import type { Command } from 'commander';
import { connect } from '../../connections/connect.ts';
import { subscribeMessages } from '../../connections/messages.ts';
import { InputError } from '../../errors.ts';
import { platformOf } from '../../vendors/platform.ts';
import { vendorNamed, vendors } from '../../vendors/registry.ts';
import type { Vendor } from '../../vendors/vendor.ts';
import { readAnswers } from '../answers.ts';
import { besideOthers, type CommandContext, printJson, reading } from '../context.ts';
import { decider } from '../decision.ts';
import { words } from '../options.ts';
import type { Terminal } from '../terminal.ts';
import { connectedView, vendorsView } from '../views/connections.ts';
import { messagesView } from '../views/messages.ts';
import { wrap } from '../views/text.ts';

interface ConnectOptions {
  name?: string;
  set?: Record<string, string>;
  secretsFrom?: string;
  apiUrl?: string;
  messagesTo?: string;
  by?: string;
  data?: string;
  json?: boolean;
}

const examples = `
Examples:
  kindred connect                          what there is to connect
  kindred connect klaviyo                  asks for what it needs, tests it, and keeps it if it works
  kindred connect shopify --name uk-shop --set shop=my-shop
  kindred connect klaviyo --secrets-from klaviyo.txt
                                           lines such as private_key=…, or JSON; - reads them from a pipe`;

export function registerConnect(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const command = program
    .command('connect')
    .description('connect a tool of the shop: to pull rows from it, or to put audiences into it')
    .argument('[vendor]', 'one of those that `kindred connect` lists')
    .option(
      '--name <name>',
      'what to call it; also the namespace of the ids from it (default: the vendor)',
      words,
    )
    .option('--set <field=value>', 'a field that is not secret; may be given several times', setting)
    .option(
      '--secrets-from <file>',
      'fields with their values, secrets too, from a file, or - for a pipe',
      words,
    )
    .option('--api-url <address>', "in place of the vendor's own host, as for a proxy", words)
    .option(
      '--messages-to <address>',
      'where the internet reaches this server: has the tool send what happens there, if it can',
      words,
    )
    .option('--by <name>', 'who does it (default: your user name on this machine)', words)
    .addHelpText('after', examples);
  reading(command).action(async (given: string | undefined, options: ConnectOptions) => {
    if (given === undefined) {
      if (options.json)
        return printJson(context, {
          vendors: vendors.map(({ name, title, fields }) => ({
            name,
            title,
            fields: fields.map(({ problem: _, ...field }) => field),
          })),
        });
      return terminal.out(vendorsView(vendors, terminal.columns));
    }
    const vendor = vendorNamed(given);
    if (!vendor)
      throw new InputError(
        `There is no "${given}" to connect to.`,
        `There are ${vendors.map(({ name }) => name).join(', ')}.`,
      );
    const name = options.name ?? vendor.name;
    const actor = decider(terminal, options.by);
    const answers = await answersOf(terminal, vendor, options);
    // A server that runs the command instead gets all answers where its standard input would be.
    const server = options.messagesTo ?? (await askedServer(terminal, vendor, options));
    const messagesTo = server === undefined ? [] : ['--messages-to', server];
    const args = [
      'connect',
      vendor.name,
      '--name',
      name,
      '--by',
      actor,
      '--secrets-from',
      '-',
      ...messagesTo,
    ];
    const handed = { args: options.json ? [...args, '--json'] : args, input: JSON.stringify(answers) };
    await besideOthers({ ...context, ...handed }, 'connect', options.data, async (app, signal) => {
      const platform = platformOf(app, signal);
      const made = await connect(app, platform, { vendor, name, given: answers, actor });
      if (!options.json) terminal.out(connectedView(made, terminal.columns));
      const messages =
        server === undefined ? null : await subscribeMessages(app, platform, { vendor, name, server });
      if (options.json) printJson(context, { ...made, messages });
      else terminal.out(messagesView(vendor, name, messages, terminal.columns));
    });
  });
}

/** Nothing where nobody sits at the terminal, or who does leaves it. */
async function askedServer(
  { ask, err }: Terminal,
  { messages, title }: Vendor,
  { secretsFrom }: ConnectOptions,
): Promise<string | undefined> {
  if (!messages || !ask || secretsFrom !== undefined) return undefined;
  err(
    `\nWhere the internet reaches this server, such as https://kindred.example.org: ${title} then sends at once what happens.\n`,
  );
  return (await ask('Address (Enter for not now): ', false)).trim() || undefined;
}

function setting(text: string, before: Record<string, string> = {}): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InputError(`"${text}" is not of the form field=value.`, 'Write --set shop=my-shop.');
  return { ...before, [text.slice(0, at).trim()]: text.slice(at + 1) };
}

/** What was given, and where a person sits at the terminal what they say to the rest. */
async function answersOf(
  terminal: Terminal,
  vendor: Vendor,
  { set = {}, secretsFrom, apiUrl }: ConnectOptions,
): Promise<Record<string, string>> {
  const shown = vendor.fields.find(({ id, secret }) => secret && set[id] !== undefined);
  if (shown)
    throw new InputError(
      `${shown.label} is a secret: on the command line, everybody on this machine could read it.`,
      'Leave it out to be asked for it, or put it into a file and say --secrets-from FILE.',
    );
  const answers: Record<string, string> = {
    ...set,
    ...(secretsFrom === undefined ? {} : await readAnswers(terminal, secretsFrom)),
    ...(apiUrl === undefined ? {} : { api_url: apiUrl }),
  };
  const { ask } = terminal;
  if (!ask || secretsFrom !== undefined) return answers;
  const open = vendor.fields.filter(({ id }) => answers[id] === undefined);
  if (open.length > 0)
    terminal.err(`${vendor.title}. Enter leaves what stands, or takes what is said in brackets.\n`);
  for (const { id, label, help, secret, fallback, problem } of open) {
    terminal.err(`\n${wrap(help, terminal.columns)}\n`);
    for (;;) {
      const answer = (await ask(`${label}${fallback ? ` [${fallback}]` : ''}: `, secret)).trim();
      const wrong = answer === '' ? null : (problem?.(answer) ?? null);
      if (answer !== '' && !wrong) answers[id] = answer;
      if (!wrong) break;
      terminal.err(`${label} ${wrong}.\n`);
    }
  }
  return answers;
}
