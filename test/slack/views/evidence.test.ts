import type { KnownBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { evidenceBlocks } from '../../../src/slack/views/evidence.ts';
import { windowView } from '../../../src/slack/views/window.ts';
import { checkView } from '../../support/slack/block-kit/check.ts';

/** A look-up that found so many things, each told in a long sentence. */
const drift = (findings: number) => ({
  name: 'show_drift',
  input: {},
  output: {
    asOf: '2026-11-01',
    compared: true,
    groups: Array.from({ length: findings }, (_, i) => ({
      title: 'Group',
      findings: [{ sentence: `Found ${i}: ${'long '.repeat(150)}.`, sure: 'Sure.', explainedBy: null }],
      more: 0,
    })),
    recluster: [],
    means: '',
  },
});

const evidence = { question: 'x', sources: [], author: 'model', withheld: 1 } as const;

/** Lines of figures, and how many more are said to be. */
function linesIn(blocks: readonly KnownBlock[]): { told: number; left: number } {
  const text = JSON.stringify(blocks);
  return {
    told: text.match(/•/g)?.length ?? 0,
    left: Number(/and (\d+) more lines?"/.exec(text)?.[1] ?? 0),
  };
}

describe('the evidence', () => {
  it('counts all lines that a window has no room for', () => {
    const all = linesIn(evidenceBlocks({ ...evidence, calls: [drift(5)] }));
    expect(all).toEqual({ told: 5, left: 0 });
    const { told, left } = linesIn(evidenceBlocks({ ...evidence, calls: [drift(50)] }));
    expect(told).toBeLessThan(50);
    expect(told + left).toBe(50);
  });

  it('says what is withheld, and how many look-ups it leaves out, however much was looked up', () => {
    const blocks = evidenceBlocks({ ...evidence, calls: Array.from({ length: 40 }, () => drift(50)) });
    const view = windowView({ title: 'The evidence', blocks });
    expect(checkView(view)).toEqual([]);
    // Slack takes no larger one.
    expect(Buffer.byteLength(JSON.stringify(view))).toBeLessThan(250_000);
    const text = JSON.stringify(view.blocks);
    expect(text).toMatch(/and \d+ more look-ups/);
    expect(text).toContain('for the role of who asked');
    expect(text).toContain('A language model wrote the answer');
  });
});
