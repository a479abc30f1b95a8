import { request } from 'node:http';
import type { Config } from '../config.ts';
import { codeOf, OperatorError, UpstreamError } from '../errors.ts';
import type { StoreServer } from '../store-lock.ts';
import type { CommandEvent, CommandLine } from '../web/protocol.ts';
import type { Terminal } from './terminal.ts';

/**
 * Has the server that holds the data folder run the command line, shows what it prints and returns its exit code. Where
 * this process ends first (Ctrl-C), the server stops the command at its next step. `input` is what it finds as its
 * standard input: it goes where no list of processes and no log shows it.
 *
 * `request` and not `fetch`, which gives up on a server that says nothing for five minutes.
 */
export function passThrough(
  server: StoreServer,
  args: readonly string[],
  { cwd, user, columns, interactive, out, err }: Terminal,
  { warehouseUrl, databaseUrl }: Pick<Config, 'warehouseUrl' | 'databaseUrl'>,
  input?: string,
): Promise<number> {
  const url = new URL('/v1/command', server.url);
  const headers = { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const call = request(url, { method: 'POST', headers, agent: false }, response => {
      if (response.statusCode !== 200) {
        response.resume();
        return reject(refused(server, `it answers with status ${response.statusCode}`));
      }
      let code: number | undefined;
      let pending = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        // Looked for in what is new only: a long line comes in many pieces.
        const end = text.lastIndexOf('\n');
        if (end < 0) {
          pending += text;
          return;
        }
        const lines = (pending + text.slice(0, end)).split('\n');
        pending = text.slice(end + 1);
        for (const line of lines) {
          const event = JSON.parse(line) as CommandEvent;
          if ('out' in event) out(event.out);
          else if ('err' in event) err(event.err);
          else code = event.exit;
        }
      });
      // A connection that broke off is closed without an exit code, which says as much.
      response.on('error', () => {});
      response.on('close', () => (code === undefined ? reject(brokenOff(server)) : resolve(code)));
    });
    call.on('error', error => reject(refused(server, codeOf(error) || error.message)));
    const line: CommandLine = {
      args: [...args],
      cwd,
      user,
      columns,
      interactive,
      input,
      warehouseUrl,
      databaseUrl,
    };
    call.end(JSON.stringify(line));
  });
}

function refused(server: StoreServer, why: string): OperatorError {
  return new OperatorError(
    `The server at ${server.url}, which holds the store, does not take the command (${why}).`,
    'It may be stopping: try again in a moment. If that does not help, stop it and start it anew.',
  );
}

function brokenOff(server: StoreServer): UpstreamError {
  return new UpstreamError(
    `The server at ${server.url} ended before the command was done.`,
    'Run the command again; what it had not finished is undone.',
  );
}
