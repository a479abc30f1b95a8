import type { AnswerResult } from '../../agent/answer/answer.ts';
import { proposalsIn } from '../../agent/answer/sources.ts';
import { withAKey } from '../../agent/answer/without-model.ts';
import { wrap } from './text.ts';

/** An answer's text, line by line: what stands under a mark of a list keeps its distance from the margin. */
export function answerText(markdown: string, width: number): string {
  return markdown
    .split('\n')
    .map(line => {
      const [, before, text] = /^(\s*(?:[-*•]|\d{1,2}[.)])\s+)?(.*)$/.exec(line.trimEnd())!;
      const plain = text!.replaceAll(/\*\*(.+?)\*\*/g, '$1').replace(/^#+\s+/, '');
      if (before === undefined) return wrapped(plain, width).join('\n');
      const margin = ' '.repeat(before.length + 2);
      return wrapped(plain, Math.max(20, width - margin.length))
        .map((part, i) => (i === 0 ? `  ${before}${part}` : `${margin}${part}`))
        .join('\n');
    })
    .join('\n');
}

/** Commands stay in one line, to be copied. */
function wrapped(text: string, width: number): string[] {
  const whole = text.replaceAll(/`[^`]*`/g, code => code.replaceAll(' ', '\0'));
  return wrap(whole, width).replaceAll('\0', ' ').split('\n');
}

/** What stands under an answer: where its figures come from, what waits for a person, how to go on and to judge it. */
export function answerFooter({ usage, sources, calls, thread, reply }: AnswerResult, width: number): string {
  const from = sources.map(({ what, asOf }) => `  ${what}${asOf === null ? '' : `, as of ${asOf}`}`);
  const proposals = proposalsIn(calls).map(
    id => `  ${id}: kindred proposals show ${id}, then kindred approve ${id} or kindred reject ${id}`,
  );
  const parts = [
    section('From', from),
    section('Waiting for a person', proposals),
    thread === null ? '' : section('To go on', [`  kindred ask --thread ${thread} "…"`]),
    reply === null
      ? ''
      : section('Was it of use?', [
          `  kindred feedback good r-${reply}`,
          `  kindred feedback bad r-${reply} "what was wrong"`,
        ]),
    usage === null ? `${wrap(withAKey, width)}\n` : '',
  ];
  return parts.filter(part => part !== '').join('\n');
}

const section = (head: string, lines: readonly string[]) =>
  lines.length === 0 ? '' : `${head}\n${lines.join('\n')}\n`;
