import { withDays } from '../../markdown/figures.ts';
import { capitalised } from '../../segmentation/wording.ts';
import { withoutTerminal } from './said.ts';

/**
 * An answer that was found without a model, as Slack shows it: dates as people write them, and no next step that is a
 * command of a terminal.
 */
export function answerText(text: string): string {
  const paragraphs = withDays(withoutTerminal(text)).split('\n\n');
  return paragraphs
    .flatMap(paragraph => {
      const [, next] = /^\*\*Next:\*\* ([\s\S]*)$/.exec(paragraph) ?? [];
      if (next === undefined) return [paragraph];
      const steps = next.split(/(?<=[.!?]) And /).filter(step => !step.includes('`kindred '));
      return steps.length === 0 ? [] : [`**Next:** ${capitalised(steps.join(' And '))}`];
    })
    .join('\n\n');
}
