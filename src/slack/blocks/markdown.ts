import type { KnownBlock } from '@slack/types';
import { divider, header } from './layout.ts';
import { limits } from './limits.ts';
import { deadMarkdown } from './markdown-dead.ts';
import { textOf } from './markdown-inline.ts';
import { type Part, partsOf } from './markdown-parts.ts';
import { tableOf } from './markdown-table.ts';
import { piecesOf } from './split.ts';
import { dataTable } from './table.ts';
import { tidy } from './text.ts';

/** Markdown for a stream: its formatting lives, and nothing else does. */
export const markdownText = deadMarkdown;

/**
 * Markdown of Kindred's answers and pages as blocks of a message: headings, tables, and between them text, cut where a block
 * would hold more than it may. Nothing in it is a link or calls anybody. Views take neither such text nor tables.
 */
export function markdownOf(markdown: string): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  let open = '';
  let caption = '';
  const close = () => {
    if (open !== '') blocks.push({ type: 'markdown', text: open });
    open = '';
  };
  const add = (text: string) => {
    if (open.length + 2 + text.length > limits.markdown.text) close();
    open += open === '' ? text : `\n\n${text}`;
  };
  for (const part of partsOf(tidy(markdown))) {
    const block = blocksOf(part, caption);
    if (block) {
      close();
      blocks.push(...block);
    } else for (const text of textsOf(part)) add(text);
    if (part.kind === 'heading') caption = textOf(part.text);
  }
  close();
  return blocks;
}

/** A part that has a block of its own; null where it is text. */
function blocksOf(part: Part, caption: string): KnownBlock[] | null {
  if (part.kind === 'rule') return [divider()];
  if (part.kind === 'table') return part.rows.length === 0 ? null : dataTable(tableOf(part, caption));
  if (part.kind !== 'heading') return null;
  const text = textOf(part.text);
  return text.length <= limits.header.text && text.trim() !== '' ? [header(text)] : null;
}

/** Dead Markdown, each fit for a block. */
function textsOf(part: Part): string[] {
  switch (part.kind) {
    case 'list':
      return listsOf(part.items);
    case 'quote':
      return fitting(part.text, 1000).map(text => text.replaceAll(/^/gm, '> '));
    case 'code':
      return codesOf(part);
    case 'heading':
    case 'paragraph':
      return fitting(part.text, most);
    case 'table':
      return fitting(part.head.join(' · '), most);
    case 'rule':
      return [];
  }
}

/** Markers that are added where a cut goes through them have their room. */
const most = limits.markdown.text - 20;

/** As many items together as a block holds. */
function listsOf(items: readonly string[]): string[] {
  const lists: string[] = [];
  for (const text of items.flatMap(item => fitting(item, most))) {
    const last = lists.at(-1);
    if (last !== undefined && last.length + 1 + text.length <= most)
      lists[lists.length - 1] = `${last}\n${text}`;
    else lists.push(text);
  }
  return lists;
}

/** What a cut made of code or of text may have to be made dead anew, and may be longer then. */
function fitting(text: string, most: number): string[] {
  const dead = deadMarkdown(text);
  if (dead.length <= most) return dead.trim() === '' ? [] : [dead];
  return closed(piecesOf(dead, most)).flatMap(piece => fitting(piece, most + 4));
}

/** Bold that a cut goes through ends before it and begins again after it. */
function closed(pieces: readonly string[]): string[] {
  let isOpen = false;
  return pieces.map(piece => {
    const begin = isOpen ? '**' : '';
    const markers = piece.match(/\\[\s\S]|`[^`\n]+`|\*\*/g) ?? [];
    if (markers.filter(marker => marker === '**').length % 2 === 1) isOpen = !isOpen;
    return `${begin}${piece}${isOpen ? '**' : ''}`;
  });
}

/** Code that was cut is code in each piece. */
function codesOf({ language, text }: Extract<Part, { kind: 'code' }>): string[] {
  const fenced = (held: string) => deadMarkdown(`\`\`\`${language}\n${held}\n\`\`\``);
  const whole = fenced(text);
  // Dead, a character may be five.
  return whole.length <= most ? [whole] : piecesOf(text, Math.floor(most / 5) - language.length).map(fenced);
}
