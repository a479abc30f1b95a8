import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

interface TestReport {
  passed: number;
  failed: number;
  skipped: number;
  firstFailure: string | undefined;
}

const script = (name: string) => new URL(`../../scripts/${name}`, import.meta.url).href;
const { checkNode, isInstalled } = (await import(script('install.mjs'))) as {
  checkNode: (version?: string) => void;
  isInstalled: (lock: object, installed: object) => boolean;
};
const { ensureBuilt } = (await import(script('build.mjs'))) as {
  ensureBuilt: (project: string) => Promise<void>;
};
const { readTestReport, firstFailure, closingLine } = (await import(script('test-report.mjs'))) as {
  readTestReport: (json: object) => TestReport;
  firstFailure: (step: string, report?: TestReport) => string;
  closingLine: (failed: string[], report?: TestReport) => string;
};

describe('install', () => {
  test('an old Node is refused by name, a new one is not', () => {
    expect(() => checkNode('18.20.4')).toThrow(/needs Node 20.19 or newer; this is 18.20.4/);
    expect(() => checkNode('20.18.3')).toThrow(/20.18.3/);
    for (const version of ['20.19.0', '22.0.0', '24.1.0']) expect(() => checkNode(version)).not.toThrow();
  });

  test('a tree counts as installed when it holds what the lock asks for', () => {
    const lock = {
      '': { version: '1.0.0' },
      'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
      'node_modules/a-win32': { version: '1.0.0', integrity: 'sha512-w', optional: true },
    };
    const tree = { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } };
    expect(isInstalled(lock, tree)).toBe(true);
    expect(isInstalled(lock, {})).toBe(false);
    expect(isInstalled(lock, { 'node_modules/a': { version: '1.0.1', integrity: 'sha512-b' } })).toBe(false);
    expect(isInstalled(lock, { ...tree, 'node_modules/a-win32': { version: '0.9.0' } })).toBe(false);
  });
});

describe('build', () => {
  let project: string;
  const dist = (name: string) => join(project, 'dist', name);

  beforeEach(() => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    project = mkdtempSync(join(tmpdir(), 'kindred-build-'));
    mkdirSync(join(project, 'src', 'part'), { recursive: true });
    writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
    cpSync(
      fileURLToPath(new URL('../../tsconfig.build.json', import.meta.url)),
      join(project, 'tsconfig.build.json'),
    );
    writeFileSync(
      join(project, 'tsconfig.json'),
      '{ "compilerOptions": { "module": "nodenext", "rewriteRelativeImportExtensions": true, "types": [] } }',
    );
    writeFileSync(
      join(project, 'src', 'main.ts'),
      "#!/usr/bin/env node\nimport { a } from './part/a.ts';\nprocess.exitCode = a;\n",
    );
    writeFileSync(join(project, 'src', 'part', 'a.ts'), 'export const a = 3;\n');
    writeFileSync(join(project, 'src', 'part', 'text.txt'), 'an asset');
    writeFileSync(join(project, 'src', 'node.d.ts'), 'declare const process: { exitCode: number };\n');
  });
  afterEach(() => {
    rmSync(project, { recursive: true, force: true });
    vi.restoreAllMocks();
  });

  test('makes a command that runs, with its assets, and only when something changed', async () => {
    await ensureBuilt(project);
    expect(spawnSync(process.execPath, [dist('main.js')]).status).toBe(3);
    expect(readFileSync(dist('main.js'), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    if (process.platform !== 'win32') expect(statSync(dist('main.js')).mode & 0o111).toBe(0o111);
    expect(readFileSync(dist('part/text.txt'), 'utf8')).toBe('an asset');

    writeFileSync(dist('mark'), '');
    await ensureBuilt(project);
    expect(existsSync(dist('mark'))).toBe(true);

    writeFileSync(join(project, 'src', 'part', 'a.ts'), 'export const a = 4;\n');
    await ensureBuilt(project);
    expect(existsSync(dist('mark'))).toBe(false);
    expect(spawnSync(process.execPath, [dist('main.js')]).status).toBe(4);
  });

  test('a build that fails says where, and is tried again', async () => {
    writeFileSync(join(project, 'src', 'part', 'a.ts'), "export const a: number = 'three';\n");
    await expect(ensureBuilt(project)).rejects.toThrow(/a\.ts.*TS2322[\s\S]*The build failed/);
    await expect(ensureBuilt(project)).rejects.toThrow(/The build failed/);
  });
});

describe('the closing line of npm test', () => {
  const file = (name: string, status: string, tests: [string, string][], message = '') => ({
    name: fileURLToPath(new URL(`../${name}`, import.meta.url)),
    status,
    message,
    assertionResults: tests.map(([fullName, result]) => ({
      fullName,
      status: result,
      failureMessages: result === 'failed' ? ['AssertionError: expected 1 to be 2\n    at x'] : [],
    })),
  });

  test('counts tests, and a file that broke before its first test as a failure', () => {
    const report = readTestReport({
      numPassedTests: 2,
      numFailedTests: 1,
      numPendingTests: 1,
      numTodoTests: 0,
      testResults: [
        file('a.test.ts', 'passed', [
          ['adds', 'passed'],
          ['waits', 'pending'],
        ]),
        file('b.test.ts', 'failed', [
          ['subtracts', 'failed'],
          ['divides', 'passed'],
        ]),
        file('c.test.ts', 'failed', [], "Error: Cannot find module './d.ts'\n    at y"),
      ],
    });
    expect(report).toMatchObject({ passed: 2, failed: 2, skipped: 1 });
    expect(firstFailure('tests', report)).toBe(
      'test/b.test.ts > subtracts: AssertionError: expected 1 to be 2',
    );
    expect(closingLine(['tests'], report)).toBe('tests: 2 passed, 2 failed, 1 skipped (failed: tests)');
  });

  test('does not call a run good whose lint failed, or that did not end', () => {
    const report = { passed: 3, failed: 0, skipped: 0, firstFailure: undefined };
    expect(closingLine([], report)).toBe('tests: 3 passed, 0 failed');
    expect(closingLine(['lint'], report)).toBe('tests: 3 passed, 0 failed (failed: lint)');
    expect(closingLine(['build'])).toBe('tests: not run to the end (failed: build)');
    expect(firstFailure('tests', report)).toMatch(/error outside a test/);
  });
});
