// Child processes, the same on Linux, macOS and Windows.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's own folder. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** Something went wrong that the person at the terminal can mend; printed without a stack. */
export class StepError extends Error {}

/**
 * The script behind a package's command, so that it runs by `node` with no shell and no `.cmd` file between.
 *
 * @param {string} name a package in node_modules
 * @param {string} [command] the command's name where the package has several
 */
export function scriptOf(name, command = name) {
  const folder = join(root, 'node_modules', name);
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) throw new StepError(`${name} is not installed.\n  Run: npm ci`);
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  return resolve(folder, typeof bin === 'string' ? bin : bin[command]);
}

/**
 * Runs a Node script and waits for its end. With `quiet` its output is kept, not shown.
 *
 * @param {string} script
 * @param {readonly string[]} [args]
 * @param {{ quiet?: boolean, cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runNode(script, args = [], options = {}) {
  return finished(
    spawn(process.execPath, [script, ...args], {
      cwd: options.cwd ?? root,
      env: options.env ?? process.env,
      stdio: options.quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    }),
  );
}

/**
 * Runs a fixed command line in the shell, its output kept. npm is a shell script on Windows, hence the shell;
 * nothing that a user typed may be part of `line`.
 *
 * @param {string} line
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runShell(line, env = process.env) {
  return finished(spawn(line, { cwd: root, env, shell: true, stdio: ['ignore', 'pipe', 'pipe'] }));
}

/** @param {import('node:child_process').ChildProcess} child */
function finished(child) {
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', text => {
    output += text;
  });
  child.stderr?.setEncoding('utf8').on('data', text => {
    output += text;
  });
  // The terminal sends Ctrl-C to the child as well; this process waits for the child's own answer to it.
  const wait = () => {};
  process.on('SIGINT', wait);
  const pass = () => child.kill('SIGTERM');
  process.on('SIGTERM', pass);
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code, signal) => {
      process.off('SIGINT', wait);
      process.off('SIGTERM', pass);
      done({ code: code ?? (signal === 'SIGINT' ? 130 : 143), output });
    });
  });
}

/**
 * Runs a script's main part: a StepError becomes its message and exit code 1.
 *
 * @param {() => Promise<number | undefined>} main the exit code, 0 where it gives none
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/**
 * @param {number} since from `performance.now()`
 */
export function secondsSince(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
