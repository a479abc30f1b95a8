import type { KnownBlock } from '@slack/types';
import { section } from '../blocks/layout.ts';
import { mrkdwn } from '../blocks/text.ts';
import type { Prompt } from './prompts.ts';

/** What Kindred can do, for somebody who turned to it without a word. */
export function helpBlocks(prompts: readonly Prompt[]): KnownBlock[] {
  const examples = prompts.map(({ message }) => `•  ${mrkdwn(message)}`).join('\n');
  return [
    section(
      'Ask me about your customer segments, in your own words: who they are, how large, what changed, what is ahead, and what to do about it.',
    ),
    ...(examples === '' ? [] : [section(`For example:\n${examples}`)]),
    section(
      'I know groups, never a person. `/segments` shows the figures without a language model, and nothing changes before somebody with the right to do so approves it.',
    ),
  ];
}

export const helpText = 'Ask me about your customer segments, in your own words.';

export const filesText =
  'I cannot read files: I know what the shop’s own data tells of its customers. Ask me about that in words.';

/** Under the answer to a question that came with files. */
export const filesRemark = 'I did not read what was attached.';
