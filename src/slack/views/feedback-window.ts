import { section } from '../blocks/layout.ts';
import { plainText } from '../blocks/text.ts';
import { answerForms, replyValue } from './answer-actions.ts';
import type { Window } from './window.ts';

export const feedbackTitle = 'What was wrong?';

/** Where the comment stands among what is sent. */
export const commentField = { block: 'comment', action: 'comment' } as const;

/** Longer ones `judgeReply` refuses. */
const longestComment = 1000;

/** The answer counts as bad already; this asks why. */
export function feedbackWindow(reply: number): Window {
  return {
    title: feedbackTitle,
    blocks: [
      section('Noted as a bad answer. If you like, say what was wrong, so that it can be mended.'),
      {
        type: 'input',
        block_id: commentField.block,
        optional: true,
        label: plainText('What was wrong, or missing', 150),
        hint: plainText('Please name no customer. Addresses are taken out before it is kept.', 150),
        element: {
          type: 'plain_text_input',
          action_id: commentField.action,
          multiline: true,
          max_length: longestComment,
        },
      },
    ],
    form: { id: answerForms.feedback, submit: 'Send', metadata: replyValue(reply) },
  };
}

export const thanks = 'Thank you. Your verdict is kept with the answer.';
