// Compiles src to dist (npm run build, and npm's own "prepare"). Builds only where something changed.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildRelay } from './build-relay.mjs';
import { buildView } from './build-view.mjs';
import { checkNode } from './install.mjs';
import { root, runMain, runNode, StepError, scriptOf, secondsSince } from './run.mjs';

/**
 * Brings dist up to date with src. Does nothing, in a few milliseconds, where it already is.
 *
 * @param {string} [project] the folder that holds src and the tsconfig files
 */
export async function ensureBuilt(project = root) {
  const files = sources(project);
  const stamp = fingerprint(project, files);
  const stampFile = join(project, 'dist', '.stamp');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;

  const start = performance.now();
  console.error('building …');
  rmSync(join(project, 'dist'), { recursive: true, force: true });
  const { code, output } = await runNode(scriptOf('typescript', 'tsc'), ['-p', 'tsconfig.build.json'], {
    cwd: project,
    quiet: true,
  });
  if (code !== 0)
    throw new StepError(`${output.trimEnd()}\n\nThe build failed.\n  Correct the errors above.`);
  for (const file of files.filter(isAsset)) {
    const target = join(project, 'dist', relative(join(project, 'src'), file));
    mkdirSync(dirname(target), { recursive: true });
    cpSync(file, target);
  }
  await buildView(project);
  await buildRelay(project);
  await makeStateTemplate(project);
  const bin = join(project, 'dist', 'main.js');
  if (existsSync(bin)) chmodSync(bin, 0o755);
  // Written last: a build that was cut short is no build.
  writeFileSync(stampFile, stamp);
  console.error(`  built in ${secondsSince(start)}`);
}

/** An initialised state database to copy, since making one takes each new data folder seconds and much memory. */
async function makeStateTemplate(/** @type {string} */ project) {
  const script = join(project, 'dist', 'state', 'make-template.js');
  if (!existsSync(script)) return;
  const { code, output } = await runNode(script, [], { cwd: project, quiet: true });
  if (code !== 0)
    throw new StepError(
      `${output.trimEnd()}\n\nThe template of the state was not made.\n  See the error above.`,
    );
}

/** Everything under src, in an order that does not depend on the machine. */
function sources(/** @type {string} */ project) {
  return readdirSync(join(project, 'src'), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** The page of the charts is bundled into one file. */
const isAsset = (/** @type {string} */ file) =>
  !/\.[cm]?tsx?$/.test(file) && !file.includes(join('mcp', 'app', 'view'));

function fingerprint(/** @type {string} */ project, /** @type {string[]} */ files) {
  const hash = createHash('sha256');
  const settings = [
    'tsconfig.json',
    'tsconfig.build.json',
    'package-lock.json',
    join('scripts', 'build-view.mjs'),
    join('scripts', 'build-relay.mjs'),
  ].map(name => join(project, name));
  for (const file of [...settings, ...files]) {
    if (!existsSync(file)) continue;
    const content = readFileSync(file);
    hash.update(`${relative(project, file).split(sep).join('/')} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

if (
  process.argv[1] &&
  import.meta.url === pathToFileURL(process.argv[1]).href &&
  process.env.KINDRED_BUILD !== 'later'
)
  await runMain(async () => {
    checkNode();
    await ensureBuilt();
    return 0;
  });
