import { expect, test } from 'vitest';
import type { NamesReview } from '../../../src/agent/tasks/sensitive/review-names.ts';
import { reviewView } from '../../../src/cli/views/governance.ts';
import type { SensitiveReview } from '../../../src/segmentation/governance/sensitive-review.ts';

const screened = {
  category: 2,
  product: 0,
  coupon: 0,
  campaign: 1,
  'ticket kind': 0,
  channel: 0,
  'event type': 0,
};
const review: SensitiveReview = {
  asOf: '2026-11-01',
  features: [],
  plainFeatures: 56,
  names: Array.from({ length: 45 }, (_, i) => ({
    kind: 'category',
    name: `Name ${i}`,
    ground: 'health',
    foundBy: 'lexicon',
    customers: i === 0 ? null : 10 + i,
  })),
  screened,
  blockedTerms: [],
};
const read: NamesReview = { model: 'm', read: 1200, unread: 0, blocked: [], doubtful: [], troubles: [] };
const flag = { kind: 'category', ground: 'proxy', why: 'Tells of debt.', confidence: 'low' } as const;

test('tells what was looked through, and of a long list the beginning', () => {
  const text = reviewView(review, null, 100);
  expect(text).toContain('Looked through 2 categories and 1 campaign of before 2026-11-01: 45 are kept out');
  expect(text).toMatch(/Name 0 +category +health +the lexicon +<10/);
  expect(text).toContain('Name 39 ');
  expect(text).not.toContain('Name 40');
  expect(text).toContain('and 5 more, which --json lists');
  expect(text).toContain('none of 56 is sensitive or blocked');
});

test('does not say of a channel that it is kept out, as the lexicon is not asked there', () => {
  const name = { name: 'Pharmacy app', ground: 'health', foundBy: 'lexicon', customers: 12 } as const;
  const text = reviewView({ ...review, names: [{ ...name, kind: 'channel' }] }, null, 110);
  expect(text).toContain('none is kept out');
  expect(text).toMatch(/Pharmacy app +channel +health +the lexicon: not kept out +12/);
});

test('tells what a model flagged, what it flagged too much of, and what it did not come to', () => {
  expect(reviewView(review, read, 100)).toContain(
    'm read 1,200 names that nobody had judged yet and flagged none',
  );
  const text = reviewView(
    review,
    {
      ...read,
      unread: 3,
      blocked: [{ ...flag, terms: ['Pawn', 'PAWN'] }],
      doubtful: [{ ...flag, terms: ['Tea'] }],
      troubles: ['It broke off.'],
    },
    100,
  );
  expect(text).toContain(
    'flagged 1, which is blocked from now on.\n  category "Pawn", "PAWN": proxy, confidence low. Tells of debt.\n',
  );
  expect(text.replaceAll(/\s+/g, ' ')).toContain('nothing of that was blocked. Please look at them: Tea.');
  expect(text).toContain('It did not come to 3 names.');
  expect(text).toContain('It broke off.');
});

test('a shop without rows has nothing to look through', () => {
  const none = { ...review, asOf: null, names: [] };
  expect(reviewView(none, null, 100)).toContain('There are no names to look through');
});

test('words from data do not steer the terminal', () => {
  const term = 'Tea\u001b[2J\u202e\nand more';
  const at = '2026-11-01T00:00:00.000Z';
  const names = [{ ...review.names[0]!, name: term }];
  const blockedTerms = [
    { term, ground: 'proxy', reason: term, blockedBy: term, at, inModel: false } as const,
  ];
  const flags = [{ ...flag, terms: [term] }];
  const text = reviewView(
    { ...review, names, blockedTerms },
    { ...read, blocked: flags, doubtful: flags },
    200,
  );
  expect(text).toContain('Tea [2J and more');
  expect(text).not.toMatch(/(?!\n)\p{C}/u);
});
