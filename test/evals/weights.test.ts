import { describe, expect, test } from 'vitest';
import { readRecordings } from '../../evals/recorded.ts';
import { writtenWeights } from '../../evals/weights/cases.ts';
import { faults } from '../../evals/weights/faults.ts';
import { weightsFailures, weightsMetricIds } from '../../evals/weights/metrics.ts';
import { weights } from '../../evals/weights/weights.ts';

const byHand = (await readRecordings('weights')).find(({ author }) => author === 'by hand')!;
const good = byHand.cases.map(one => writtenWeights.parse(one));

describe('metrics of weights', () => {
  test('pass what was chosen well', () => {
    expect(good.flatMap(one => weightsMetricIds.flatMap(id => weightsFailures(id, one)))).toEqual([]);
  });

  test.each(faults.map(fault => [fault.id, fault] as const))('see "%s"', (_, { metric, spoil }) => {
    const spoilt = good.flatMap(one => {
      const change = spoil(one);
      return change ? [{ id: one.id, told: weightsFailures(metric, { ...one, ...change }) }] : [];
    });
    expect(spoilt.length).toBeGreaterThan(0);
    expect(spoilt.filter(({ told }) => told.length === 0)).toEqual([]);
  });

  test('are each proved by a fault', () => {
    const proved = new Set(faults.map(({ metric }) => metric));
    expect(weightsMetricIds.filter(id => !proved.has(id))).toEqual([]);
  });
});

test('plain words weigh what common priorities turn on, and nothing that may not be used', async () => {
  const report = await weights.baseline(() => true);
  const score = Object.fromEntries(report.metrics.map(metric => [metric.id, metric.score]));
  for (const id of ['barred', 'unknown', 'numbers', 'traits', 'reasons', 'kept'])
    expect([id, score[id]]).toEqual([id, 1]);
  expect(score.raised).toBeGreaterThan(0.8);
  // Words alone do not see what a priority would need and may not have.
  expect(score.leftOut).toBe(0);
});
