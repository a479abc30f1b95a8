import { readdir } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import { namingCases } from '../../evals/naming/cases.ts';
import { naming } from '../../evals/naming/naming.ts';
import { readRecordings, writeRecording } from '../../evals/recorded.ts';
import { comparison, markdown, runName, verdictLine } from '../../evals/report.ts';
import { codeOf, runEvals } from '../../evals/run.ts';
import { type ScriptedRequest, startScriptedModel, text } from '../support/scripted-model.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

const folders: TemporaryFolder[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

function emptyFolder(): string {
  const folder = temporaryFolder();
  folders.push(folder);
  return folder.path;
}

const now = new Date('2026-11-20T09:00:00Z');
const onRetail = (id: string) => id === 'online-retail';

test('without a key replays what was recorded, says so, and is content with what was written by hand', async () => {
  const report = await runEvals({ tasks: [naming], access: null, wanted: onRetail, now });
  expect(report.runs.map(runName)).toEqual([
    'naming/deterministic',
    'naming-1/by hand, not seen while the checks were made',
    'naming-1/by hand',
  ]);
  expect(report.runs[1]!.origin).toEqual({ recordedAt: expect.any(String) });
  expect(report.notRun[0]).toContain('the live part');
  expect(codeOf(report)).toBe(0);
  const told = markdown(report);
  expect(told).toContain('written by hand');
  expect(told).toContain('Not run: the live part');
  expect(told).toContain('| not run | not run |');
});

test('no case run is a failure', async () => {
  const report = await runEvals({ tasks: [naming], access: null, wanted: () => false, now });
  expect(report.runs).toEqual([]);
  expect(codeOf(report)).toBe(1);
  const onlyBaseline = await runEvals({ tasks: [naming], access: null, wanted: id => id === 'tiny', now });
  expect(onlyBaseline.runs.map(runName)).toEqual(['naming/deterministic']);
  expect(codeOf(onlyBaseline)).toBe(1);
});

test('with a model asks it, has it judged, keeps the record and replays it to the same scores', async () => {
  const recorded = emptyFolder();
  const byHand = (await readRecordings('naming')).find(({ model }) => model === 'by hand');
  const written = byHand!.cases.find(({ id }) => id === 'online-retail')!;
  const asked: ScriptedRequest[] = [];
  await using model = await startScriptedModel(request => {
    asked.push(request);
    return text(asked.length === 1 ? JSON.stringify(written) : '{"answer": "A"}');
  });
  const live = await runEvals({ tasks: [naming], access: model.access(), wanted: onRetail, now, recorded });
  const run = live.runs[1]!;
  expect(run).toMatchObject({ model: 'scripted-model', origin: 'live', cases: ['online-retail'] });
  expect(live.notRun).toEqual([]);
  // A judge that always says A is mostly wrong, and then the run is not good.
  const matched = run.metrics.find(({ id }) => id === 'blindJudge')!;
  expect(matched.score).toBeLessThan(0.9);
  expect(matched.looked).toBe((await namingCases(onRetail))[0]!.sheets.length);
  expect(codeOf(live)).toBe(1);
  expect(verdictLine(run)).toContain('short');

  const replayed = await runEvals({ tasks: [naming], access: null, wanted: onRetail, now, recorded });
  expect(replayed.runs[1]!.metrics).toEqual(run.metrics);
  expect(replayed.runs[1]!.origin).toEqual({ recordedAt: '2026-11-20' });
});

test('a model that leaves segments out is short of them', async () => {
  const recorded = emptyFolder();
  const byHand = (await readRecordings('naming')).find(({ model }) => model === 'by hand');
  const cases = byHand!.cases.map(one => ({ ...one, personas: (one.personas as unknown[]).slice(1) }));
  await writeRecording({ ...byHand!, model: 'lazy/model', cases }, recorded);
  const report = await runEvals({ tasks: [naming], access: null, wanted: onRetail, now, recorded });
  const missing = report.runs[1]!.metrics.find(({ id }) => id === 'described')!;
  expect(missing.score).toBeLessThan(1);
  expect(missing.failures).toHaveLength(1);
  expect(codeOf(report)).toBe(1);
  expect(await readdir(recorded, { recursive: true })).toContain('naming-1/lazy-model.json');
});

test('two runs are compared metric by metric', async () => {
  const { runs } = await runEvals({ tasks: [naming], access: null, wanted: onRetail, now });
  const told = comparison(runs[0]!, runs[2]!);
  expect(told).toContain('# naming/deterministic against naming-1/by hand');
  expect(told).toMatch(/Channel, offer and timing[^|]*\| \*\*0\.\d+ \(7\)\*\* \| 1 \(7\) \| \+0\.\d+/);
  expect(told).toContain('not comparable');
});
