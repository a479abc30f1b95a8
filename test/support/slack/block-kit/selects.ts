import { z } from 'zod';
import {
  confirmation,
  conversationFilter,
  held,
  optionGroup,
  plainOption,
  plainText,
} from './composition.ts';

/** https://docs.slack.dev/reference/block-kit/block-elements: menus to choose from. */

/** select-menu-element and multi-select-menu-element: options or option_groups, at most 100. */
export const selecting = {
  action_id: held(255).optional(),
  confirm: confirmation.optional(),
  focus_on_load: z.boolean().optional(),
  placeholder: plainText(150).optional(),
};
const several = { max_selected_items: z.int().min(1).optional() };
const listed = {
  options: z.array(plainOption).min(1).max(100).optional(),
  option_groups: z.array(optionGroup).min(1).max(100).optional(),
};
const fromOneList = (select: { options?: unknown; option_groups?: unknown }) =>
  (select.options === undefined) !== (select.option_groups === undefined);
const needsList = 'must have one of options and option_groups';
const ofConversations = {
  default_to_current_conversation: z.boolean().optional(),
  filter: conversationFilter.optional(),
};
const responding = { response_url_enabled: z.boolean().optional() };
const least = { min_query_length: z.int().min(0).optional() };

export const selects = [
  z
    .strictObject({
      type: z.literal('static_select'),
      ...selecting,
      ...listed,
      initial_option: plainOption.optional(),
    })
    .refine(fromOneList, needsList),
  z.strictObject({
    type: z.literal('external_select'),
    ...selecting,
    ...least,
    initial_option: plainOption.optional(),
  }),
  z.strictObject({ type: z.literal('users_select'), ...selecting, initial_user: held(255).optional() }),
  z.strictObject({
    type: z.literal('conversations_select'),
    ...selecting,
    ...ofConversations,
    ...responding,
    initial_conversation: held(255).optional(),
  }),
  z.strictObject({
    type: z.literal('channels_select'),
    ...selecting,
    ...responding,
    initial_channel: held(255).optional(),
  }),
  z
    .strictObject({
      type: z.literal('multi_static_select'),
      ...selecting,
      ...several,
      ...listed,
      initial_options: z.array(plainOption).min(1).max(100).optional(),
    })
    .refine(fromOneList, needsList),
  z.strictObject({
    type: z.literal('multi_external_select'),
    ...selecting,
    ...several,
    ...least,
    initial_options: z.array(plainOption).min(1).optional(),
  }),
  z.strictObject({
    type: z.literal('multi_users_select'),
    ...selecting,
    ...several,
    initial_users: z.array(held(255)).optional(),
  }),
  z.strictObject({
    type: z.literal('multi_conversations_select'),
    ...selecting,
    ...several,
    ...ofConversations,
    initial_conversations: z.array(held(255)).optional(),
  }),
  z.strictObject({
    type: z.literal('multi_channels_select'),
    ...selecting,
    ...several,
    initial_channels: z.array(held(255)).optional(),
  }),
] as const;
