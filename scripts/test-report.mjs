// What vitest's JSON report comes down to.
import { relative } from 'node:path';
import { root } from './run.mjs';

/**
 * @typedef {object} TestReport
 * @property {number} passed
 * @property {number} failed tests, and files that broke before their first test
 * @property {number} skipped
 * @property {string | undefined} firstFailure
 */

/**
 * @typedef {{ name: string, status: string, message?: string, assertionResults: { status: string, fullName: string, failureMessages?: string[] }[] }} FileResult
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number, testResults: FileResult[] }} json
 * @returns {TestReport}
 */
export function readTestReport(json) {
  const failures = json.testResults.flatMap(file => {
    const name = relative(root, file.name).replaceAll('\\', '/');
    const tests = file.assertionResults.filter(({ status }) => status === 'failed');
    if (tests.length > 0)
      return tests.map(test => `${name} > ${test.fullName}: ${firstLine(test.failureMessages?.[0])}`);
    return file.status === 'failed' ? [`${name}: ${firstLine(file.message)}`] : [];
  });
  return {
    passed: json.numPassedTests,
    failed: failures.length,
    skipped: json.numPendingTests + json.numTodoTests,
    firstFailure: failures[0],
  };
}

/**
 * @param {string} name the first step that failed
 * @param {TestReport | undefined} report
 */
export function firstFailure(name, report) {
  if (name !== 'tests') return `${name}, see "== ${name}" above`;
  return report?.firstFailure ?? 'tests: vitest ended early or met an error outside a test, see above';
}

/**
 * @param {readonly string[]} failed the names of the steps that failed
 * @param {TestReport | undefined} report absent where the tests did not run to their end
 */
export function closingLine(failed, report) {
  const counts = report
    ? `${report.passed} passed, ${report.failed} failed${report.skipped > 0 ? `, ${report.skipped} skipped` : ''}`
    : 'not run to the end';
  return `tests: ${counts}${failed.length > 0 ? ` (failed: ${failed.join(', ')})` : ''}`;
}

const firstLine = (/** @type {string | undefined} */ text) => text?.split('\n')[0]?.trim() ?? 'no message';
