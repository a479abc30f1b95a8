import { type Command, Option } from 'commander';
import { defaultExpiry } from '../../access/expiry.ts';
import { createToken, listTokens, revokeToken } from '../../access/manage.ts';
import { type Right, rights } from '../../access/roles.ts';
import { besideOthers, type CommandContext, printJson, reading } from '../context.ts';
import { decider } from '../decision.ts';
import { words } from '../options.ts';
import { createdView, revokedView, tokensView } from '../views/token.ts';

interface TokenOptions {
  by?: string;
  data?: string;
  json?: boolean;
}

const help = `
Roles:
  viewer      reads what was found
  analyst     opens proposals as well
  approver    decides on them too, where the client asks the person
  lookup      for a program: the segment of one customer by id, and nothing else

Example:
  kindred token create --name "Ada's laptop" --role analyst --expires 30d`;

/** Who may ask over HTTP. None of it waits for its turn at the stores: what is revoked is refused at once. */
export function registerToken(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const token = program
    .command('token')
    .description('who may ask over HTTP, as MCP clients do, and until when');

  const creating = token
    .command('create')
    .description('make a token, and show it this once')
    .addOption(
      new Option('--name <name>', 'who or what will use it: the record calls them so').makeOptionMandatory(),
    )
    .addOption(new Option('--role <role>', 'what they may do').choices(rights).default('viewer'))
    .option('--expires <when>', 'how long it lasts (30d) or its last day (2027-03-31)', defaultExpiry)
    .addHelpText('after', help);
  reading(byWhom(creating)).action(
    async (options: TokenOptions & { name: string; role: Right; expires: string }) => {
      const { name, role, expires } = options;
      const actor = decider(terminal, options.by);
      await besideOthers(context, 'token create', options.data, async ({ state, now, config }) => {
        const made = await createToken({ state: await state(), now }, { name, role, expires, actor });
        if (options.json) printJson(context, made);
        else terminal.out(createdView(made, config, terminal.columns));
      });
    },
  );

  reading(token.command('list').description('all of them, newest first')).action(
    async (options: TokenOptions) => {
      await besideOthers(context, 'token list', options.data, async ({ state, now }) => {
        const tokens = await listTokens({ state: await state(), now });
        if (options.json) printJson(context, { tokens });
        else terminal.out(tokensView(tokens, terminal.columns));
      });
    },
  );

  const revoking = token
    .command('revoke')
    .description('end one now, also in a server that runs')
    .argument('<token>', 'its name or id');
  reading(byWhom(revoking)).action(async (named: string, options: TokenOptions) => {
    const actor = decider(terminal, options.by);
    await besideOthers(context, 'token revoke', options.data, async ({ state, now }) => {
      const revoked = await revokeToken({ state: await state(), now }, { named, actor });
      if (options.json) printJson(context, { revoked });
      else terminal.out(revokedView(revoked));
    });
  });
}

function byWhom(command: Command): Command {
  return command.option('--by <name>', 'who does it (default: your user name on this machine)', words);
}
