import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Digest, digestShape } from '../../../../src/agent/tasks/digest/digest.ts';
import type { DigestFacts } from '../../../../src/agent/tasks/digest/facts.ts';
import { firstClause } from '../../../../src/agent/tasks/digest/first-clause.ts';
import { sectionsOf, todoSection } from '../../../../src/agent/tasks/digest/sections.ts';
import { writeDigest } from '../../../../src/agent/tasks/digest/write.ts';
import { digestView } from '../../../../src/cli/views/digest.ts';
import { digestMarkdown } from '../../../../src/markdown/digest.ts';
import { unsupportedNumbers } from '../../../../src/segmentation/written-numbers.ts';
import { few } from '../../../../src/tools/results/values.ts';
import { anyFacts, brokenFeed, madeFacts, madeFinding, numbersOf, withFindings } from './made-facts.ts';

const textsOf = (digest: Digest) => [
  digest.headline,
  ...[todoSection(digest), ...sectionsOf(digest)].flatMap(({ title, items }) => [
    title,
    ...items.flatMap(({ about, text, why }) => [about ?? '', text, why ?? '']),
  ]),
];

const titles = (facts: DigestFacts) => sectionsOf(writeDigest(facts)).map(({ title }) => title);

describe('a quiet week', () => {
  const digest = writeDigest(madeFacts());

  test('says so in one sentence, with who came and went', () => {
    expect(digest).toMatchObject({ state: 'quiet', since: '2026-10-25', asOf: '2026-11-01' });
    expect(digest.headline).toBe(
      'Since 2026-10-25 nothing changed beyond what chance and the time of year explain; fewer than 10 customers each joined, lapsed and came back.',
    );
  });

  test('still says what is worth doing: where most is at risk', () => {
    expect(digest.todo).toEqual([
      {
        action: 'Win them back.',
        why: '£90k is at risk among 812 customers; the chance that one orders nothing in the next 90 days is 44 %.',
        segment: { key: 'lapsed', name: 'Lapsed but recoverable' },
      },
      expect.objectContaining({ segment: { key: 'bargains', name: 'Bargain seekers' } }),
      expect.objectContaining({ segment: { key: 'regulars', name: 'Loyal regulars' } }),
    ]);
  });
});

test('segments that were only just found are told as such, with nothing to compare', () => {
  const facts = madeFacts({ moves: null });
  const digest = writeDigest({ ...facts, drift: { ...facts.drift, compared: false } });
  expect(digest).toMatchObject({ state: 'found', since: null, flows: null, moves: [] });
  expect(
    digest.segments.every(({ trend, grew, shrank }) => [trend, grew, shrank].every(value => value === null)),
  ).toBe(true);
  expect(digest.headline).toBe(
    '3 segments were found among 2,436 customers: most revenue comes from Loyal regulars (60 %) and most is at risk among Lapsed but recoverable (£90k).',
  );
});

describe('data that stopped arriving', () => {
  const others = { Alerts: [madeFinding(), brokenFeed()], 'To watch': [madeFinding({ kind: 'size' })] };

  test('leads, and is mended first', () => {
    const digest = writeDigest(withFindings(others));
    expect(digest.state).toBe('feed');
    expect(digest.headline).toBe(
      'Orders from “my. shop: 2” stopped arriving: mend this first, as the figures below may rest on it.',
    );
    expect(digest.todo.map(({ action }) => action)).toEqual([
      expect.stringMatching(/^Look at the last export.*`kindred refresh --again`\.$/),
      'Until then, send nothing that rests on who moved, lapsed or went quiet this week.',
      expect.stringMatching(/at risk there/),
    ]);
    expect(digest.todo[1]!.why).toContain('fewer than 10 customers lapsed since 2026-10-25');
  });

  test.each(['all feeds', 'shop', 'shop/order_lines+tickets'])(
    'of %s holds back what rests on orders',
    about => {
      const { todo } = writeDigest(withFindings({ Alerts: [brokenFeed(about)] }));
      expect(todo.some(({ action }) => action.startsWith('Until then'))).toBe(true);
      expect(todo.some(({ action }) => action === 'Win them back.')).toBe(false);
    },
  );

  test.each(['klaviyo/e-mail events', 'shop/events/Order Completed', 'desk/tickets'])(
    'of %s leaves the segments where most is at risk to be written to',
    about => {
      const { todo } = writeDigest(withFindings({ Alerts: [brokenFeed(about)] }));
      expect(todo[0]!.action).toMatch(/^Look at the last export/);
      expect(todo[1]!.action).toBe('Win them back.');
    },
  );

  test('that the calendar explains is no alarm', () => {
    const explained = { ...brokenFeed(), explainedBy: 'the time of year' };
    const facts = withFindings({ 'Explained, so no alarm': [explained] });
    expect(writeDigest(facts)).toMatchObject({
      state: 'quiet',
      headline: expect.stringContaining('all that changed is explained by the time of year;'),
    });
    expect(titles(facts)).toContain('Explained by the time of year, so no alarm');
  });
});

test('what explains a finding is told apart: calendar, feed and ageing', () => {
  const by = (explainedBy: string) => madeFinding({ explainedBy, sentence: `Explained by ${explainedBy}.` });
  const reasons = ['the time of year', 'data that stopped arriving', 'customers growing older'];
  expect(titles(withFindings({ 'Explained, so no alarm': reasons.map(by) }))).toEqual(
    expect.arrayContaining(reasons.map(reason => `Explained by ${reason}, so no alarm`)),
  );
});

