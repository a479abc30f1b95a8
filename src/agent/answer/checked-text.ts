import { tools } from '../../tools/registry.ts';
import type { Tool } from '../../tools/tool.ts';
import type { LoopEvent } from '../loop/loop.ts';
import type { Call } from './evidence.ts';

/** Lets a text through as it is written, paragraph by paragraph, until one does not pass. */
export interface CheckedText {
  onEvent(event: LoopEvent): void;
  /** What was let through since the last tool, or since the start. */
  told(): string;
}

/**
 * @param passes told all of the text so far, without what stands after the last paragraph's end
 */
export function checkedText(
  passes: (text: string) => boolean,
  tell: (event: LoopEvent) => void,
): CheckedText {
  let text = '';
  let told = '';
  let held = false;
  const begin = () => {
    text = '';
    told = '';
    held = false;
  };
  return {
    told: () => told,
    onEvent(event) {
      if (event.kind === 'text') {
        text += event.text;
        const whole = text.slice(0, text.lastIndexOf('\n') + 1);
        if (held || whole.length <= told.length) return;
        held = !passes(whole);
        if (held) return;
        tell({ kind: 'text', text: whole.slice(told.length) });
        told = whole;
        return;
      }
      // What a model says before it calls a tool is no part of its answer.
      const isVoid = event.kind === 'again' || event.kind === 'tool';
      if (isVoid && told !== '') tell({ kind: 'again' });
      if (isVoid) begin();
      if (event.kind !== 'again') tell(event);
    },
  };
}

/** The registry, with a word of each result to `tell` as it comes: text that follows is checked against it at once. */
export function watchedTools(tell: (call: Call) => void, registry: readonly Tool[] = tools): Tool[] {
  return registry.map(tool => ({
    ...tool,
    async run(context, input) {
      const output = await tool.run(context, input);
      tell({ name: tool.name, input, output });
      return output;
    },
  }));
}
