import { z } from 'zod';
import {
  confirmation,
  dispatchConfig,
  held,
  menuOption,
  plainText,
  slackFile,
  textOption,
} from './composition.ts';
import { selecting } from './selects.ts';

/** https://docs.slack.dev/reference/block-kit/block-elements; each named as its page. */

const actionable = { action_id: held(255).optional() };
const confirmable = { confirm: confirmation.optional() };
const focusable = { focus_on_load: z.boolean().optional() };
const placeheld = { placeholder: plainText(150).optional() };
const dispatching = { dispatch_action_config: dispatchConfig.optional() };
const label = { accessibility_label: held(75).optional() };
const style = z.enum(['primary', 'danger']).optional();

/** button-element */
export const button = z.strictObject({
  type: z.literal('button'),
  ...actionable,
  ...confirmable,
  ...label,
  text: plainText(75),
  value: held(2000).optional(),
  url: held(3000).optional(),
  style,
});

/** overflow-menu-element: 2 to 5 options. */
export const overflow = z.strictObject({
  type: z.literal('overflow'),
  ...actionable,
  ...confirmable,
  options: z.array(menuOption).min(2).max(5),
});

/** feedback-buttons-element */
const feedbackSide = z.strictObject({ text: plainText(75), value: held(2000), ...label });
export const feedbackButtons = z.strictObject({
  type: z.literal('feedback_buttons'),
  ...actionable,
  positive_button: feedbackSide,
  negative_button: feedbackSide,
});

/** icon-button-element */
export const iconButton = z.strictObject({
  type: z.literal('icon_button'),
  ...actionable,
  ...confirmable,
  ...label,
  icon: z.literal('trash'),
  text: plainText(75),
  value: held(2000).optional(),
  visible_to_user_ids: z.array(held(255)).optional(),
});

/** image-element: image_url or slack_file, and always what it shows in words. */
export const imageElement = z
  .strictObject({
    type: z.literal('image'),
    alt_text: held(2000),
    image_url: held(3000).optional(),
    slack_file: slackFile.optional(),
  })
  .refine(oneSource, 'must have one of image_url and slack_file');

export function oneSource(image: { image_url?: string | undefined; slack_file?: unknown }): boolean {
  return (image.image_url === undefined) !== (image.slack_file === undefined);
}

/** checkboxes-element, radio-button-group-element: at most 10 options. */
export const checkboxes = z.strictObject({
  type: z.literal('checkboxes'),
  ...actionable,
  ...confirmable,
  ...focusable,
  options: z.array(textOption).min(1).max(10),
  initial_options: z.array(textOption).min(1).max(10).optional(),
});
export const radioButtons = z.strictObject({
  type: z.literal('radio_buttons'),
  ...actionable,
  ...confirmable,
  ...focusable,
  options: z.array(textOption).min(1).max(10),
  initial_option: textOption.optional(),
});

/** date-picker-element, time-picker-element, datetime-picker-element */
export const datepicker = z.strictObject({
  type: z.literal('datepicker'),
  ...selecting,
  initial_date: z.iso.date().optional(),
});
export const timepicker = z.strictObject({
  type: z.literal('timepicker'),
  ...selecting,
  initial_time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .optional(),
  timezone: held(100).optional(),
});
export const datetimepicker = z.strictObject({
  type: z.literal('datetimepicker'),
  ...actionable,
  ...confirmable,
  ...focusable,
  initial_date_time: z.int().min(1_000_000_000).max(9_999_999_999).optional(),
});

/** plain-text-input-element, number-input-element, email-input-element, url-input-element, file-input-element */
const typed = { ...actionable, ...dispatching, ...focusable, ...placeheld };
export const plainTextInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    ...typed,
    initial_value: z.string().max(3000).optional(),
    multiline: z.boolean().optional(),
    min_length: z.int().min(0).max(3000).optional(),
    max_length: z.int().min(1).max(3000).optional(),
  })
  .refine(
    ({ min_length = 0, max_length = 3000 }) => min_length <= max_length,
    'min_length must not be greater than max_length',
  );
/** Their pages name modals only. */
export const modalInputs = [
  z.strictObject({
    type: z.literal('number_input'),
    ...typed,
    is_decimal_allowed: z.boolean(),
    initial_value: z.string().optional(),
    min_value: z.string().optional(),
    max_value: z.string().optional(),
  }),
  z.strictObject({ type: z.literal('email_text_input'), ...typed, initial_value: z.string().optional() }),
  z.strictObject({ type: z.literal('url_text_input'), ...typed, initial_value: z.string().optional() }),
  z.strictObject({
    type: z.literal('file_input'),
    ...actionable,
    filetypes: z.array(held(255)).min(1).optional(),
    max_files: z.int().min(1).max(10).optional(),
  }),
] as const;

/** url-source-element */
export const urlSource = z.strictObject({ type: z.literal('url'), url: held(3000), text: held(3000) });
