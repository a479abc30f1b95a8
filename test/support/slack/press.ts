import type { Block, Message, View } from './types.ts';

interface Element {
  type: string;
  action_id?: string;
  value?: string;
  text?: unknown;
  [field: string]: unknown;
}

/** The action of a pressed element; an error that names what is there where none is it. */
export function actionOf(
  target: Message | View,
  actionId: string,
  value: string | undefined,
  ts: string,
): object {
  const all = target.blocks.flatMap(block => elementsOf(block).map(element => ({ block, element })));
  for (const { block, element } of all) {
    if (element.action_id !== actionId) continue;
    const chosen = choice(element, value);
    if (chosen)
      return { type: element.type, action_id: actionId, block_id: block.block_id, action_ts: ts, ...chosen };
  }
  const there = all.map(({ element }) => `${element.action_id}${element.value ? `=${element.value}` : ''}`);
  throw new Error(
    `There is no ${actionId}${value ? ` with ${value}` : ''} to press; there is: ${there.join(', ')}`,
  );
}

/** Everything with an action_id inside a block, however deep. */
export function elementsOf(block: Block): Element[] {
  const found: Element[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) walk(each);
    if (Array.isArray(value) || typeof value !== 'object' || value === null) return;
    if (typeof (value as Element).action_id === 'string' && typeof (value as Element).type === 'string')
      found.push(value as Element);
    for (const each of Object.values(value)) walk(each);
  };
  walk(block);
  return found;
}

/** What an action says of what was chosen; null where the element has no such choice. */
function choice(element: Element, value: string | undefined): object | null {
  if (element.type === 'feedback_buttons') {
    const buttons = [element.positive_button, element.negative_button] as { value: string; text: unknown }[];
    const button = buttons.find(each => each.value === value);
    return button ? { value: button.value, text: button.text } : null;
  }
  if (Array.isArray(element.options)) {
    const options = element.options as { value: string }[];
    const option = options.find(each => each.value === value);
    if (!option) return null;
    return element.type.startsWith('multi_') || element.type === 'checkboxes'
      ? { selected_options: [option] }
      : { selected_option: option };
  }
  if (value !== undefined && element.value !== value) return null;
  return {
    ...(element.value === undefined ? {} : { value: element.value }),
    ...(element.text === undefined ? {} : { text: element.text }),
  };
}
