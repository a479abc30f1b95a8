import { describe, expect, test } from 'vitest';
import { digestBasis } from '../../../../src/agent/tasks/digest/compose.ts';
import type { DigestDraft } from '../../../../src/agent/tasks/digest/draft.ts';
import { refusalsOf } from '../../../../src/agent/tasks/digest/refusals.ts';
import { writeDigest } from '../../../../src/agent/tasks/digest/write.ts';
import { madeFacts, madeFinding, madeListed, withFindings } from './made-facts.ts';

const long = 'Varied-basket buyers with large order values';
const facts = withFindings(
  {
    Alerts: [
      madeFinding({
        kind: 'size',
        about: 'champions',
        sentence:
          'Champions grew by 38 %, from 748 customers on 19 September to 1,033, unlike the weeks before.',
      }),
    ],
  },
  madeFacts({
    list: {
      ...madeFacts().list,
      customers: 4328,
      segments: [
        madeListed('champions', 'Champions', { customers: 1033, revenueShare: 0.646, trend: 'growing' }),
        madeListed('varied', long, { customers: 1937, revenueShare: 0.243 }),
        madeListed('fading', 'Fading customers', { customers: 1358, revenueShare: 0.0605 }),
      ],
    },
    moves: {
      ...madeFacts().moves!,
      newcomers: { customers: 787, revenueLastYear: null },
      lapsed: { customers: 70, revenueLastYear: 44_123 },
      sentences: [
        '149 varied-basket buyers with large order values became champions, £308k of yearly revenue, because they ordered more often (0.44 to 0.93 a month) and bought the same products more (10 to 27 %).',
      ],
      sentenceKeys: [{ toKey: 'champions' }],
    },
    actions: {
      champions: 'Keep them close: early access, and thanks that are not a discount.',
      fading: 'One timely message about what they bought, and what is new beside it.',
    },
  }),
);
const basis = digestBasis(facts, writeDigest(facts), { text: '' });
const labelOf = (key: string) =>
  [...basis.sheet.todo].findLast(([, { segment }]) => segment?.key === key)![0];

const good: DigestDraft = {
  headline: 'Champions grew by 38 % since 19 September, from 748 customers to 1,033.',
  moves: ['M1'],
  findings: [{ finding: 'F1', explanation: 'Probably the run-up to Christmas.' }],
  todo: [{ candidate: labelOf('fading'), action: 'Send them one timely message by Friday.' }],
};
const why = (change: Partial<DigestDraft>) => refusalsOf({ ...good, ...change }, basis).join('\n');
const headline = (text: string) => why({ headline: text });
const action = (text: string, key = 'fading') => why({ todo: [{ candidate: labelOf(key), action: text }] });

test('the sheet writes names of segments whole, as a draft is to write them', () => {
  expect(basis.sheet.text).toContain(`“${long}”: 1,937 customers`);
  expect(basis.sheet.text).not.toContain('…');
});

describe('what a model may well write passes', () => {
  test.each([
    'Champions grew by more than expected, to 1,033 customers who bring 65 % of revenue.',
    'Champions rose from 748 to 1,033 customers (+38 %), while 70 customers lapsed.',
    'The best week for Champions: 1,033 customers, who bring 65% of revenue, after growth of 38%.',
    'Champions, who bring almost two thirds of revenue, grew by more than a third.',
    'Champions are 285 customers more than on 19 September: 1,033, where there were 748.',
    '149 varied-basket buyers with large order values became champions because they order more often.',
    '149 varied-basket buyers with large order values became champions, with 0.93 orders a month.',
  ])('headline: %s', text => {
    expect(headline(text)).toBe('');
  });

  test.each([
    'Send the 1,358 fading customers one message about what they bought, with what is new beside it.',
    'Write to them on Monday, without any discount, and once more after a week.',
    'Look whether a voucher or free delivery brought them.',
    'Say thanks to those who came back.',
  ])('to do: %s', text => {
    expect(action(text)).toBe('');
  });

  test('an offer that the segment’s own action names', () => {
    expect(action('Give thanks, and no discount; a discount tells them to wait.', 'champions')).toBe('');
  });
});

describe('a headline is refused where it', () => {
  test.each([
    ['tells a finding of another segment', 'Fading customers grew by 38 %.', '38 %'],
    ['turns a segment round', 'Champions fell to 1,033 customers.', 'the other way round'],
    ['makes up a part', 'Champions grew to nine tenths of all customers.', 'nine tenths'],
    ['passes over the alert', '787 customers joined the shop.', 'gravest alert, which is about Champions'],
    ['calms', 'A quiet week for Champions.', 'calms'],
    ['tells a cause that nobody measured', 'Champions grew because of the catalogue.', 'cause'],
    ['tells a move of somebody else’s driver', 'Champions grew because they left a rival.', 'cause'],
    ['praises', 'Amazing: Champions grew by 38 %.', 'praise'],
    ['shouts', 'Champions grew by 38 %!', 'exclamation mark'],
    ['runs over lines', 'Champions grew\n• by 38 %.', 'one line'],
  ])('%s', (_, text, reason) => {
    expect(headline(text)).toContain(reason);
  });
});

describe('something to do is refused where it', () => {
  test.each([
    ['gives a voucher', 'Send them a voucher for their next order.', 'voucher'],
    ['delivers free', 'Offer free next-day delivery to them.', 'free next-day delivery'],
    ['halves prices', 'Show them half-price gift wrapping.', 'half-price'],
    ['takes something off', 'Win them back with 20 % off.', '20 % off'],
    ['tells a cause', 'Write to them because they went to a rival.', 'cause'],
    ['tells of a deed of ours', 'We have sent the message, so wait.', 'only a person'],
    ['tells of a deed of nobody', 'The message was sent, so wait.', 'was done'],
  ])('%s', (_, text, reason) => {
    expect(action(text)).toContain(reason);
  });
});
