import type { ActionsBlock, Button, ConfirmationDialog, ContextActionsBlock } from '@slack/types';
import { limits } from './limits.ts';
import { markup, plain, plainText } from './text.ts';

/** What can be pressed. Texts on it are plain; ids and values are ours, and too long a one is an error of ours. */

export interface Confirmation {
  title: string;
  /** mrkdwn of ours. */
  text: string;
  confirm: string;
  deny?: string;
  danger?: boolean;
}

export interface Pressed {
  /** `action_id`: unique within its block. */
  action: string;
  text: string;
  value?: string;
  url?: string;
  style?: 'primary' | 'danger';
  /** What a screen reader says in place of the text. */
  label?: string;
  confirm?: Confirmation;
}

export function button({ action, text, value, url, style, label, confirm }: Pressed): Button {
  return {
    type: 'button',
    action_id: fitting('action_id', action, limits.ids.action),
    text: plainText(text, limits.button.text),
    ...(value !== undefined && { value: fitting('value', value, limits.button.value) }),
    ...(url !== undefined && { url: fitting('url', url, limits.button.url) }),
    ...(style && { style }),
    ...(label !== undefined && { accessibility_label: plain(label, limits.button.label) }),
    ...(confirm && { confirm: confirmation(confirm) }),
  };
}

function confirmation({ title, text, confirm, deny = 'Cancel', danger }: Confirmation): ConfirmationDialog {
  return {
    title: plainText(title, limits.confirm.title),
    text: markup(text, limits.confirm.text),
    confirm: plainText(confirm, limits.confirm.button),
    deny: plainText(deny, limits.confirm.button),
    ...(danger && { style: 'danger' }),
  };
}

/** A row of what can be pressed. */
export function actions(elements: ActionsBlock['elements'], options: { block?: string } = {}): ActionsBlock {
  const { block } = options;
  return {
    type: 'actions',
    ...(block !== undefined && { block_id: fitting('block_id', block, limits.ids.block) }),
    elements: elements.slice(0, limits.actions.elements),
  };
}

/** Thumbs up and down below an answer. */
export function feedback(action: string, values: { good: string; bad: string }): ContextActionsBlock {
  const side = (text: string, label: string, value: string) => ({
    text: plainText(text, limits.button.text),
    accessibility_label: label,
    value: fitting('value', value, limits.button.value),
  });
  return {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: fitting('action_id', action, limits.ids.action),
        positive_button: side('Good answer', 'Say that this answer is good', values.good),
        negative_button: side('Bad answer', 'Say that this answer is bad', values.bad),
      },
    ],
  };
}

function fitting(what: string, value: string, most: number): string {
  if (value.length === 0 || value.length > most)
    throw new RangeError(`A ${what} for Slack has ${value.length} characters; it may have 1 to ${most}.`);
  return value;
}
