import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../support/temporary-folder.ts';
import { kindred } from '../../support/terminal.ts';

/** The command as it is installed. */
export const main = fileURLToPath(new URL('../../../dist/main.js', import.meta.url));

/** For every process of these tests: nothing of what this one was started with decides anything. */
export const environment = (more: Record<string, string> = {}): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  HOME: process.env.HOME ?? '',
  KINDRED_THREADS: '1',
  KINDRED_PORT: '0',
  ...more,
});

export interface Ran {
  code: number | NodeJS.Signals;
  out: string;
  err: string;
}

export interface Running {
  process: ChildProcess;
  ended: Promise<Ran>;
  /** All that it printed until now. */
  out(): string;
  err(): string;
}

export function start(args: readonly string[], env: Record<string, string> = {}): Running {
  const child = spawn(process.execPath, [main, ...args], { env: environment(env), stdio: 'pipe' });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', text => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', text => {
    err += text;
  });
  const ended = new Promise<Ran>(resolve => {
    child.on('close', (code, signal) => resolve({ code: code ?? signal!, out, err }));
  });
  return { process: child, ended, out: () => out, err: () => err };
}

/** Runs a command to its end. */
export async function command(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await start(args).ended;
  expect(code, err).toBe(0);
  return out;
}

export interface Shops {
  /** A data folder of its own with the shop in it, segmented as of 18 October 2026; a week of data comes after. */
  copy(): string;
  remove(): void;
}

/** A made shop on disk, as a newcomer has it after `kindred demo`, `import` and `segment`. */
export async function segmentedShop(): Promise<Shops> {
  const dir: TemporaryFolder = temporaryFolder();
  const data = dir.file('data');
  let copies = 0;
  for (const args of [
    ['demo', dir.file('shop'), '--customers', '150', '--months', '8'],
    ['import', dir.file('shop'), '--data', data],
    ['segment', '--data', data, '--as-of', '2026-10-18', '--force', '--k', '3'],
  ]) {
    const { code, err } = await kindred(args);
    expect(code, err).toBe(0);
  }
  return {
    copy() {
      const copied = dir.file(`copy-${copies++}`);
      cpSync(data, copied, { recursive: true });
      return copied;
    },
    remove: dir.remove,
  };
}
