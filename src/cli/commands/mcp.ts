import { type Command, Option } from 'commander';
import { InputError } from '../../errors.ts';
import type { Role } from '../../tools/tool.ts';
import { type CommandContext, withData } from '../context.ts';

interface McpOptions {
  data?: string;
  role?: Role;
  server?: string;
}

/** Standard input and output belong to the client that starts it. */
export function registerMcp(program: Command, context: CommandContext): void {
  const command = program
    .command('mcp')
    .description('serve Claude Desktop or another MCP client that starts this command')
    .addOption(
      new Option('--role <role>', 'what the client may do (default: approver)').choices([
        'viewer',
        'analyst',
        'approver',
      ]),
    )
    .option('--server <url>', 'pass on to a Kindred server elsewhere, with the token in KINDRED_TOKEN');
  withData(command).action(async ({ data, role, server }: McpOptions) => {
    const { terminal, run } = context;
    if (terminal.app)
      throw new InputError('`kindred mcp` cannot run inside a server.', 'Have the MCP client start it.');
    const { stdin, stdout, stderr } = process;
    const streams = { stdin, stdout, stderr };
    if (server === undefined) {
      const { serveStdio } = await import('../../mcp/stdio/serve.ts');
      return serveStdio({ terminal, run, dataDir: data, role: role ?? 'approver', streams });
    }
    if (role !== undefined || data !== undefined)
      throw new InputError(
        'With --server there is no --role and no --data: the token and the server say both.',
        'Leave them away.',
      );
    const [{ runRelay }, { remoteServer }, { relaySettings }] = await Promise.all([
      import('../../mcp/stdio/run.ts'),
      import('../../mcp/stdio/remote.ts'),
      import('../../mcp/stdio/relay-settings.ts'),
    ]);
    await runRelay(remoteServer({ url: server, token: relaySettings(terminal.env).token }), streams);
  });
}
