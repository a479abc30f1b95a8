import { withApp } from '../../src/app.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { readConfig } from '../../src/config.ts';
import { type ServeOptions, serve } from '../../src/web/serve.ts';

/** `kindred serve` in this process, on a port of its own, with time standing still; `ended` when it has let the folder go. */
export async function startServing(
  dataDir: string,
  env: NodeJS.ProcessEnv,
  options: Pick<ServeOptions, 'run' | 'signal'> & Partial<ServeOptions>,
): Promise<{ url: string; ended: Promise<void>; logged: string[] }> {
  const logged: string[] = [];
  const terminal: Terminal = {
    env: {},
    cwd: process.cwd(),
    now: () => new Date('2026-11-22T12:00:00Z'),
    out: () => {},
    err: text => logged.push(text),
    interactive: false,
    columns: 100,
  };
  const config = readConfig({ KINDRED_PORT: '0', ...env }, dataDir);
  let ended: Promise<void> | undefined;
  const url = await new Promise<string>((listening, reject) => {
    ended = withApp(config, 'kindred serve', terminal.now, app =>
      serve(app, { terminal, listening, ...options }),
    );
    ended.catch(reject);
  });
  return { url, ended: ended!, logged };
}
