import type { KnownBlock } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ToolCall } from '../../../src/agent/loop/loop.ts';
import { standingQuestions } from '../../../src/segmentation/audiences/standing/questions.ts';
import { messagesOf } from '../../../src/slack/blocks/messages.ts';
import { answerExtras, extraBlocks } from '../../../src/slack/views/answer-extras.ts';
import { audienceBlocks } from '../../../src/slack/views/audience.ts';
import { driftBlocks, movesBlocks } from '../../../src/slack/views/changes.ts';
import { helpBlocks, noSuchSegment, showToEveryone, whichSegment } from '../../../src/slack/views/command.ts';
import { evidenceBlocks } from '../../../src/slack/views/evidence.ts';
import { exportEnd, exportNote, exportQuestion } from '../../../src/slack/views/export-window.ts';
import { feedbackWindow } from '../../../src/slack/views/feedback-window.ts';
import { personaCard } from '../../../src/slack/views/persona-card.ts';
import { refusalBlocks } from '../../../src/slack/views/refusal.ts';
import { segmentListBlocks } from '../../../src/slack/views/segment-table.ts';
import { waitingView, windowView } from '../../../src/slack/views/window.ts';
import { tools } from '../../../src/tools/registry.ts';
import { findTool } from '../../../src/tools/run-tool.ts';
import { checkMessage, checkView } from '../../support/slack/block-kit/check.ts';
import { hostile } from '../blocks/hostile.ts';
import { resultsOf } from './made-results.ts';

const runs = { numRuns: 25 };

/** What messages of these blocks would be refused for, and what in them is alive. */
function problemsOf(blocks: readonly KnownBlock[]): unknown[] {
  return [...messagesOf(blocks).flatMap(part => checkMessage({ text: 'x', blocks: part })), ...alive(blocks)];
}

/** Texts of mrkdwn in which something lives: but for a few of ours, none may. */
function alive(blocks: readonly object[]): string[] {
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) walk(each);
    if (typeof value !== 'object' || value === null) return;
    const { type, text } = value as { type?: unknown; text?: unknown };
    if (type === 'mrkdwn' && typeof text === 'string' && /<[@#!]|<\w+:|:\/\//.test(text)) found.push(text);
    for (const each of Object.values(value)) walk(each);
  };
  walk(blocks);
  return found;
}

const callsOf = (name: string) =>
  resultsOf(findTool(name).output).map(
    (output): ToolCall => ({
      name,
      input: {},
      output: output as Record<string, unknown>,
      error: null,
    }),
  );

const anyCall = fc.oneof(...tools.map(({ name }) => callsOf(name)));
const sources = fc.array(
  fc.record({ tool: fc.constant('x'), what: hostile, asOf: fc.constantFrom(null, '2026-11-01') }),
  {
    maxLength: 9,
  },
);

describe('whatever tools tell', () => {
  it('is shown under an answer within what Slack takes, and nothing of it lives', () => {
    fc.assert(
      fc.property(
        fc.array(anyCall, { maxLength: 6 }),
        sources,
        hostile,
        fc.constantFrom('viewer' as const, 'analyst' as const),
        fc.constantFrom(null, 7),
        (calls, told, question, role, reply) => {
          const answer = { calls, sources: told, reply, author: 'model' as const };
          const extras = answerExtras(answer, { question, role });
          const blocks = extraBlocks(extras, null);
          expect(problemsOf(blocks)).toEqual([]);
          expect(blocks.length).toBeLessThanOrEqual(20);
          expect(blocks.filter(({ type }) => type === 'data_table').length).toBeLessThanOrEqual(1);
          expect(answerExtras(answer, { question, role })).toEqual(extras);
          if (role === 'viewer') expect(JSON.stringify(blocks)).not.toContain('audience_export');
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each([
    ['list_segments', segmentListBlocks],
    ['show_segment', personaCard],
    ['show_moves', movesBlocks],
    ['show_drift', driftBlocks],
    ['build_audience', (output: never) => audienceBlocks(output, 'approver')],
    ['explain_audience', (output: never) => audienceBlocks(output, 'viewer')],
  ] as const)('%s is shown within what Slack takes, and nothing of it lives', (name, view) => {
    fc.assert(
      fc.property(resultsOf(findTool(name).output), output => {
        expect(problemsOf((view as (output: unknown) => KnownBlock[])(output))).toEqual([]);
      }),
      runs,
    );
  });

  it('is told as evidence in a window that Slack takes', () => {
    fc.assert(
      fc.property(
        fc.array(anyCall, { maxLength: 5 }),
        sources,
        hostile,
        fc.dictionary(fc.string({ maxLength: 12 }), fc.oneof(hostile, fc.integer(), fc.array(hostile))),
        (calls, told, question, input) => {
          const blocks = evidenceBlocks({
            question,
            calls: calls.map(call => ({ ...call, input })),
            sources: told,
            author: 'deterministic',
            withheld: 1,
          });
          expect(checkView(windowView({ title: 'The evidence', blocks }))).toEqual([]);
          expect(alive(blocks)).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('what people and data are called', () => {
  it('never breaks a window or an offer', () => {
    fc.assert(
      fc.property(hostile, hostile, fc.nat(5_000_000), (name, words, number) => {
        const metadata = JSON.stringify({ handle: 'a-01012e12' });
        const segments = Array.from({ length: 12 }, (_, i) => ({ key: `key-${i}`, name: `${name}${i}` }));
        const rows = { name, rows: number, withoutEmail: number, saidNo: 1 };
        for (const window of [
          exportQuestion({ name, asOf: '2026-11-01', customers: number }, metadata),
          feedbackWindow(number),
        ])
          expect(checkView(windowView(window))).toEqual([]);
        for (const blocks of [
          whichSegment(words, segments),
          noSuchSegment(words, segments.slice(0, 2), segments),
          noSuchSegment(words, [], segments),
          exportEnd({ kind: 'sent', ...rows }),
          exportEnd({ kind: 'too-large', ...rows, handle: 'a-01012e12' }),
          refusalBlocks(words),
          [showToEveryone(`find ${words}`)],
        ])
          expect(problemsOf(blocks)).toEqual([]);
        expect(exportNote(rows)).not.toMatch(/<[@#!]/);
      }),
      runs,
    );
  });

  it('leaves what is fixed within what Slack takes', () => {
    expect(problemsOf(helpBlocks(standingQuestions.map(({ question }) => question)))).toEqual([]);
    expect(checkView(waitingView('The evidence'))).toEqual([]);
  });
});
