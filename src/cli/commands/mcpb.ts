import type { Command } from 'commander';
import { readConfig } from '../../config.ts';
import { InputError } from '../../errors.ts';
import { type CommandContext, pathFrom, printJson, reading } from '../context.ts';
import { bundleView } from '../views/bundle.ts';

interface McpbOptions {
  server?: string;
  to: string;
  data?: string;
  json?: boolean;
}

/** Needs no store: what it packs finds them when it runs. */
export function registerMcpb(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const command = program
    .command('mcpb')
    .description('pack an extension for Claude Desktop, to install with a double click')
    .option('--server <url>', 'connect to a server that runs, with a token of `kindred token create`')
    .option('--to <file>', 'where to write it', 'kindred.mcpb');
  reading(command).action(async ({ server, to, data, json }: McpbOptions) => {
    const { packBundle } = await import('../../mcp/bundle/pack.ts');
    const { thisInstallation } = await import('../../mcp/bundle/installation.ts');
    const config = readConfig(terminal.env, data, terminal.cwd);
    const target =
      server === undefined ? thisInstallation(config) : ({ kind: 'server', url: addressOf(server) } as const);
    const packed = await packBundle(target, pathFrom(terminal, to));
    if (json) printJson(context, packed);
    else terminal.out(bundleView(packed, target));
  });
}

function addressOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '') return url.href;
  throw new InputError(
    `${text} is no address of a server.`,
    'Write it like https://kindred.example.com or http://127.0.0.1:7373; the token is asked for when the extension is installed.',
  );
}
