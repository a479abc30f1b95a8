import { z } from 'zod';
import { homeBlock, messageBlock, modalBlock } from './blocks.ts';
import { held, plainText } from './composition.ts';
import { problem, problemsOf } from './problems.ts';
import { blocksWithin, duplicates, sumsOf } from './whole.ts';

/**
 * What Slack publishes of what it takes, for tests: independent of what builds blocks. Each check gives what Slack would
 * refuse, none where it would take it.
 */

/** https://docs.slack.dev/reference/methods/chat.postMessage: at most 50 blocks; some text is needed for notifications. */
export function checkMessage(message: { text?: unknown; blocks?: unknown; attachments?: unknown }): string[] {
  const { text, blocks, attachments } = message;
  const found = [
    ...problemsOf(z.string().max(40_000).optional(), text, ['text']),
    ...problemsOf(z.array(messageBlock).max(50).optional(), blocks, ['blocks']),
    ...problemsOf(attachmentsShape.optional(), attachments, ['attachments']),
  ];
  const lists = [blocks, ...(Array.isArray(attachments) ? attachments.map(each => each?.blocks) : [])];
  const all = lists.flatMap(list => (Array.isArray(list) ? list : []));
  if (all.length === 0 && !(typeof text === 'string' && text.trim() !== '')) found.push('no_text');
  else if (!(typeof text === 'string' && text.trim() !== ''))
    found.push(problem('missing required field: text (notifications and screen readers take it)', ['text']));
  return [...found, ...duplicates(all, ['blocks']), ...sumsOf(all)];
}

const attachmentsShape = z
  .array(
    z.strictObject({
      color: z.string().optional(),
      fallback: z.string().optional(),
      blocks: z.array(messageBlock).min(1).max(50),
    }),
  )
  .max(100);

/** https://docs.slack.dev/reference/views: modals and Home tabs. */
export function checkView(view: unknown): string[] {
  const found = problemsOf(viewShape, view, ['view']);
  if (found.length > 0) return found;
  const { type, submit, blocks } = view as { type: string; submit?: unknown; blocks: Block[] };
  const inputs = blocksWithin(blocks).some(block => block.type === 'input');
  if (type === 'modal' && inputs && submit === undefined)
    found.push(problem('must define submit to use an input block in modals', ['view']));
  return [...found, ...duplicates(blocks, ['view', 'blocks'])];
}

const common = {
  private_metadata: z.string().max(3000).optional(),
  callback_id: held(255).optional(),
  external_id: held(255).optional(),
};
const viewShape = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('home'), ...common, blocks: z.array(homeBlock).max(100) }),
  z.strictObject({
    type: z.literal('modal'),
    ...common,
    blocks: z.array(modalBlock).max(100),
    title: plainText(24),
    submit: plainText(24).optional(),
    close: plainText(24).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
    submit_disabled: z.boolean().optional(),
  }),
]);

/** https://docs.slack.dev/reference/methods/chat.appendStream: chunks of a streamed message. */
export function checkChunks(chunks: unknown): string[] {
  const found = problemsOf(z.array(chunk).min(1), chunks, ['chunks']);
  if (found.length > 0) return found;
  return (chunks as z.output<typeof chunk>[]).flatMap((each, i) =>
    each.type === 'blocks'
      ? [...duplicates(each.blocks, ['chunks', i, 'blocks']), ...sumsOf(each.blocks)]
      : [],
  );
}

const chunk = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('markdown_text'), text: held(12_000) }),
  z.strictObject({
    type: z.literal('task_update'),
    id: held(255),
    title: held(255),
    status: z.enum(['pending', 'in_progress', 'complete', 'error']),
    details: z.string().max(256).optional(),
    output: z.string().max(256).optional(),
    sources: z
      .array(z.strictObject({ type: z.literal('url'), url: held(3000), text: held(3000) }))
      .optional(),
  }),
  z.strictObject({ type: z.literal('plan_update'), title: held(256) }),
  z.strictObject({ type: z.literal('blocks'), blocks: z.array(messageBlock).min(1).max(50) }),
]);

type Block = z.output<typeof messageBlock>;
