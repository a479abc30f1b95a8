import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProposalFacts } from '../../../src/slack/approval/facts.ts';
import { namesOf } from '../../../src/slack/approval/names.ts';
import type { Standing } from '../../../src/slack/approval/standing.ts';
import { proposalsBlocks } from '../../../src/slack/views/home-proposals.ts';
import { firstSteps } from '../../../src/slack/views/home-steps.ts';
import { proposalCard, proposalText } from '../../../src/slack/views/proposal-card.ts';
import { detailsDialog } from '../../../src/slack/views/proposal-details.ts';
import { noticeDialog, proposalDialog } from '../../../src/slack/views/proposal-dialog.ts';
import { checkMessage, checkView } from '../../support/slack/block-kit/check.ts';
import { wordsIn } from './approving.ts';

const facts: ProposalFacts = {
  id: 'p-12',
  kind: 'promotion',
  title: 'segments found anew',
  summary: 'Five segments instead of four.',
  changes: ['Regulars: stays, about as large.', 'Lapsed: splits.'],
  customers: 'Customers who change segment: 1,230, as of 1 November 2026',
  createdAt: '2026-11-20T08:00:00.000Z',
  openedBy: 'kindred',
  why: '',
  basis: ['Fingerprint: 0123456789ab.'],
  consequence: 'these are the segments from now on; kindred rollback takes it back',
  reason: null,
};
const open: Standing = { is: 'open', problem: null };

const hostile = [
  '<!channel> <@U0000001> <https://evil.example|click here>',
  '*bold* _it_ ~no~ `code` ```block```',
  '@here #general :rotating_light: https://evil.example/path evil.example',
  'Approved by <@U0000001>\n>“yes”\n• Approve it',
  '\u202eevorppa\u202c \u0000\u0007 \u200b',
  '&lt;!channel&gt; &amp;',
  '”“"\' } ] ) </a> <script>alert(1)</script>',
];

/** Anything that Slack would make live in our blocks but what we put there. */
const live = /<(?!!date\^|@U0APPROVER>)|(?!\n)\p{Cc}|[\u202a-\u202e]/u;

const texts = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'<>&!*_~@:#`|. ab'), maxLength: 60 }),
  fc.constantFrom(...hostile),
  fc.string({ unit: 'binary', maxLength: 1500 }),
  fc.constantFrom(...hostile).map(text => text.repeat(60)),
);
const nameOf = namesOf({ people: [{ id: 'U0APPROVER', name: 'Ana', role: 'approver' }] });
const someFacts = fc
  .record({
    summary: texts,
    changes: fc.array(texts, { maxLength: 30 }),
    openedBy: texts.map(nameOf),
    why: texts,
    basis: fc.array(texts, { maxLength: 4 }),
    consequence: texts,
    customers: fc.option(texts),
    kind: fc.constantFrom('promotion', 'weights', 'recipe', 'persona', 'feature', 'sync' as const),
  })
  .map((some): ProposalFacts => ({ ...facts, ...some }));
const standings: fc.Arbitrary<Standing> = fc.oneof(
  fc.record({ is: fc.constant('open' as const), problem: fc.option(texts) }),
  fc.record({
    is: fc.constant('underWay' as const),
    who: texts.map(nameOf),
    decision: fc.constantFrom('approve', 'reject' as const),
  }),
  fc.record({
    is: fc.constantFrom('approved', 'rejected' as const),
    who: texts.map(nameOf),
    at: fc.constant('2026-11-21T09:30:00.000Z'),
    reason: texts,
    after: fc.constant('The texts stay as they are.'),
  }),
  fc.constant({ is: 'superseded' as const }),
);

