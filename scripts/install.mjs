// Installs the packages where they are missing or not those of package-lock.json. Needs Node and npm, nothing else.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runShell, StepError, secondsSince } from './run.mjs';

const leastNode = [20, 19];

/**
 * @param {string} [version] as in `process.versions.node`
 */
export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1])) return;
  throw new StepError(
    `Kindred needs Node ${leastNode.join('.')} or newer; this is ${version}.\n  Get a newer one from https://nodejs.org and run the command again.`,
  );
}

/** Installs what is missing. Does nothing, in a few milliseconds, where all is there. */
export async function ensureInstalled() {
  checkNode();
  const lock = readPackages(join(root, 'package-lock.json'));
  if (!lock)
    throw new StepError('package-lock.json is missing or broken.\n  Run: git checkout package-lock.json');
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (installed && isInstalled(lock, installed)) return;

  const start = performance.now();
  console.error('installing packages (npm ci) …');
  const beat = setInterval(() => console.error(`  still installing, ${secondsSince(start)}`), 15_000);
  // The build that npm would start from here ("prepare") is left to ensureBuilt, which says what fails in it.
  const env = { ...process.env, KINDRED_BUILD: 'later' };
  const { code, output } = await runShell('npm ci --include=dev --no-audit --no-fund', env).finally(() =>
    clearInterval(beat),
  );
  if (code !== 0)
    throw new StepError(
      `${output.trimEnd()}\n\nnpm ci failed (exit code ${code}).\n  Read npm's reason above; a network or a proxy is the usual one. Then run the command again.`,
    );
  console.error(`  installed in ${secondsSince(start)}`);
}

/**
 * Whether the tree that npm wrote down in node_modules is the one that the lock asks for. Packages for other
 * platforms are optional in the lock and absent from the tree.
 *
 * @typedef {Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }>} Packages
 * @param {Packages} lock
 * @param {Packages} installed
 */
export function isInstalled(lock, installed) {
  return Object.entries(lock).every(([path, wanted]) => {
    if (path === '') return true;
    const found = installed[path];
    if (!found) return Boolean(wanted.optional ?? wanted.devOptional);
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

/**
 * @param {string} file
 * @returns {Packages | undefined}
 */
function readPackages(file) {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    // A file cut short by a killed npm counts as missing.
    return undefined;
  }
}
