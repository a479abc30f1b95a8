import type { Terminal } from '../../cli/terminal.ts';
import { type Config, readConfig } from '../../config.ts';
import { formatError } from '../../errors.ts';
import type { Role } from '../../tools/tool.ts';
import { folderServer, storeless } from './folder.ts';
import { runRelay, type Streams } from './run.ts';
import type { Connect } from './upstream.ts';

export interface ServeStdioOptions {
  terminal: Terminal;
  run: (args: readonly string[], terminal: Terminal) => Promise<number>;
  dataDir: string | undefined;
  /** What the person at this machine lets the client's model do in their name. */
  role: Role;
  streams: Streams;
}

/** Serves the MCP client that started this process, from the data folder of this machine. */
export async function serveStdio({
  terminal,
  run,
  dataDir,
  role,
  streams,
}: ServeStdioOptions): Promise<void> {
  const { now } = terminal;
  const caller = {
    actor: terminal.user ?? 'the person at this machine',
    role,
    surface: 'stdio',
    key: 'owner',
  } as const;
  const log = (text: string) => void streams.stderr.write(`kindred mcp: ${text}\n`);
  let connect: Connect;
  try {
    const config: Config = readConfig(terminal.env, dataDir, terminal.cwd);
    connect = folderServer({
      config,
      now,
      caller,
      log,
      async listen(app, signal, handOver) {
        const { serve } = await import('../../web/serve.ts');
        const address = { host: '127.0.0.1', port: 0 };
        const listening = () => {};
        await serve(app, { terminal, run, signal, address, jobs: false, listening, handOver });
      },
    });
  } catch (error) {
    // Whoever only sees the chat is told there; a process that ends at once tells them nothing.
    log(formatError(error));
    const config = readConfig({}, dataDir, terminal.cwd);
    connect = async (events, { standIn }) =>
      standIn ?? storeless({ config, now, caller, log }, () => error, events);
  }
  await runRelay(connect, streams);
}
