import type {
  ActionsBlock,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  ImageBlock,
  KnownBlock,
  SectionBlock,
} from '@slack/types';
import { charactersIn } from './characters.ts';
import { limits } from './limits.ts';
import { blank, markup, plain, plainText } from './text.ts';

/** Parts of a page. Texts called `text` are mrkdwn of ours, with text from data made dead by `mrkdwn()`; others are plain. */

export function header(text: string): HeaderBlock {
  return { type: 'header', text: plainText(text, limits.header.text) };
}

export function section(text: string, accessory?: SectionBlock['accessory']): SectionBlock {
  return {
    type: 'section',
    text: markup(text, limits.section.text),
    ...(accessory && { accessory }),
    expand: true,
  };
}

/** Short texts in two columns; ten to a section. */
export function fields(texts: readonly string[]): SectionBlock[] {
  const size = limits.section.fields;
  return Array.from({ length: Math.ceil(texts.length / size) }, (_, i) => ({
    type: 'section',
    fields: texts.slice(i * size, (i + 1) * size).map(text => markup(text, limits.section.field)),
  }));
}

/** Small grey text. */
export function context(...texts: readonly string[]): ContextBlock {
  const held = texts.filter(text => text.trim() !== '').slice(0, limits.context.elements);
  return {
    type: 'context',
    elements: (held.length === 0 ? [blank] : held).map(text => markup(text, limits.context.text)),
  };
}

export const divider = (): DividerBlock => ({ type: 'divider' });

const signs = { info: 'ℹ️', success: '✅', warning: '⚠️', error: '🛑' };

/** What should not be overlooked. A section with a sign: Slack takes its `alert` block in modals only. */
export function alert(text: string, level: keyof typeof signs = 'info'): SectionBlock {
  return section(`${signs[level]}  ${text}`);
}

/**
 * What belongs together in a frame with a title, which can be folded; in messages only. Where it is more than a frame
 * takes, it stands below a header. No block where there is nothing in it.
 */
export function container(
  title: string,
  blocks: readonly Framed[],
  options: { subtitle?: string; collapsed?: boolean } = {},
): KnownBlock[] {
  if (blocks.length === 0) return [];
  if (blocks.length > limits.container.blocks || charactersIn(blocks) > limits.container.characters)
    return [header(title), ...blocks];
  const { subtitle, collapsed } = options;
  return [
    {
      type: 'container',
      title: plainText(title, limits.container.title),
      ...(subtitle !== undefined && { subtitle: plainText(subtitle, limits.container.subtitle) }),
      child_blocks: [...blocks],
      ...(collapsed !== undefined && { is_collapsible: true, default_collapsed: collapsed }),
    },
  ];
}

/** What both Slack's page and its own check take in a frame. */
export type Framed = ActionsBlock | ContextBlock | DividerBlock | HeaderBlock | ImageBlock | SectionBlock;

/** A picture that was uploaded; `alt` says what it shows to whom does not see it. */
export function image({ fileId, alt, title }: { fileId: string; alt: string; title?: string }): ImageBlock {
  return {
    type: 'image',
    slack_file: { id: fileId },
    alt_text: plain(alt, limits.image.alt),
    ...(title !== undefined && { title: plainText(title, limits.image.title) }),
  };
}
