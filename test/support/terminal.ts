import { onTestFinished } from 'vitest';
import { run } from '../../src/cli/program.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface Ran {
  code: number;
  out: string;
  err: string;
  /** What a `--json` command printed. */
  json: <T = unknown>() => T;
}

/** Runs a command line in this process, with the time standing still. */
export async function kindred(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  change: Partial<Terminal> = {},
): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await run(args, {
    env: { KINDRED_THREADS: '1', ...env },
    cwd: process.cwd(),
    user: 'ada',
    now: () => new Date('2026-11-22T12:00:00Z'),
    out: text => {
      out += text;
    },
    err: text => {
      err += text;
    },
    interactive: false,
    columns: 120,
    ...change,
  });
  return { code, out, err, json: <T>() => JSON.parse(out) as T };
}

/** An empty folder that goes when the test ends. */
export async function folder(): Promise<string> {
  const { path, remove } = temporaryFolder();
  onTestFinished(remove);
  return path;
}
