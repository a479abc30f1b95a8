import type { RichTextBlock, RichTextSection, RichTextText } from '@slack/types';
import type { Item } from '../../agent/tasks/digest/sections.ts';
import { withDays } from '../../markdown/figures.ts';
import { plain } from '../blocks/text.ts';
import { command, withoutTerminal } from './said.ts';

/**
 * Points of a digest under a title, as a list whose lines stand in from its marks. Rich text is no markup: nothing that
 * is said in it comes alive.
 */
export function pointList(
  title: string,
  items: readonly Item[],
  { style = 'bullet', most = 10 }: { style?: 'bullet' | 'ordered'; most?: number } = {},
): RichTextBlock {
  const shown = items.slice(0, most);
  const left = items.length - shown.length;
  return {
    type: 'rich_text',
    elements: [
      line(text(plain(title, longest), { bold: true })),
      { type: 'rich_text_list', style, elements: shown.map(point) },
      ...(left > 0 ? [line(text(`and ${left} more`))] : []),
    ],
  };
}

/** Characters of one text of a point. */
const longest = 500;

function point({ about, text: told, why }: Item): RichTextSection {
  return line(
    ...(about === null ? [] : [text(plain(about, longest), { bold: true }), text(': ')]),
    ...words(told),
    ...(why === null || why === '' ? [] : [text('\n'), ...words(why, { italic: true })]),
  );
}

/** Dates as people write them, commands of ours as code. */
function words(told: string, style: RichTextText['style'] = {}): RichTextText[] {
  return withDays(plain(withoutTerminal(told), longest))
    .split(command)
    .map((part, i) => text(part, i % 2 === 1 ? { code: true } : style))
    .filter(({ text: held }) => held !== '');
}

function text(held: string, style: RichTextText['style'] = {}): RichTextText {
  return { type: 'text', text: held, ...(Object.keys(style).length > 0 && { style }) };
}

const line = (...elements: RichTextText[]): RichTextSection => ({ type: 'rich_text_section', elements });
