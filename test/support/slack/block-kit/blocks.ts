import { z } from 'zod';
import { anyText, held, mrkdwnText, plainText, slackFile } from './composition.ts';
import {
  button,
  checkboxes,
  datepicker,
  datetimepicker,
  feedbackButtons,
  iconButton,
  imageElement,
  modalInputs,
  oneSource,
  overflow,
  plainTextInput,
  radioButtons,
  timepicker,
  urlSource,
} from './elements.ts';
import { richText } from './rich-text.ts';
import { selects } from './selects.ts';
import { dataTable, table } from './tables.ts';

/** https://docs.slack.dev/reference/block-kit/blocks; each named as its page. */

const id = { block_id: held(255).optional() };

/** section-block */
const section = z
  .strictObject({
    type: z.literal('section'),
    ...id,
    text: anyText(3000).optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
    accessory: z
      .discriminatedUnion('type', [
        button,
        checkboxes,
        datepicker,
        imageElement,
        overflow,
        radioButtons,
        timepicker,
        ...selects,
      ])
      .optional(),
    expand: z.boolean().optional(),
  })
  .refine(
    ({ text, fields }) => text !== undefined || fields !== undefined,
    'must have one of text and fields',
  );

/** header-block */
const header = z.strictObject({ type: z.literal('header'), ...id, text: plainText(150) });

/** divider-block */
const divider = z.strictObject({ type: z.literal('divider'), ...id });

/** context-block */
const context = z.strictObject({
  type: z.literal('context'),
  ...id,
  elements: z
    .array(z.discriminatedUnion('type', [plainText(), mrkdwnText(), imageElement]))
    .min(1)
    .max(10),
});

/** actions-block */
const actions = z.strictObject({
  type: z.literal('actions'),
  ...id,
  elements: z
    .array(
      z.discriminatedUnion('type', [
        button,
        checkboxes,
        datepicker,
        datetimepicker,
        overflow,
        radioButtons,
        timepicker,
        ...selects,
      ]),
    )
    .min(1)
    .max(25),
});

/** context-actions-block */
const contextActions = z.strictObject({
  type: z.literal('context_actions'),
  ...id,
  elements: z
    .array(z.discriminatedUnion('type', [feedbackButtons, iconButton]))
    .min(1)
    .max(5),
});

/** image-block */
const image = z
  .strictObject({
    type: z.literal('image'),
    ...id,
    alt_text: held(2000),
    title: plainText(2000).optional(),
    image_url: held(3000).optional(),
    slack_file: slackFile.optional(),
  })
  .refine(oneSource, 'must have one of image_url and slack_file');

/** input-block */
const asked = [checkboxes, datepicker, radioButtons, timepicker, ...selects, plainTextInput] as const;
const inputOf = <T extends z.ZodType>(element: T) =>
  z.strictObject({
    type: z.literal('input'),
    ...id,
    label: plainText(2000),
    hint: plainText(2000).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
    element,
  });
const input = inputOf(z.discriminatedUnion('type', [...asked]));
const modalInput = inputOf(z.discriminatedUnion('type', [...asked, datetimepicker, ...modalInputs]));

/** alert-block */
const alert = z.strictObject({
  type: z.literal('alert'),
  ...id,
  text: anyText(200),
  level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
});

/** card-block */
const card = z
  .strictObject({
    type: z.literal('card'),
    ...id,
    hero_image: imageElement.optional(),
    icon: imageElement.optional(),
    title: anyText(150).optional(),
    subtitle: anyText(150).optional(),
    body: anyText(200).optional(),
    actions: z.array(button).min(1).max(3).optional(),
  })
  .refine(
    ({ hero_image, title, actions, body }) =>
      [hero_image, title, actions, body].some(part => part !== undefined),
    'must have one of hero_image, title, actions and body',
  );

/** carousel-block */
const carousel = z.strictObject({
  type: z.literal('carousel'),
  ...id,
  elements: z.array(card).min(1).max(10),
});

/** markdown-block: of all of a message together 12,000 characters. */
const markdown = z.strictObject({ type: z.literal('markdown'), ...id, text: held(12_000) });

/** task-card-block, plan-block */
const taskCard = z.strictObject({
  type: z.literal('task_card'),
  ...id,
  task_id: held(255),
  title: held(3000),
  status: z.enum(['pending', 'in_progress', 'complete', 'error']),
  details: richText.optional(),
  output: richText.optional(),
  sources: z.array(urlSource).optional(),
});
const plan = z.strictObject({
  type: z.literal('plan'),
  ...id,
  title: held(3000),
  tasks: z.array(taskCard).optional(),
});

/** container-block: its children are what both its page and Slack's own check take. */
const container = z
  .strictObject({
    type: z.literal('container'),
    ...id,
    title: plainText(150).optional(),
    rich_text_title: richText.optional(),
    subtitle: anyText(150).optional(),
    child_blocks: z
      .array(z.discriminatedUnion('type', [actions, context, divider, header, image, section, table]))
      .min(1)
      .max(10),
    width: z.enum(['narrow', 'standard', 'wide', 'full']).optional(),
    icon: imageElement.optional(),
    is_collapsible: z.boolean().optional(),
    default_collapsed: z.boolean().optional(),
    has_header_divider: z.boolean().optional(),
  })
  .refine(
    ({ title, rich_text_title: rich }) => title !== undefined || rich !== undefined,
    'must have a title',
  )
  .refine(
    ({ is_collapsible: can, default_collapsed: is }) => !(is === true && can !== true),
    'must be collapsible to be collapsed',
  );

/**
 * Where Slack takes which: https://docs.slack.dev/blocks.json ("available-in-surfaces"). Stricter than that page in two
 * things that were seen not to work: cards in modals, and tables on Home tabs.
 */
export const messageBlock = z.discriminatedUnion('type', [
  actions,
  card,
  carousel,
  container,
  context,
  contextActions,
  dataTable,
  divider,
  header,
  image,
  input,
  markdown,
  plan,
  richText,
  section,
  table,
  taskCard,
]);

const everywhere = [actions, context, divider, header, image, richText, section] as const;

export const modalBlock = z.discriminatedUnion('type', [...everywhere, alert, modalInput]);

export const homeBlock = z.discriminatedUnion('type', [...everywhere, card, carousel, input]);
