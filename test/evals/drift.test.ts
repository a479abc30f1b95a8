import { describe, expect, test } from 'vitest';
import { driftCases, writtenDrift } from '../../evals/drift/cases.ts';
import { drift } from '../../evals/drift/drift.ts';
import { faults } from '../../evals/drift/faults.ts';
import { driftFailures, driftMetricIds } from '../../evals/drift/metrics.ts';
import { readRecordings } from '../../evals/recorded.ts';
import { startScriptedModel, text } from '../support/scripted-model.ts';

const byHand = (await readRecordings('drift')).find(({ author }) => author === 'by hand')!;
const good = byHand.cases.map(one => writtenDrift.parse(one));

describe('metrics of drift', () => {
  test('pass what was explained well', () => {
    expect(good.flatMap(one => driftMetricIds.flatMap(id => driftFailures(id, one)))).toEqual([]);
  });

  test.each(faults.map(fault => [fault.id, fault] as const))('see "%s"', (_, { metric, spoil }) => {
    const spoilt = good.flatMap(one => {
      const change = spoil(one);
      return change ? [{ id: one.id, told: driftFailures(metric, { ...one, ...change }) }] : [];
    });
    expect(spoilt.length).toBeGreaterThan(0);
    expect(spoilt.filter(({ told }) => told.length === 0)).toEqual([]);
  });

  test('are each proved by a fault', () => {
    const proved = new Set(faults.map(({ metric }) => metric));
    expect(driftMetricIds.filter(id => !proved.has(id))).toEqual([]);
  });
});

test('the text that needs no model falls short of nothing', async () => {
  const report = await drift.baseline(() => true);
  expect(report.cases).toEqual(driftCases.map(({ id }) => id));
  expect(report.metrics.flatMap(({ failures }) => failures)).toEqual([]);
});

test('a model is asked as kindred drift asks it, and a text that is refused counts as refused', async () => {
  const said = good.find(({ id }) => id === 'price-rise')!.explanation;
  await using model = await startScriptedModel([text(JSON.stringify(said))]);
  const recording = await drift.record(model.access(), id => id === 'price-rise', new Date('2026-11-20'));
  expect(recording).toMatchObject({
    model: 'scripted-model',
    cases: [{ explanation: said, stoodIn: false }],
  });
  const wrong = text(JSON.stringify({ ...said, headline: 'They bring 63.8 % less than before.' }));
  await using other = await startScriptedModel([wrong, wrong]);
  const refused = await drift.record(other.access(), id => id === 'price-rise', new Date('2026-11-20'));
  const report = await drift.replay(refused, () => true);
  expect(report.metrics.find(({ id }) => id === 'own')!.score).toBe(0);
});
