import type { KnownBlock, ModalView } from '@slack/types';
import { section } from '../blocks/layout.ts';
import { limits } from '../blocks/limits.ts';
import { plainText } from '../blocks/text.ts';

export interface Window {
  title: string;
  blocks: readonly KnownBlock[];
  /** What is sent back with the form; none where there is nothing to send. */
  form?: { id: string; submit: string; metadata: string };
}

export function windowView({ title, blocks, form }: Window): ModalView {
  return {
    type: 'modal',
    title: plainText(title, limits.view.title),
    close: plainText(form ? 'Cancel' : 'Close', limits.view.button),
    blocks: blocks.slice(0, limits.view.blocks),
    ...(form && {
      callback_id: form.id,
      submit: plainText(form.submit, limits.view.button),
      private_metadata: form.metadata,
    }),
  };
}

/** Stands at once: what opened the window is good for three seconds only. */
export const waitingView = (title: string, text = 'One moment …') =>
  windowView({ title, blocks: [section(text)] });
