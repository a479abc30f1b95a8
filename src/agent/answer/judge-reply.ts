import { InputError } from '../../errors.ts';
import { formatCount } from '../../segmentation/wording.ts';
import type { Verdict } from '../../state/replies.ts';
import type { State } from '../../state/state.ts';
import { withoutIdentifiers } from './identifiers.ts';

const longestComment = 1000;

/**
 * Notes what a person thinks of a reply; their last word stands. Comments are kept without addresses.
 *
 * @throws InputError where there is no such reply, or the comment is a letter
 */
export async function judgeReply(
  { state, now }: { state: Pick<State, 'replies'>; now: () => Date },
  said: { reply: number; actor: string; verdict: Verdict['verdict']; comment: string | null },
): Promise<void> {
  const comment = said.comment === null ? '' : withoutIdentifiers(said.comment).trim();
  if (comment.length > longestComment)
    throw new InputError(
      `The comment is longer than ${formatCount(longestComment)} characters.`,
      'Say in a sentence or two what was wrong, or good.',
    );
  const verdict = { ...said, comment: comment === '' ? null : comment, at: now().toISOString() };
  if (await state.replies.judge(verdict)) return;
  throw new InputError(
    `There is no reply r-${said.reply}.`,
    'Each answer of `kindred ask` tells its id; `kindred feedback` lists those that were judged.',
  );
}
