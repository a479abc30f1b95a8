import { describe, expect, test } from 'vitest';
import { digestCases, writtenDigest } from '../../evals/digest/cases.ts';
import { digest } from '../../evals/digest/digest.ts';
import { faults } from '../../evals/digest/faults.ts';
import { digestFailures, digestMetricIds } from '../../evals/digest/metrics.ts';
import { readRecordings } from '../../evals/recorded.ts';
import { startScriptedModel, text } from '../support/scripted-model.ts';

const byHand = (await readRecordings('digest')).find(({ author }) => author === 'by hand')!;
const good = byHand.cases.map(one => writtenDigest.parse(one));

describe('metrics of digests', () => {
  test('pass what was written well', () => {
    expect(good.flatMap(one => digestMetricIds.flatMap(id => digestFailures(id, one)))).toEqual([]);
  });

  test.each(faults.map(fault => [fault.id, fault] as const))('see "%s"', (_, { metric, spoil }) => {
    const spoilt = good.flatMap(one => {
      const change = spoil(one);
      return change ? [{ id: one.id, told: digestFailures(metric, { ...one, ...change }) }] : [];
    });
    expect(spoilt.length).toBeGreaterThan(0);
    expect(spoilt.filter(({ told }) => told.length === 0)).toEqual([]);
  });

  test('are each proved by a fault', () => {
    const proved = new Set(faults.map(({ metric }) => metric));
    expect(digestMetricIds.filter(id => !proved.has(id))).toEqual([]);
  });
});

test('the digest that needs no model falls short of nothing', async () => {
  const report = await digest.baseline(() => true);
  expect(report.cases).toEqual(digestCases.map(({ id }) => id));
  expect(report.metrics.flatMap(({ failures }) => failures)).toEqual([]);
});

test('a model is asked as it is for Slack, and a draft that is refused counts as refused', async () => {
  const draft = {
    headline: 'A quiet week: nothing changed beyond what chance and the time of year explain.',
    moves: [],
    findings: [],
    todo: [{ candidate: 'T1', action: 'Write to the customers who may still come back.' }],
  };
  const said = text(JSON.stringify(draft));
  const wrong = text(JSON.stringify({ ...draft, headline: 'They bring 63.8 % less than before.' }));
  await using model = await startScriptedModel([said, wrong, wrong]);
  const quiet = (id: string) => id === 'quiet';
  const taken = await digest.record(model.access(), quiet, new Date('2026-11-20'));
  expect(taken).toMatchObject({ prompt: 'digest-1', cases: [{ headline: draft.headline, stoodIn: false }] });
  const refused = await digest.record(model.access(), quiet, new Date('2026-11-20'));
  const report = await digest.replay(refused, () => true);
  expect(report.metrics.find(({ id }) => id === 'own')!.score).toBe(0);
});