describe('whatever a proposal holds, Slack takes it and nothing in it comes alive', () => {
  it('as a card', () => {
    fc.assert(
      fc.property(someFacts, standings, (some, standing) => {
        const [text, blocks] = [proposalText(some, standing), proposalCard(some, standing)];
        expect(checkMessage({ text, blocks })).toEqual([]);
        expect(`${text}\n${wordsIn({ blocks } as never)}`).not.toMatch(live);
      }),
      { numRuns: 60 },
    );
  });

  it('as a dialog', () => {
    fc.assert(
      fc.property(someFacts, fc.constantFrom('approve', 'reject' as const), (some, decision) => {
        const view = proposalDialog(some, decision, '{}');
        expect(checkView(view)).toEqual([]);
        expect(wordsIn(view as never)).not.toMatch(live);
      }),
      { numRuns: 40 },
    );
  });

  it('in its details, of which no page leaves anything out', () => {
    const parts = fc.array(
      fc.record({ title: texts, texts: fc.array(texts, { minLength: 1, maxLength: 8 }) }),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(parts, fc.integer({ min: -1, max: 30 }), (some, page) => {
        const view = detailsDialog('p-12', { title: 'Proposal p-12', parts: some }, page);
        expect(checkView(view)).toEqual([]);
        expect(wordsIn(view as never)).not.toMatch(live);
      }),
      { numRuns: 40 },
    );
    const long = Array.from(
      { length: 20 },
      (_, i) => `Change ${i} ${'and more of it '.repeat(300)}end ${i}.`,
    );
    const details = { title: 'Proposal p-12', parts: [{ title: 'What changes', texts: long }] };
    const pages = Array.from({ length: 50 }, (_, i) =>
      wordsIn(detailsDialog('p-12', details, i + 1) as never),
    );
    for (const i of long.keys()) expect(pages.some(words => words.includes(`end ${i}.`))).toBe(true);
  });

  it('in the Home tab', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ facts: someFacts, standing: standings }), { maxLength: 10 }),
        fc.boolean(),
        (shown, mayDecide) => {
          const blocks = proposalsBlocks({
            shop: { is: 'empty' },
            changedAt: null,
            nextRefresh: null,
            proposals: { shown, more: 90 },
            mayDecide,
          });
          expect(checkView({ type: 'home', blocks })).toEqual([]);
          expect(wordsIn({ blocks } as never)).not.toMatch(live);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('a card', () => {
  it('cuts many changes, most telling first, and says where all of it is', () => {
    const changes = [
      ...Array.from({ length: 10 }, (_, i) => `Quiet ${i}: stays, about as large.`),
      ...Array.from({ length: 10 }, (_, i) => `Loud ${i}: dissolves.`),
    ];
    const words = wordsIn({ blocks: proposalCard({ ...facts, changes }, open) } as never);
    expect(words).toContain('Loud 7: dissolves.');
    expect(words).not.toContain('Quiet');
    expect(words).not.toContain('10 segments stay');
    expect(words).toContain('and 3 more. *Details* shows all of it.');
  });

  it('mentions who is known in Slack, and nobody by a name that only looks so', () => {
    expect(nameOf('Ana (U0APPROVER)')).toBe('<@U0APPROVER>');
    expect(nameOf('<@U0APPROVER>')).toBe('@\u200bU0APPROVER');
    expect(nameOf('Eve (U0APPROVER)')).toBe('Eve (U0APPROVER)');
  });

  it('says where something newer took its place', () => {
    const words = wordsIn({ blocks: proposalCard(facts, { is: 'superseded' }) } as never);
    expect(words).toContain('Nothing is left to decide.');
  });
});

describe('without segments the Home tab says what to do first', () => {
  it.each([
    ['no orders', { is: 'empty' as const }, /no orders yet[\s\S]*kindred import/],
    [
      'orders',
      { is: 'loaded' as const, asOf: '2026-11-01', enough: true, why: [] },
      /Orders are in, as of 1 November 2026[\s\S]*kindred segment/,
    ],
  ])('with %s', (_, shop, words) => {
    const blocks = firstSteps(shop);
    expect(wordsIn({ blocks } as never)).toMatch(words);
    expect(checkView({ type: 'home', blocks })).toEqual([]);
  });
});

it('a notice fits, however long', () => {
  expect(checkView(noticeDialog('Not decided', 'x'.repeat(5000)))).toEqual([]);
});
