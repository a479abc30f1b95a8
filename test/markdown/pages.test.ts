import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestMarkdown } from '../../src/markdown/digest.ts';
import { modelCardMarkdown } from '../../src/markdown/model-card.ts';
import { personaMarkdown } from '../../src/markdown/persona.ts';
import { proposalsMarkdown } from '../../src/markdown/proposals.ts';
import { readinessMarkdown } from '../../src/markdown/readiness.ts';
import { segmentMarkdown } from '../../src/markdown/segment.ts';
import { segmentsMarkdown } from '../../src/markdown/segments.ts';
import {
  exampleCard,
  exampleDigest,
  exampleList,
  exampleMoves,
  exampleOverview,
  examplePredictions,
  exampleProposal,
  exampleSegment,
} from './examples.ts';

const uriOf = (key: string) => `kindred://segments/${key}`;
const uris = { segment: uriOf, persona: (key: string) => `kindred://personas/${key}` };

/** Every page, with one text wherever data, people or a model have a say. */
const pages = (text: string): Record<string, string> => ({
  segments: segmentsMarkdown(exampleList(text), uriOf),
  segment: segmentMarkdown(
    { segment: exampleSegment(text), moves: exampleMoves(text), predictions: examplePredictions(text) },
    uris,
  ),
  persona: personaMarkdown(exampleSegment(text), uriOf),
  card: modelCardMarkdown(exampleCard(text)),
  readiness: readinessMarkdown(exampleOverview(text)),
  proposals: proposalsMarkdown([exampleProposal(text)]),
  digest: digestMarkdown(exampleDigest(text)),
});

/** How a page is built: its lines with all text taken out. */
const built = (markdown: string) =>
  markdown.split('\n').map(line => {
    const [, mark = ''] = /^(#+ |- |> |\| ---|)/.exec(line)!;
    const bars = line.startsWith('|') ? line.replaceAll(/\\[!-/:-@[-`{-~]/g, '').split('|').length : 0;
    return `${mark}${bars}`;
  });

const hostile = fc
  .array(
    fc.constantFrom(...'|`#[]()<>*_~!$\\'.split(''), '\n', '\n\n# ', '](http://x)', '<img src=x>', 'word'),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map(parts => `x${parts.join('')}`);

describe('whatever stands in the data', () => {
  it('a page is built as with a plain word', () => {
    const plain = Object.values(pages('x')).map(built);
    fc.assert(
      fc.property(hostile, text => {
        expect(Object.values(pages(text)).map(built)).toEqual(plain);
      }),
    );
  });

  it('no page makes a link, an image or HTML of it', () => {
    fc.assert(
      fc.property(hostile, text => {
        for (const page of Object.values(pages(text))) {
          const bare = page.replaceAll(/\\[!-/:-@[-`{-~]/g, '');
          expect(bare).not.toMatch(/\]\(|<\w|https?:/);
        }
      }),
    );
  });
});

describe('what is not known', () => {
  it('makes no empty section, column or row', () => {
    const blank = exampleSegment('x');
    const bare = segmentMarkdown(
      {
        segment: {
          ...blank,
          trend: null,
          confidence: null,
          rule: null,
          setsApart: [],
          nearest: [],
          predictions: {
            ordersNext90Days: null,
            lifetimeValue: null,
            valueAtRisk: null,
            churn: null,
            overdueShare: null,
          },
        },
        moves: null,
        predictions: { none: null, trust: null },
      },
      uris,
    );
    expect(bare.match(/^## .*/gm)).toEqual(['## Figures']);
    expect(bare).not.toContain('Trend');
    expect(bare).not.toMatch(/null|NaN|undefined/);
  });

  it('of a group too small to be told of, says that', () => {
    const page = personaMarkdown({ ...exampleSegment('x'), persona: null }, uriOf);
    expect(page).toBe('# x\n\nFewer than ten customers, so no more is told of them.\n');
  });
});

it('tells of a segment the moves of its key, in whatever letters sentences have its name', () => {
  const moves = {
    ...exampleMoves('x'),
    sentences: ['20 new customers became regulars.', '30 bargain seekers became regulars.'],
    sentenceKeys: [
      { fromKey: 'weekly', toKey: 'regulars' },
      { fromKey: 'bargains', toKey: 'regulars' },
    ],
    moves: [
      { ...exampleMoves('x').moves[0]!, from: 'New customers', to: 'Regulars' },
      { ...exampleMoves('x').moves[0]!, from: 'New customers', to: 'Others', fromKey: 'other' },
    ],
  };
  const page = segmentMarkdown(
    { segment: { ...exampleSegment('New customers') }, moves, predictions: examplePredictions('x') },
    uris,
  );
  expect(page).toContain('- 20 new customers became regulars.');
  expect(page).not.toContain('bargain seekers');
  expect(page).toContain('| New customers | Regulars |');
  expect(page).not.toContain('Others');
});

it('writes dates as they are written in Britain, money with its currency, and commands as code', () => {
  const page = proposalsMarkdown([
    { ...exampleProposal('x'), changes: ['By 2026-03-01 it is done: `kindred refresh`.'] },
  ]);
  expect(page).toContain('- By 1 March 2026 it is done: `kindred refresh`.');
  expect(segmentsMarkdown(exampleList('x'), uriOf)).toContain('£12,345');
});
