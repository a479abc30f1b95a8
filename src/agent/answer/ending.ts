import type { Answer } from '../../state/answers.ts';
import type { ToolCall } from '../loop/loop.ts';
import type { AnswerResult } from './answer.ts';
import { marked } from './faults.ts';
import { withoutModelInstead } from './without-model.ts';
import type { Draft, Writing } from './write.ts';

/** How an answer ended, as surfaces tell it. */
export interface Ended {
  text: string;
  author: AnswerResult['author'];
  stop: AnswerResult['stop'];
  why: string | null;
  unsupported: string[];
  calls: ToolCall[];
  /** Whether the thread keeps it. */
  keeps: boolean;
}

export const nothing: Ended = {
  text: '',
  author: 'model',
  stop: 'failed',
  why: null,
  unsupported: [],
  calls: [],
  keeps: false,
};

export const outcomes: Readonly<Record<AnswerResult['stop'], Answer['outcome']>> = {
  answered: 'answered',
  'cut-off': 'answered',
  refused: 'refused',
  limit: 'limit',
  'context-full': 'fallback',
  cancelled: 'cancelled',
  failed: 'failed',
};

/** Every way of stopping, in plain words. */
export async function endingOf(writing: Writing, draft: Draft): Promise<Ended> {
  const { onEvent } = writing;
  const { result, text, faults, calls, told } = draft;
  const { stop, why } = result;
  const ended: Ended = { ...nothing, stop, why, calls };
  const show = (shown: string) => {
    if (!shown.startsWith(told)) onEvent({ kind: 'again' });
    onEvent({ kind: 'text', text: shown.startsWith(told) ? shown.slice(told.length) : shown });
    return shown;
  };
  switch (stop) {
    case 'cancelled':
      return ended;
    case 'refused':
      return {
        ...ended,
        text: show(`${why} Ask it in other words; \`kindred segments\` shows what there is to ask about.`),
      };
    case 'answered':
    case 'cut-off': {
      if (text === '') break;
      const unsupported = faults.unsupported.map(each => each.text);
      const end = stop === 'cut-off' ? `\n\n(${why})` : '';
      return { ...ended, text: show(`${marked(text, faults)}${end}`), unsupported, keeps: true };
    }
  }
  const instead = await withoutModelInstead(writing, why ?? 'The model said nothing.');
  return {
    ...ended,
    text: show(instead.text),
    author: 'deterministic',
    calls: [...calls, ...instead.calls],
  };
}