test('an alert leads, is acted on with its figures, and is told once', () => {
  const facts = withFindings({
    Alerts: [
      madeFinding({ since: '2026-10-18' }),
      madeFinding({ kind: 'price', about: 'rise', sentence: 'Prices rose: 30 %.' }),
    ],
  });
  const digest = writeDigest(facts);
  expect(digest.headline).toBe('Loyal regulars place fewer orders (one of 2 alerts).');
  expect(digest.todo[0]).toMatchObject({
    why: 'Alert: Loyal regulars place fewer orders: 0.67 orders per customer, where 1.5 were to be expected (since 2026-10-18).',
    segment: { key: 'regulars' },
  });
  const written = textsOf(digest).filter(text => text.includes('0.67'));
  expect(written.length).toBe(1);
});

test('those who moved are written to by what their new segment calls for', () => {
  const facts = madeFacts();
  const sentence =
    '64 loyal regulars became bargain seekers, £12k of yearly revenue, because they used more discounts.';
  const { todo } = writeDigest({
    ...facts,
    moves: {
      ...facts.moves!,
      sentences: [sentence],
      sentenceKeys: [{ toKey: 'bargains' }],
    },
  });
  expect(todo[0]).toEqual({
    action: 'Show the sale first.',
    why: sentence,
    segment: { key: 'bargains', name: 'Bargain seekers' },
  });
});

test('segments that should be found anew are a thing to do, with the reason', () => {
  const facts = madeFacts();
  const finding = madeFinding({ kind: 'converging', about: 'a + b' });
  const due = withFindings(
    { Alerts: [finding] },
    {
      ...facts,
      drift: { ...facts.drift, recluster: [finding.sentence, 'The segments are 98 days old.'] },
    },
  );
  const { todo } = writeDigest(due);
  expect(todo[0]!.action).toMatch(/`kindred recluster` finds the segments anew/);
  expect(todo[1]!.why).toBe('The segments are 98 days old.');
});

test('orders that came since are a thing to bear in mind', () => {
  const facts = madeFacts();
  const newer = {
    ...facts,
    overview: { ...facts.overview, span: { first: '2025-01-01', last: '2026-11-01' } },
  };
  expect(writeDigest(facts).notes).toEqual([]);
  expect(writeDigest(newer).notes[0]).toMatch(/^Orders are in until 2026-11-01/);
});

test('the first clause ends before the figures, and in no name', () => {
  expect(firstClause('Buyers: gifts shrank: by 3 %.', ['Buyers: gifts'])).toBe('Buyers: gifts shrank');
  expect(firstClause('“a: b” is a new category: 3 %.')).toBe('“a: b” is a new category');
  expect(firstClause('They shrank by 3 %.')).toBe('They shrank by 3 %');
});

describe('whatever the facts', () => {
  test('every number of the text is among them', () => {
    fc.assert(
      fc.property(anyFacts, facts => {
        const known = numbersOf(facts);
        for (const text of textsOf(writeDigest(facts)))
          expect(unsupportedNumbers(text, known).map(({ text: number }) => `${number} in: ${text}`)).toEqual(
            [],
          );
      }),
    );
  });

  test('they make a digest of its shape, the same each time, with two to five things to do', () => {
    fc.assert(
      fc.property(anyFacts, facts => {
        const digest = digestShape.parse(writeDigest(facts));
        expect(writeDigest(structuredClone(facts))).toEqual(digest);
        const { todo } = digest;
        expect(todo.length).toBeLessThanOrEqual(5);
        expect(todo.length).toBeGreaterThanOrEqual(Math.min(2, Object.keys(facts.actions).length));
        for (const { why, segment } of todo) {
          expect(why).not.toBe('');
          if (segment) expect(facts.list.segments.map(({ name }) => name)).toContain(segment.name);
        }
      }),
    );
  });

  test('an unexplained feed leads', () => {
    fc.assert(
      fc.property(anyFacts, facts => {
        const digest = writeDigest(facts);
        const broken = digest.findings.some(
          ({ level, kind }) => level === 'alert' && kind === 'feed-stopped',
        );
        fc.pre(broken && facts.drift.compared);
        expect(digest.state).toBe('feed');
        expect(digest.todo[0]!.action).toMatch(/^Look at the last export/);
      }),
    );
  });

  test('the pages hold together: no line is too wide, and all rows of the table have as many cells', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(80, 120), (facts, width) => {
        const digest = writeDigest(facts);
        for (const line of digestView(digest, width).split('\n'))
          expect(line.length).toBeLessThanOrEqual(width);
        const rows = digestMarkdown(digest)
          .split('\n')
          .filter(line => line.startsWith('|'));
        expect(new Set(rows.map(row => row.replaceAll('\\|', '').split('|').length)).size).toBe(1);
      }),
    );
  });
});

test('a change of a few customers is never counted', () => {
  const facts = madeFacts();
  const digest = writeDigest({
    ...facts,
    moves: { ...facts.moves!, segments: [{ key: 'regulars', grew: few, shrank: null }] },
  });
  expect(digestView(digest, 80)).toContain('+<10');
  expect(digestMarkdown(digest)).toContain('| up by fewer than 10 |');
});
