import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { OperatorError } from '../../errors.ts';
import { relaySettings } from './relay-settings.ts';
import { remoteServer } from './remote.ts';
import { runRelay } from './run.ts';

// The relay as a program of its own: a client of a server, or the starter of the Kindred that is installed on this
// machine. Bundled into one file, so nothing that it imports may need a package with a binary.

const { url, token, dataDir, node, main } = relaySettings(process.env);

if (url !== undefined || main === undefined) await runRelay(remoteServer({ url, token }), process);
else if (!existsSync(main))
  // Whoever installed the extension sees what a client is answered, and not what a process prints.
  await runRelay(async () => {
    throw new OperatorError(
      `Kindred is not at ${main} any more.`,
      'Install it again, and make a new extension with `kindred mcpb`.',
    );
  }, process);
else {
  // That process finds by itself who holds the folder. Piped and not inherited: where the client runs this file inside
  // its own process, its standard streams are no files of the system.
  const args = [main, 'mcp', ...(dataDir === undefined ? [] : ['--data', dataDir])];
  const child = spawn(node ?? process.execPath, args, { stdio: 'pipe', windowsHide: true });
  process.stdin.pipe(child.stdin);
  child.stdout.pipe(process.stdout);
  child.stderr.pipe(process.stderr);
  const stop = () => {
    child.kill();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  // Whoever goes first, the other end is told by its pipe.
  child.stdin.on('error', () => {});
  process.stdout.on('error', stop);
  child.on('error', error => {
    process.stderr.write(
      `kindred mcp: Kindred cannot be started with ${node ?? process.execPath} ${main}: ${error.message}\n  Install it again, and make a new extension with \`kindred mcpb\`.\n`,
    );
    process.exitCode = 1;
    process.stdin.destroy();
  });
  child.on('exit', code => {
    process.exitCode = code ?? 1;
    process.stdin.destroy();
  });
}
