import type { KnownBlock } from '@slack/types';
import { limits } from './limits.ts';
import { clip, tidy } from './text.ts';

/** Markdown of Kindred's answers and pages as blocks. */
export function markdownOf(text: string): KnownBlock[] {
  return [{ type: 'markdown', text: clip(tidy(text), limits.markdown.text) }];
}
