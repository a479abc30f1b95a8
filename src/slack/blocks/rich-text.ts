import type { KnownBlock, RichTextBlock, RichTextElement } from '@slack/types';
import { divider, header } from './layout.ts';
import { limits } from './limits.ts';
import { runsOf, textOf } from './markdown-inline.ts';
import { type Part, partsOf } from './markdown-parts.ts';
import { piecesOf } from './split.ts';
import { blank, plain, tidy } from './text.ts';

/**
 * Markdown of Kindred's answers and pages as blocks of a view, which takes neither a `markdown` block nor a table: texts of
 * rich text are never read as anything but text.
 */
export function richTextOf(markdown: string): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  let open: RichTextBlock['elements'] = [];
  let length = 0;
  const close = () => {
    if (open.length > 0) blocks.push({ type: 'rich_text', elements: open });
    open = [];
    length = 0;
  };
  for (const part of partsOf(tidy(markdown))) {
    const own = blockOf(part);
    if (own) {
      close();
      blocks.push(own);
      continue;
    }
    for (const { element, size } of elementsOf(part)) {
      if (length + size > limits.markdown.text) close();
      open.push(element);
      length += size;
    }
  }
  close();
  return blocks;
}

function blockOf(part: Part): KnownBlock | null {
  if (part.kind === 'rule') return divider();
  if (part.kind !== 'heading') return null;
  const text = textOf(part.text);
  return text.length <= limits.header.text && text.trim() !== '' ? header(text) : null;
}

interface Sized {
  element: RichTextBlock['elements'][number];
  size: number;
}

function elementsOf(part: Part): Sized[] {
  switch (part.kind) {
    case 'list':
      return part.items.flatMap(itemOf);
    case 'quote':
      return pieces(part.text, piece => ({ type: 'rich_text_quote', elements: styled(piece) }));
    case 'code':
      return pieces(part.text, preformatted);
    case 'table':
      return pieces(alignedRows(part), preformatted);
    case 'heading':
    case 'paragraph':
      return pieces(part.text, piece => ({ type: 'rich_text_section', elements: styled(`${piece}\n`) }));
    case 'rule':
      return [];
  }
}

function pieces(text: string, elementOf: (piece: string) => Sized['element']): Sized[] {
  return piecesOf(text, limits.markdown.text - 1).map(piece => ({
    element: elementOf(piece),
    size: piece.length,
  }));
}

function itemOf(item: string): Sized[] {
  const [, before = '', number, text = item] = /^( *)(?:[-*+]|(\d+)[.)]) +([\s\S]*)$/.exec(item) ?? [];
  const indent = Math.min(Math.floor(before.length / 2), 8);
  return pieces(text.replaceAll(/\n */g, '\n'), piece => ({
    type: 'rich_text_list',
    style: number === undefined ? 'bullet' : 'ordered',
    ...(indent > 0 && { indent }),
    ...(number !== undefined && Number(number) > 1 && { offset: Number(number) - 1 }),
    elements: [{ type: 'rich_text_section', elements: styled(piece) }],
  }));
}

function styled(markdown: string): RichTextElement[] {
  const runs = runsOf(markdown);
  if (runs.length === 0) return [{ type: 'text', text: blank }];
  return runs.map(({ text, bold, italic, strike, code }) => {
    const style = {
      ...(bold && { bold }),
      ...(italic && { italic }),
      ...(strike && { strike }),
      ...(code && { code }),
    };
    return { type: 'text', text, ...(Object.keys(style).length > 0 && { style }) };
  });
}

const preformatted = (text: string): Sized['element'] => ({
  type: 'rich_text_preformatted',
  elements: [{ type: 'text', text }],
});

/** A table as lines of one width, numbers to the right. */
function alignedRows({ head, right, rows }: Extract<Part, { kind: 'table' }>): string {
  const lines = [head, ...rows].map(row => row.map(cell => plain(textOf(cell), 60)));
  const columns = Math.max(...lines.map(line => line.length));
  const widths = Array.from({ length: columns }, (_, i) =>
    Math.max(...lines.map(line => (line[i] ?? '').length)),
  );
  return lines
    .map(line =>
      widths
        .map((width, i) => (right[i] ? (line[i] ?? '').padStart(width) : (line[i] ?? '').padEnd(width)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
