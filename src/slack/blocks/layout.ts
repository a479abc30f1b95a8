import type {
  AlertBlock,
  ContainerBlock,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  ImageBlock,
  SectionBlock,
} from '@slack/types';
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
  return chunked(texts, limits.section.fields).map(held => ({
    type: 'section',
    fields: held.map(text => markup(text, limits.section.field)),
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

export function alert(text: string, level: NonNullable<AlertBlock['level']> = 'default'): AlertBlock {
  return { type: 'alert', text: markup(text, limits.alert.text), level };
}

/** What belongs together in a frame with a title. */
export function container(
  title: string,
  blocks: ContainerBlock['child_blocks'],
  options: { subtitle?: string; collapsed?: boolean } = {},
): ContainerBlock {
  const { subtitle, collapsed } = options;
  return {
    type: 'container',
    title: plainText(title, limits.container.title),
    ...(subtitle !== undefined && { subtitle: plainText(subtitle, limits.container.subtitle) }),
    child_blocks: blocks.slice(0, limits.container.blocks),
    ...(collapsed !== undefined && { is_collapsible: true, default_collapsed: collapsed }),
  };
}

/** A picture that was uploaded; `alt` says what it shows to whom does not see it. */
export function image({ fileId, alt, title }: { fileId: string; alt: string; title?: string }): ImageBlock {
  return {
    type: 'image',
    slack_file: { id: fileId },
    alt_text: plain(alt, limits.image.alt),
    ...(title !== undefined && { title: plainText(title, limits.image.title) }),
  };
}

const chunked = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
