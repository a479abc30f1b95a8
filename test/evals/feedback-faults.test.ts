import { describe, expect, test } from 'vitest';
import { writtenAnswer } from '../../evals/answers/question.ts';
import type { AskedAgain } from '../../evals/feedback/asked-again.ts';
import { faults } from '../../evals/feedback/faults.ts';
import { feedbackFailures, feedbackMetricIds, feedbackMetrics } from '../../evals/feedback/metrics.ts';
import { readRecordings } from '../../evals/recorded.ts';
import { segmentsNamed } from '../../src/agent/answer/feedback-case.ts';

const byHand = (await readRecordings('answers')).find(({ author }) => author === 'by hand')!;
const written = byHand.cases
  .map(one => writtenAnswer.parse(one))
  .filter(({ expected }) => expected.does === 'answer');

/** An answer of somebody's hand, after a person judged it, or judged another one before it. */
const good: AskedAgain[] = written.flatMap(({ id, question, today, text, calls, expected }, i) => {
  const names = expected.segments;
  const judged = {
    id,
    question,
    before: [],
    verdict: 'good' as const,
    comments: [],
    text,
    author: 'model' as const,
    days: [today],
    tools: [...new Set(calls.map(({ name }) => name))],
    model: 'f',
    segments: segmentsNamed(text, names),
  };
  const again = {
    id,
    judged,
    author: 'model' as const,
    answered: true,
    comparable: true,
    today,
    text,
    earlier: [],
    calls,
    names,
  };
  // The answer to another question is a bad one to this.
  const other = written[(i + 1) % written.length]!.text;
  const bad = { ...judged, verdict: 'bad' as const, comments: ['Not what I asked'], text: other };
  return [again, { ...again, judged: { ...bad, segments: segmentsNamed(other, names) } }];
});

describe('metrics of feedback', () => {
  test.each(good.map(asked => [asked.judged.verdict, asked.id, asked] as const))(
    'pass the good answer to what was judged %s: %s',
    (_, __, asked) => {
      expect(feedbackMetricIds.flatMap(id => feedbackFailures(id, asked))).toEqual([]);
    },
  );

  test.each(faults.map(fault => [fault.id, fault] as const))('see "%s"', (_, { metric, spoil }) => {
    const spoilt = good.flatMap(asked => {
      const change = spoil(asked);
      return change ? [{ id: asked.id, told: feedbackFailures(metric, { ...asked, ...change }) }] : [];
    });
    expect(spoilt.length).toBeGreaterThan(0);
    expect(spoilt.filter(({ told }) => told.length === 0)).toEqual([]);
  });

  test('are each proved by a fault of their own', () => {
    expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length);
    const proved = new Set(faults.map(({ metric }) => metric));
    expect(feedbackMetricIds.filter(id => !proved.has(id))).toEqual([]);
  });

  test('take a bad answer for mended where one figure or one segment of it is another, on the same data only', () => {
    const asked = good.find(({ judged }) => judged.verdict === 'bad' && judged.segments.length > 0)!;
    const { text, segments } = asked.judged;
    const figure = text.replace(/\d+/, found => String(Number(found) + 1));
    const other = asked.names.find(name => !segments.includes(name)) ?? 'Nobody';
    for (const mended of [figure, text.replace(segments[0]!, other)]) {
      expect(mended).not.toBe(text);
      expect(feedbackFailures('again', { ...asked, text: mended })).toEqual([]);
      expect(feedbackFailures('again', { ...asked, text: mended, comparable: false })).toHaveLength(1);
    }
    expect(feedbackFailures('again', { ...asked, text })[0]).toContain('Not what I asked');
  });

  test('know what was looked up for the questions before', () => {
    const asked = good.find(({ calls, judged }) => calls.length > 0 && judged.verdict === 'bad')!;
    const alone = { ...asked, calls: [] };
    expect(feedbackFailures('supported', alone)).not.toEqual([]);
    expect(feedbackFailures('supported', { ...alone, earlier: asked.calls })).toEqual([]);
  });

  test('are content with one of the tools where another than the one judged answers', () => {
    const liked = good.find(({ judged }) => judged.verdict === 'good' && judged.tools.length > 0)!;
    const judged = { ...liked.judged, tools: [...liked.judged.tools, 'find_segments'] };
    expect(feedbackFailures('tools', { ...liked, judged })).toEqual(['find_segments was not called.']);
    const plain = { ...judged, author: 'deterministic' as const };
    expect(feedbackFailures('tools', { ...liked, judged: plain })).toEqual([]);
    expect(feedbackFailures('tools', { ...liked, judged: plain, calls: [] })).not.toEqual([]);
  });

  test('ask of an answer on other data no segments of then, and of a bad one no tools', () => {
    const looked = (asked: AskedAgain) => feedbackMetrics([asked]).filter(({ looked }) => looked > 0);
    const ids = (asked: AskedAgain) => looked(asked).map(({ id }) => id);
    const [liked] = good.filter(({ judged }) => judged.verdict === 'good' && judged.segments.length > 0);
    expect(ids(liked!)).toEqual(feedbackMetricIds.filter(id => id !== 'again'));
    expect(ids({ ...liked!, comparable: false })).not.toContain('segments');
    const disliked = good.find(({ judged }) => judged.verdict === 'bad')!;
    expect(ids(disliked)).toEqual(feedbackMetricIds.filter(id => id !== 'tools' && id !== 'segments'));
  });
});
