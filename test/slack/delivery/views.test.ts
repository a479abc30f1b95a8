import type { ImageBlock, KnownBlock } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { digestShape } from '../../../src/agent/tasks/digest/digest.ts';
import type { LevelledFinding } from '../../../src/agent/tasks/digest/findings.ts';
import { mending } from '../../../src/agent/tasks/digest/todo.ts';
import { writeDigest } from '../../../src/agent/tasks/digest/write.ts';
import { messagesOf } from '../../../src/slack/blocks/messages.ts';
import { alertMessage } from '../../../src/slack/views/alert.ts';
import { type DigestMessage, digestMessage } from '../../../src/slack/views/digest.ts';
import { madeFacts } from '../../agent/tasks/digest/made-facts.ts';
import { checkMessage } from '../../support/slack/block-kit/check.ts';
import { elementsOf } from '../../support/slack/press.ts';
import { hostile } from '../blocks/hostile.ts';
import { resultsOf } from '../views/made-results.ts';

const picture: ImageBlock = { type: 'image', slack_file: { id: 'F012AB3CD' }, alt_text: 'Sizes over time' };
const extras = { picture, reply: 7, refreshedAt: '2026-11-23T06:00:12.000Z' };

/** What Slack would refuse, and what in it is alive but the time of the refresh. */
function problemsOf({ text, blocks }: DigestMessage): unknown[] {
  return [
    ...messagesOf(blocks).flatMap(part => checkMessage({ text, blocks: part })),
    ...[text, ...markupIn(blocks)]
      .map(each => each.replace(/<!date\^\d+\^[^|<>]*\|[^|<>]*>/, ''))
      .filter(each => /<[@#!]|<\w+:|:\/\//.test(each)),
  ];
}

function markupIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const held = value as { type?: unknown; text?: unknown };
  if (held.type === 'mrkdwn' && typeof held.text === 'string') return [held.text];
  return Object.values(held).flatMap(markupIn);
}

const buttonsOf = (blocks: readonly KnownBlock[]) =>
  blocks
    .flatMap(block => elementsOf({ ...block }))
    .flatMap(({ type, text }) => (type === 'button' ? [(text as { text: string }).text] : []));

describe('the digest as a message', () => {
  test('is taken by Slack, and calls nobody, whatever it holds', () => {
    fc.assert(
      fc.property(resultsOf(digestShape), digest => {
        expect(problemsOf(digestMessage(digestShape.parse(digest), extras))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('says the headline first, what to do above the figures, and what is only to be known folded away', () => {
    const { text, blocks } = digestMessage(digestShape.parse(writeDigest(madeFacts())), extras);
    expect(blocks.map(({ type }) => type)).toEqual([
      'header',
      'section',
      'rich_text',
      'data_table',
      'image',
      'rich_text',
      'container',
      'actions',
      'context',
      'context_actions',
    ]);
    expect(text).toMatch(/^Customer segments, 25 Oct to 1 Nov 2026: /);
    expect(messagesOf(blocks)).toHaveLength(1);
  });

  test('has a button only for what there is to show', () => {
    const digest = digestShape.parse(writeDigest(madeFacts()));
    expect(buttonsOf(digestMessage(digest, extras).blocks)).toEqual(['Show the moves', 'Ask a question']);
    const more = {
      ...digest,
      moreFindings: 2,
      proposals: [{ id: 'p-1', kind: 'weights', summary: 'Weigh money more.', since: '2026-11-01' }],
      moreProposals: 1,
    };
    expect(buttonsOf(digestMessage(more, extras).blocks)).toEqual([
      'Show the moves',
      'Show drift (2)',
      'Open proposals (2)',
      'Ask a question',
    ]);
    const found = digestMessage(
      { ...digest, since: null, flows: null },
      { ...extras, picture: null, reply: null },
    );
    expect(buttonsOf(found.blocks)).toEqual(['Ask a question']);
    expect(found.blocks.map(({ type }) => type)).not.toContain('image');
    expect(found.blocks.map(({ type }) => type)).not.toContain('context_actions');
  });
});

test('a digest and an alert of data that is missing send nobody to a terminal', () => {
  const broken: LevelledFinding = {
    level: 'alert',
    kind: 'feed-stopped',
    about: 'shop/orders',
    sentence: 'Orders of the shop stopped arriving.',
    since: '2026-11-01',
    sure: 'clearly',
    explainedBy: null,
  };
  const facts = madeFacts();
  const aged = { ...facts, drift: { ...facts.drift, recluster: ['The segments are old.'] } };
  const digest = digestShape.parse(writeDigest(aged));
  const all = {
    ...digest,
    todo: [...mending(facts, [broken]), ...digest.todo],
    notes: writeDigest({
      ...facts,
      overview: { ...facts.overview, span: { first: '2025-01-01', last: '2026-11-05' } },
    }).notes,
    proposals: [{ id: 'p-1', kind: 'weights', summary: 'Weigh money more.', since: '2026-11-01' }],
    moreProposals: 1,
  };
  const told = JSON.stringify([
    digestMessage(all, extras),
    alertMessage(broken, { ...extras, asOf: '2026-11-01' }),
  ]);
  expect(told).not.toContain('kindred ');
  for (const asked of [
    'take the newer ones in',
    'redo the figures',
    'find the segments anew',
    'the button below lists them',
  ])
    expect(told).toContain(asked);
});

test('an alert is taken by Slack, and calls nobody, whatever it is about', () => {
  const findings = fc.record<LevelledFinding>({
    level: fc.constant('alert'),
    kind: fc.constantFrom('feed-stopped', 'size', 'new-category', 'something new'),
    about: hostile,
    sentence: hostile,
    since: fc.constantFrom('2026-11-01', '2026-10-01'),
    sure: fc.constant('clearly'),
    explainedBy: fc.constant(null),
  });
  fc.assert(
    fc.property(findings, finding => {
      expect(problemsOf(alertMessage(finding, { ...extras, asOf: '2026-11-01' }))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
