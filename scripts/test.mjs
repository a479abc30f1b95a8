// npm test [-- VITEST ARGUMENTS]: lint, types, build and all tests, and one closing line that says how it went.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { runMain, runNode, StepError, scriptOf, secondsSince } from './run.mjs';
import { closingLine, firstFailure, readTestReport } from './test-report.mjs';

/**
 * Runs one step under its name.
 *
 * @param {string} name
 * @param {() => Promise<number>} work gives an exit code
 * @returns {Promise<{ name: string, ok: boolean, took: string }>}
 */
async function step(name, work) {
  console.log(`\n== ${name}`);
  const start = performance.now();
  let code = 1;
  try {
    code = await work();
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    console.error(error.message);
  }
  const result = { name, ok: code === 0, took: secondsSince(start) };
  console.log(`== ${name}: ${result.ok ? 'ok' : 'FAILED'} (${result.took})`);
  return result;
}

/** The page of the charts runs in a browser, whose types the rest does not have. */
async function checkTypes() {
  const check = async (/** @type {string} */ project) =>
    (await runNode(scriptOf('typescript', 'tsc'), ['--noEmit', '-p', project])).code;
  return (await check('tsconfig.json')) || (await check('tsconfig.view.json'));
}

async function runTests(/** @type {readonly string[]} */ args) {
  const folder = mkdtempSync(join(tmpdir(), 'kindred-test-'));
  const file = join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const { code } = await runNode(scriptOf('vitest'), ['run', ...reporters, ...args]);
    return {
      code,
      report: existsSync(file) ? readTestReport(JSON.parse(readFileSync(file, 'utf8'))) : undefined,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main() {
  await ensureInstalled();
  const steps = [
    await step('lint', async () => (await runNode(scriptOf('@biomejs/biome', 'biome'), ['check', '.'])).code),
    await step('types', checkTypes),
    await step('build', async () => {
      await ensureBuilt();
      return 0;
    }),
  ];
  let report;
  // Some tests start the built command, so without a build they would only repeat its failure.
  if (steps.every(({ name, ok }) => ok || name !== 'build'))
    steps.push(
      await step('tests', async () => {
        const tests = await runTests(process.argv.slice(2));
        report = tests.report;
        return tests.code;
      }),
    );

  console.log('');
  for (const { name, ok, took } of steps) console.log(`${name.padEnd(6)} ${ok ? 'ok' : 'FAILED'}  ${took}`);
  const failed = steps.filter(({ ok }) => !ok).map(({ name }) => name);
  if (failed.length > 0) console.log(`first failure: ${firstFailure(failed[0], report)}`);
  console.log(closingLine(failed, report));
  return failed.length > 0 ? 1 : 0;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await runMain(main);
