import type { AnyChunk } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LoopEvent } from '../../../src/agent/loop/loop.ts';
import { markdownText } from '../../../src/slack/blocks/markdown.ts';
import { createPlan, longestStreamed } from '../../../src/slack/talk/plan.ts';

const text = (words: string): LoopEvent => ({ kind: 'text', text: words });
const again: LoopEvent = { kind: 'again' };
const tool = (name: string): LoopEvent => ({ kind: 'tool', name, title: `Do ${name}` });
const toolDone = (name: string, ok = true): LoopEvent => ({ kind: 'tool-done', name, ok });

const words = (chunks: readonly AnyChunk[]) =>
  chunks.map(chunk => (chunk.type === 'markdown_text' && 'text' in chunk ? chunk.text : '')).join('');
const steps = (chunks: readonly AnyChunk[]) =>
  chunks.flatMap(chunk => (chunk.type === 'task_update' && 'id' in chunk ? [[chunk.id, chunk.status]] : []));

function planOf(...events: LoopEvent[]) {
  const plan = createPlan();
  for (const event of events) plan.hear(event);
  return plan;
}

describe('what a stream shows', () => {
  test('are steps as they change, each by its own name', () => {
    const plan = planOf(tool('a'), tool('a'), toolDone('a', false));
    expect(steps(plan.take())).toEqual([
      ['step-1', 'error'],
      ['step-2', 'in_progress'],
    ]);
    expect(plan.take()).toEqual([]);
    plan.hear(toolDone('a'));
    expect(steps(plan.take())).toEqual([['step-2', 'complete']]);
  });

  test('is no text that was taken back before it was shown', () => {
    const plan = planOf(text('Let me look.\n'), again, text('One.\n\n'));
    expect(words(plan.take())).toBe('One.\n\n');
    expect(words(plan.ending('One.\n\nTwo.')!)).toBe('Two.');
  });

  test('says of text that was shown and taken back that it was, once, and ends anew', () => {
    const plan = planOf(text('Let me look.\n'));
    plan.take();
    plan.hear(again);
    plan.hear(again);
    expect(plan.told()).toBe('');
    expect(plan.take()).toEqual([]);
    plan.hear(text('One.'));
    const shown = words(plan.take());
    expect(shown).toMatch(/taken back.*One\.$/s);
    expect(shown.match(/taken back/g)).toHaveLength(1);
    expect(plan.ending('One.')).toBeNull();
    expect(plan.told()).toBe('One.');
  });

  test('ends anew where the text begins otherwise', () => {
    const plan = planOf(text('One.\n'));
    plan.take();
    expect(plan.ending('Two.')).toBeNull();
    expect(words(plan.ending('One.\nTwo.')!)).toBe('Two.');
    // What is told to the end is not taken by asking.
    expect(words(plan.ending('One.\nTwo.')!)).toBe('Two.');
  });

  test('is never more than a stream holds', () => {
    const plan = planOf(text('a'.repeat(longestStreamed - 1)));
    expect(words(plan.take())).toHaveLength(longestStreamed - 1);
    plan.hear(text('bcd'));
    expect(plan.take()).toEqual([]);
    expect(plan.told()).toHaveLength(longestStreamed + 2);
  });

  test('together with the end is the text, whatever is heard and whenever it is taken', () => {
    const happens = fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom('One.\n\n', 'two <b>\n', '- three\n', 'four &').map(text) },
      { weight: 2, arbitrary: fc.constantFrom(tool('a'), toolDone('a'), tool('b'), toolDone('b', false)) },
      { weight: 1, arbitrary: fc.constant(again) },
      { weight: 4, arbitrary: fc.constant('take' as const) },
    );
    fc.assert(
      fc.property(fc.array(happens, { maxLength: 40 }), all => {
        const plan = createPlan();
        let seen = '';
        let stands = '';
        for (const each of all) {
          if (each === 'take') seen += words(plan.take());
          else {
            plan.hear(each);
            if (each.kind === 'text') stands += each.text;
            if (each.kind === 'again') stands = '';
          }
        }
        expect(plan.told()).toBe(stands);
        const ending = plan.ending(stands);
        if (ending === null) expect(all).toContain(again);
        else expect(seen + words(ending)).toBe(pieces(all));
      }),
    );
  });
});

/** The text made dead as it was taken, piece by piece. */
function pieces(all: readonly (LoopEvent | 'take')[]): string {
  let shown = '';
  let waiting = '';
  for (const each of [...all, 'take' as const]) {
    if (each === 'take') {
      if (waiting !== '') shown += markdownText(waiting);
      waiting = '';
    } else if (each.kind === 'text') waiting += each.text;
    else if (each.kind === 'again') waiting = '';
  }
  return shown;
}
