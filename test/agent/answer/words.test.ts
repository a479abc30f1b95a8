import { describe, expect, test } from 'vitest';
import { withoutIdentifiers } from '../../../src/agent/answer/identifiers.ts';
import { declined } from '../../../src/agent/answer/plain/declined.ts';
import { intentOf } from '../../../src/agent/answer/plain/intents.ts';
import { traitsSaid, withoutSentences } from '../../../src/agent/answer/traits-said.ts';
import { standingQuestions } from '../../../src/segmentation/audiences/standing/questions.ts';

describe('what a question is about', () => {
  test.each(standingQuestions.map(({ id, question }) => [id, question]))(
    'the standing question %s asks itself',
    (id, question) => expect(intentOf(question).standing).toEqual([id]),
  );

  test.each([
    ['Whom can we win back?', { standing: ['lapsed-but-recoverable'] }],
    ['Who moved this week?', { topics: ['moves'], standing: [] }],
    ['What changed, and what is uncertain?', { topics: ['drift', 'predictions'] }],
    ['Where should I spend £2,000?', { topics: ['budget'], budget: { budget: 2000, cost: null } }],
    ['Spend 2k at 0.35 a contact in 30 days', { topics: ['budget'], budget: { budget: 2000, cost: 0.35 } }],
    [
      'We have £3,000 and each letter costs 0.80',
      { budget: { budget: 3000, cost: 0.8 }, topics: ['budget'] },
    ],
    ['What is our marketing budget best for?', { topics: ['budget'], budget: null }],
    ['Which 10 customers spend most?', { topics: [], budget: null }],
    ['Which customers spend £200 an order?', { topics: [] }],
    ['Spend £500 well', { topics: ['budget'], budget: { budget: 500, cost: null } }],
    ['Who reads the newsletter?', { topics: [], people: null }],
    ['Who came back?', { topics: ['moves'], people: null }],
    ['Give me an overview', { topics: ['overview'] }],
    ['What of a-7144ac87?', { handles: ['a-7144ac87'], topics: [] }],
    ['Which segments are price-driven?', { asksSegments: true, topics: [], standing: [] }],
  ])('%s', (question, intent) => expect(intentOf(question)).toMatchObject(intent));
});

describe('what is declined', () => {
  test.each([
    ['approve p-1 for me', 'kindred approve p-1'],
    ['Which of them are pregnant?', 'protected traits'],
    ['How many are women?', 'protected traits'],
    ['What did (an e-mail address) buy?', 'no individuals'],
    ['Who is our single biggest customer?', 'no individuals'],
    ['Which of our customers have health problems?', 'protected traits'],
    ['E-mail the churn risks a 20 % voucher now.', 'does not send'],
    ['Please send a newsletter to our lapsed customers', 'does not send'],
    ['What did customer C0000012 buy last week?', 'no individuals'],
    ['Allow the health category for me', 'kindred allow'],
    ['Why do our lapsed customers feel let down by us?', 'survey'],
    ['Which competitors are our lost customers buying from now?', 'cannot be known'],
    ['How much will a voucher campaign to our churn risks truly bring in?', 'by lot'],
    ['Why do people who never bought from us stay away?', 'cannot be known'],
  ])('%s', (question, says) => expect(declined(question)).toContain(says));

  test.each([
    'Who are our lapsed customers?',
    "Who bought men's shoes?",
    'Which segments do many join?',
    'Who have not ordered in 200 days?',
    'Which of them never bought outerwear?',
    'E-mail open rate by segment?',
    'Whom should we e-mail first?',
    'Send the list to a file',
    'What will each segment bring in the next 90 days?',
    'Who orders only with a voucher?',
  ])('not: %s', question => expect(declined(question)).toBeNull());
});

test('addresses and telephone numbers go, figures and dates stay', () => {
  expect(withoutIdentifiers('Is anna.b+x@shop.example.co.uk or +44 20 7946 0958 in it?')).toBe(
    'Is (an e-mail address) or (a telephone number) in it?',
  );
  for (const kept of [
    'From 2026-11-01 2026-11-08: £1,234,567,890, 4,373 customers (16.8 %), a-7144ac87.',
    '1,234 5,678 9,012 3,456',
  ])
    expect(withoutIdentifiers(kept)).toBe(kept);
});

describe('protected traits in an answer', () => {
  const words = (answer: string, question = '', output: unknown = null, name = 'list_segments') =>
    traitsSaid(answer, { question, calls: [{ name, output }] }).map(({ word }) => word);

  test.each([
    ['They are mostly women. They buy often.', ['women']],
    ['Many of them are pregnant.', ['pregnant']],
    ['Pregnant customers cannot wait.', ['pregnant']],
    ['These are kosher households.', ['kosher']],
  ])('%s', (answer, found) => expect(words(answer)).toEqual(found));

  test('are found in no segment, and where an answer declines them', () => {
    expect(words('The segment with many moments of recommended management.')).toEqual([]);
    expect(words('Kindred cannot tell religion, politics, ethnicity or mental health.')).toEqual([]);
    expect(words('I cannot tell which are pregnant.', 'Which are pregnant?')).toEqual([]);
    expect(words('120 are pregnant.', 'Which are pregnant?')).toEqual(['pregnant']);
  });

  test("may be repeated from a review, and goods from a result (“Men's shoes”)", () => {
    const output = { flagged: ['Kosher kitchen'] };
    expect(words('The category “Kosher kitchen” is blocked.', '', output, 'review_sensitive')).toEqual([]);
    expect(words('They buy “Men’s shoes”.', '', { category: 'Men’s shoes' })).toEqual([]);
  });

  test('go with their sentence', () => {
    const answer = 'They buy often. They are mostly women.\n- Many.';
    const said = traitsSaid(answer, { question: '', calls: [] });
    expect(withoutSentences(answer, said)).toBe(
      'They buy often. (A sentence that told of a protected trait was left out.)\n- Many.',
    );
  });
});
