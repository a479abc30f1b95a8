import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Line, lineSplitter } from '../../../src/mcp/stdio/lines.ts';

function split(kept: number, chunks: readonly Uint8Array[]): Line[] {
  const lines: Line[] = [];
  const splitter = lineSplitter(kept, line => lines.push(line));
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  return lines;
}

/** The same bytes in pieces that end anywhere, also inside a letter. */
function pieces(text: string, cuts: readonly number[]): Uint8Array[] {
  const bytes = Buffer.from(text);
  const at = [...new Set(cuts.map(cut => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...at, bytes.length].map((to, i) => bytes.subarray(at[i - 1] ?? 0, to));
}

test('lines are the same whatever pieces they come in', () => {
  const line = fc.string({ unit: 'grapheme', maxLength: 12 }).map(text => text.replaceAll('\n', ''));
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat()), (lines, cuts) => {
      const heard = split(1000, pieces(lines.join('\n'), cuts)).map(({ text }) => text);
      expect(heard).toEqual(lines.filter(text => text.trim() !== ''));
    }),
  );
});

test('of a line that is too long nothing is kept but its length, and the next is read', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.array(fc.nat()), (over, cuts) => {
      const text = `short\n${'x'.repeat(20 + over)}\nlast`;
      expect(split(20, pieces(text, cuts))).toEqual([
        { bytes: 5, text: 'short' },
        { bytes: 20 + over },
        { bytes: 4, text: 'last' },
      ]);
    }),
  );
});
