import { describe, expect, test } from 'vitest';
import { unsupportedIn } from '../../../src/agent/answer/check-numbers.ts';
import { claimsIn } from '../../../src/agent/answer/claims.ts';
import type { Evidence, OwnedFact } from '../../../src/agent/answer/evidence.ts';
import { maskNames } from '../../../src/agent/answer/names-in-text.ts';
import type { Unit } from '../../../src/features/feature.ts';

const fact = (value: number, unit: Unit, owner: string | null = null): OwnedFact => ({
  value,
  unit,
  owner,
  people: unit === 'count' && value >= 10,
  words: { measures: new Set(), things: new Set() },
  way: 0,
});

function evidence(facts: OwnedFact[], question = '', more: Partial<Evidence> = {}): Evidence {
  return {
    facts,
    lengths: new Set(['segments 3']),
    days: new Set(['2026-11-16']),
    names: new Set(['a-7144ac87', 'p-3']),
    asked: claimsIn(maskNames(question).text),
    phrases: new Set(['12 months', '30 days']),
    owners: new Map([
      ['champions', 'champions'],
      ['at-risk', 'at-risk'],
      ['at risk', 'at-risk'],
    ]),
    ...more,
  };
}

const shop = [
  fact(4373, 'count'),
  fact(736, 'count', 'champions'),
  fact(533, 'count', 'at-risk'),
  fact(0.1683, 'share', 'champions'),
  fact(0.1219, 'share', 'at-risk'),
  fact(1_234_567.89, 'money', 'champions'),
  fact(182_345.5, 'money', 'at-risk'),
  fact(24, 'days', 'champions'),
  fact(3, 'count'),
];

const wrong = (text: string, question = '') =>
  unsupportedIn(text, evidence(shop, question)).map(found => found.text);

describe('figures that results bear out pass', () => {
  test.each([
    'Of 4,373 customers, 736 are Champions (16.8 %, or 17 %), worth £1.23 million (£1,234,568).',
    '| **At risk** | 533 customers | 12.2 % | £182k |',
    'Champions order every 24 days.',
    'As of 2026-11-16 (16 November 2026, November 16, 2026; 16 Nov.), in 2026 and Q4 2025.',
    'Their handle is a-7144ac87, and p-3 waits: `kindred approve p-3`.',
    '1. First\n2. Second, on the 1st of the month.',
    'A group of fewer than 10 customers, or fewer than ten customers, or under 10. Fewer than 10 people.',
    'Expected over the next 12 months, and within 30 days.',
    'Here are 3 segments, in two steps.',
    'GDPR article 9 forbids it.',
    'Of two customers, the one who ordered is ranked higher.',
    'Run `kindred budget --budget 777 --cost 0.5`.',
  ])('%s', text => expect(wrong(text)).toEqual([]));
});

describe('what the question said may be said again', () => {
  test.each([
    ['With £2,000 you can write to them.', 'Which segment for 2,000?'],
    ['Within 45 days, that is.', 'in the last 45 days?'],
    ['The 5 largest', 'What are the top 5?'],
  ])('%s', (text, question) => {
    expect(wrong(text, question)).toEqual([]);
    expect(wrong(text)).not.toEqual([]);
  });

  test('but not of customers', () => {
    expect(wrong('You have 500 customers.', 'What with 500 orders?')).toEqual(['500 customers']);
  });
});

describe('figures that follow from two beside them pass', () => {
  test.each([
    'Champions are 736 and At risk 533 customers, 1,269 together and 203 apart.',
    '736 of 4,373 customers are Champions: 16.83 %.',
    'Champions: 736 customers, £1.23 million in all, £1,677 each.',
    'Champions (736 customers) are 1.4 times as many as At risk (533 customers).',
    'From 533 customers At risk to 736 Champions: up by 38 %.',
    'Champions 736 customers, At risk 533 customers: 1,269 customers together, 29 % of all 4,373 customers.',
    'Champions 16.8 % and At risk 12.2 %: 29 % together.',
  ])('%s', text => expect(wrong(text)).toEqual([]));

  test('and not where the two are not shown', () => {
    expect(wrong('They are 1,269 customers together.')).toEqual(['1,269 customers']);
    expect(wrong('Champions: 736 customers.\n\nAt risk: 533 customers, 72 %.')).toEqual(['72 %']);
  });
});

describe('what nothing bears out is found', () => {
  test.each([
    ['There are 737 Champions.', ['737 champions']],
    ['About 700 customers are Champions.', ['700 customers']],
    ['Champions hold 62 % of revenue.', ['62 %']],
    ['Champions spent £9,999.', ['£9,999']],
    ['Champions order every 25 days.', ['25 days']],
    ['Champions order every 4 months.', ['4 months']],
    ['The 736 % rise.', ['736 %']],
    ['£736 was spent by Champions.', ['£736']],
    ['Refreshed on 3 May 2027.', ['3 May 2027']],
    ['See a-00000001 and p-99.', ['a-00000001', 'p-99']],
    ['Seven customers left.', ['seven customers']],
    ['They are fewer than 4,400 customers.', ['fewer than 4,400 customers']],
    ['There are 182,346 orders.', ['182,346 orders']],
    ['Two customers left.', ['two customers']],
    ['3 customers left.', ['3 customers']],
    ['Thirty per cent of them click.', ['Thirty']],
    ['There are under 6,000 customers.', ['under 6,000 customers']],
    ['Between 10 and 20 % open.', ['10', '20 %']],
    ['16 orders and 22 tickets on 2026-11-16', ['16 orders', '22 tickets']],
  ])('%s', (text, found) => expect(wrong(text)).toEqual(found));

  test('also a figure of another segment', () => {
    const [found] = unsupportedIn('**At risk** holds 736 customers.', evidence(shop));
    expect(found).toEqual({
      text: '736 customers',
      why: '"736 customers" is told of "champions", not of the segment that the answer names there.',
    });
    expect(wrong('Of 4,373 customers some are At risk.')).toEqual([]);
  });
});

test('a list that begins after an empty line is checked line by line', () => {
  expect(wrong('There are two:\n\n1. **At risk**: 533 customers.\n2. **Champions**: 736 customers.')).toEqual(
    [],
  );
  expect(wrong('There are two:\n\n1. **At risk**: 736 customers.\n2. **Champions**: 533 customers.')).toEqual(
    ['736 customers', '533 customers'],
  );
});

test('a figure is told the way it went', () => {
  const grown = evidence([{ ...fact(64, 'count', 'champions'), way: 1 }]);
  const found = (text: string) => unsupportedIn(text, grown).map(({ why }) => why);
  expect(found('Champions grew by 64 customers.')).toEqual([]);
  expect(found('Champions shrank by 64 customers.')[0]).toContain('the other way round');
});
