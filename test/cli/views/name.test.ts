import { describe, expect, test } from 'vitest';
import type { NamedSegment, Naming } from '../../../src/agent/tasks/naming/name-segments.ts';
import { nameView } from '../../../src/cli/views/name.ts';
import type { PersonaTexts } from '../../../src/segmentation/proposals/bodies.ts';

const texts = (name: string): PersonaTexts => ({
  name,
  sentence: `${name} order often.`,
  paragraph: 'They do.',
  evidence: [],
  action: 'Thank them.',
  avoid: 'Do not forget them.',
  neutralName: 'Thank-you list',
});

const segment = (name: string, change: Partial<NamedSegment> = {}): NamedSegment => ({
  key: name.toLowerCase(),
  before: texts(name),
  after: null,
  kept: null,
  misformed: null,
  ...change,
});

const naming = (change: Partial<Naming> = {}): Naming => ({
  asOf: '2026-11-01',
  segments: [segment('Regulars'), segment('Others')],
  author: 'deterministic',
  proposal: null,
  why: null,
  ...change,
});

const proposed = naming({
  author: 'model',
  segments: [
    segment('Regulars', { after: texts('Weekly shoppers') }),
    segment('Others', {
      kept: '"97 %" is not on the fact sheet.',
      misformed: { why: 'Two habits are mixed.', try: 'One group more.' },
    }),
  ],
  proposal: {
    id: 'p-4',
    kind: 'persona',
    subject: 'regulars',
    status: 'open',
    summary: '“Regulars” would be “Weekly shoppers”.',
    body: {
      modelId: 'm-1',
      asOf: '2026-11-01',
      why: 'Written from the figures.',
      texts: [{ key: 'regulars', before: texts('Regulars'), after: texts('Weekly shoppers') }],
    },
    createdAt: '2026-11-02T09:00:00.000Z',
    createdBy: 'ada',
    decidedAt: null,
    decidedBy: null,
    reason: null,
  },
});

describe('kindred name', () => {
  test('without a model: the names that stand, and what a key would add', () => {
    const text = nameView(naming(), null, 80);
    expect(text).toContain('Regulars (regulars): Regulars order often.');
    expect(text).toContain('ANTHROPIC_API_KEY');
    expect(text).not.toContain('approve p-');
  });

  test('before and after, what to type, what is kept and why, and what no sentence covers', () => {
    const text = nameView(proposed, 'a-model', 80);
    expect(text).toMatch(/now: +Regulars\n +proposed: Weekly shoppers/);
    expect(text).toContain('kindred approve p-4');
    expect(text).toMatch(/keep the texts that they have:\n {2}Others: "97 %" is not on the fact sheet\./);
    expect(text).toMatch(
      /Probably not well formed.*\n {2}Others: Two habits are mixed\. To try: One group more\./,
    );
  });

  test('nothing that could be used: why, and no proposal', () => {
    const text = nameView(naming({ why: 'The model declined to answer.' }), 'a-model', 200);
    expect(text).toContain('Nothing is proposed. The model declined to answer.');
    expect(text).not.toContain('kindred approve');
  });

  test.each([60, 80, 120])('fits a terminal of %d columns', columns => {
    for (const text of [nameView(naming(), null, columns), nameView(proposed, 'a-model', columns)]) {
      const longest = Math.max(...text.split('\n').map(line => line.length));
      // Commands that are to be typed are not broken.
      expect(longest).toBeLessThanOrEqual(Math.max(columns, 80));
    }
  });
});
