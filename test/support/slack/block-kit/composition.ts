import { z } from 'zod';

/** Objects that blocks and elements are composed of: https://docs.slack.dev/reference/block-kit/composition-objects */

export const held = (most: number) => z.string().min(1).max(most);

/** composition-objects/text-object: 1 to 3000 characters; the field that holds it may take fewer. */
export const plainText = (most = 3000) =>
  z.strictObject({ type: z.literal('plain_text'), text: held(most), emoji: z.boolean().optional() });

export const mrkdwnText = (most = 3000) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: held(most), verbatim: z.boolean().optional() });

export const anyText = (most = 3000) => z.discriminatedUnion('type', [plainText(most), mrkdwnText(most)]);

/** composition-objects/confirmation-dialog-object */
export const confirmation = z.strictObject({
  title: plainText(100),
  text: anyText(300),
  confirm: plainText(30),
  deny: plainText(30),
  style: z.enum(['primary', 'danger']).optional(),
});

/** composition-objects/option-object. In radio buttons and checkboxes the text may be mrkdwn. */
const optionOf = <T extends z.ZodType>(text: T) =>
  z.strictObject({
    text,
    value: held(150),
    description: plainText(75).optional(),
  });
export const plainOption = optionOf(plainText(75));
export const textOption = optionOf(anyText(75));
/** block-elements/overflow-menu-element: only its options may have a URL. */
export const menuOption = z.strictObject({
  text: plainText(75),
  value: held(150),
  description: plainText(75).optional(),
  url: held(3000).optional(),
});

/** composition-objects/option-group-object */
export const optionGroup = z.strictObject({
  label: plainText(75),
  options: z.array(plainOption).min(1).max(100),
});

/** composition-objects/slack-file-object: either the URL or the ID; both are refused. */
export const slackFile = z.union([z.strictObject({ id: held(255) }), z.strictObject({ url: held(3000) })]);

/** composition-objects/dispatch-action-configuration-object */
export const dispatchConfig = z.strictObject({
  trigger_actions_on: z
    .array(z.enum(['on_enter_pressed', 'on_character_entered']))
    .min(1)
    .max(2),
});

/** composition-objects/conversation-filter-object: one of its fields at least. */
export const conversationFilter = z
  .strictObject({
    include: z
      .array(z.enum(['im', 'mpim', 'private', 'public']))
      .min(1)
      .optional(),
    exclude_external_shared_channels: z.boolean().optional(),
    exclude_bot_users: z.boolean().optional(),
  })
  .refine(filter => Object.keys(filter).length > 0, 'must have at least one field');
