import { describe, expect, test } from 'vitest';
import { faults } from '../../evals/answers/faults/faults.ts';
import { answerFailures, answerMetricIds } from '../../evals/answers/metrics/metrics.ts';
import { type WrittenAnswer, writtenAnswer } from '../../evals/answers/question.ts';
import { readRecordings } from '../../evals/recorded.ts';

const byHand = (await readRecordings('answers')).find(({ author }) => author === 'by hand')!;
const good: WrittenAnswer[] = byHand.cases.map(one => writtenAnswer.parse(one));

describe('metrics of answers', () => {
  test.each(good.map(answer => [answer.id, answer] as const))('pass the good answer to %s', (_, answer) => {
    expect(answerMetricIds.flatMap(id => answerFailures(id, answer))).toEqual([]);
  });

  test.each(faults.map(fault => [fault.id, fault] as const))('see "%s"', (_, { metric, spoil }) => {
    const spoilt = good.flatMap(answer => {
      const change = spoil(answer);
      return change ? [{ id: answer.id, told: answerFailures(metric, { ...answer, ...change }) }] : [];
    });
    expect(spoilt.length).toBeGreaterThan(0);
    expect(spoilt.filter(({ told }) => told.length === 0)).toEqual([]);
  });

  test('are each proved by a fault of their own', () => {
    expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length);
    const proved = new Set(faults.map(({ metric }) => metric));
    expect(answerMetricIds.filter(id => !proved.has(id))).toEqual([]);
  });
});
