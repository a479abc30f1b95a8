import type { View } from './types.ts';

interface InputElement {
  type: string;
  action_id: string;
  options?: { value: string }[];
  initial_value?: string;
  initial_option?: object;
  initial_options?: object[];
}

/** What a view's state says when these fields were filled in, by action_id or block_id; what Slack would not let through is an error. */
export function stateOf(
  view: View,
  values: Record<string, string | string[]>,
): Record<string, Record<string, object>> {
  const fields = view.blocks.filter(each => each.type === 'input');
  const names = fields.flatMap(block => [(block.element as InputElement).action_id, String(block.block_id)]);
  const unknown = Object.keys(values).filter(name => !names.includes(name));
  if (unknown.length > 0)
    throw new Error(`There is no ${unknown.join(', ')} to fill in; there is: ${names.join(', ')}`);
  const state: Record<string, Record<string, object>> = {};
  for (const block of fields) {
    const element = block.element as InputElement;
    const field = fieldOf(element, values[element.action_id] ?? values[String(block.block_id)]);
    const [said] = Object.values(field).slice(1);
    if (block.optional !== true && (said === null || (Array.isArray(said) && said.length === 0)))
      throw new Error(`Slack asks to fill in ${element.action_id}`);
    state[String(block.block_id)] = { [element.action_id]: field };
  }
  return state;
}

function fieldOf(element: InputElement, given: string | string[] | undefined): object {
  const { type, options } = element;
  if (options) {
    const chosen = (given === undefined ? [] : [given].flat()).map(value => {
      const option = options.find(each => each.value === value);
      if (!option) throw new Error(`${element.action_id} has no option ${value}`);
      return option;
    });
    if (type === 'checkboxes' || type.startsWith('multi_'))
      return { type, selected_options: given === undefined ? (element.initial_options ?? []) : chosen };
    return { type, selected_option: chosen[0] ?? element.initial_option ?? null };
  }
  if (type === 'datepicker') return { type, selected_date: given ?? null };
  if (type === 'timepicker') return { type, selected_time: given ?? null };
  if (type === 'users_select') return { type, selected_user: given ?? null };
  if (type === 'conversations_select') return { type, selected_conversation: given ?? null };
  return { type, value: given ?? element.initial_value ?? null };
}
