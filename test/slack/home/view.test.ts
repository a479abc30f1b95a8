import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestShape } from '../../../src/agent/tasks/digest/digest.ts';
import { writeDigest } from '../../../src/agent/tasks/digest/write.ts';
import type { HomeFacts, ShopState } from '../../../src/slack/home/facts.ts';
import { homeView } from '../../../src/slack/views/home.ts';
import { madeFacts } from '../../agent/tasks/digest/made-facts.ts';
import { checkView } from '../../support/slack/block-kit/check.ts';
import { wordsIn } from '../approval/approving.ts';
import { resultsOf } from '../views/made-results.ts';

const factsOf = (shop: ShopState): HomeFacts => ({
  shop,
  changedAt: '2026-11-22T06:00:00.000Z',
  nextRefresh: '2026-11-29T06:00:00.000Z',
  proposals: { shown: [], more: 0 },
  mayDecide: true,
});

const digest = digestShape.parse(writeDigest(madeFacts()));
const [segment] = digest.segments;

/** Names of segments, each like the made one but for its name. */
const wordsWith = (names: readonly string[]) => {
  const segments = names.map((name, i) => ({ ...segment!, key: `key-${i}`, name }));
  const view = homeView(factsOf({ is: 'segmented', digest: { ...digest, segments } }));
  expect(checkView(view)).toEqual([]);
  return wordsIn(view as never);
};

function markupIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const held = value as { type?: unknown; text?: unknown };
  if (held.type === 'mrkdwn' && typeof held.text === 'string') return [held.text];
  return Object.values(held).flatMap(markupIn);
}

describe('the Home tab', () => {
  it('is taken by Slack, and calls nobody, whatever it holds', () => {
    fc.assert(
      fc.property(resultsOf(digestShape), made => {
        const view = homeView(factsOf({ is: 'segmented', digest: digestShape.parse(made) }));
        expect(checkView(view)).toEqual([]);
        for (const markup of markupIn(view.blocks))
          expect(markup.replaceAll(/<!date\^\d+\^[^|<>]*\|[^|<>]*>/g, '')).not.toContain('<');
      }),
      { numRuns: 60 },
    );
  });

  it('holds one segment, and counts those that it has no room for', () => {
    expect(wordsWith(['Regulars'])).toContain('*Regulars*');
    const words = wordsWith(Array.from({ length: 40 }, (_, i) => `Group ${i} of many`));
    expect(words).toContain('*Group 35 of many*');
    expect(words).not.toContain('Group 36 of many');
    expect(words).toContain('and 4 more: `/segments` lists them all.');
  });

  it('loses no segment where names are as long as they come', () => {
    const names = Array.from({ length: 12 }, (_, i) => `${'&'.repeat(97)} ${i}`);
    const words = wordsWith(names);
    for (const i of names.keys()) expect(words).toMatch(new RegExp(`;\u200b? ${i}\\*  `));
  });
});
