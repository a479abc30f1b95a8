import type { AnyChunk, KnownBlock } from '@slack/types';
import type { LoopEvent } from '../../agent/loop/loop.ts';
import { markdownText } from '../blocks/markdown.ts';
import { plain } from '../blocks/text.ts';

/** What a stream shows of an answer on its way, and how it becomes the answer. */
interface Plan {
  hear(event: LoopEvent): void;
  /** What is to be shown now, which counts as shown from then on; empty where there is nothing. */
  take(): AnyChunk[];
  /**
   * What is left to show of the whole text; null where what was shown is not how it begins, so that the message has to be
   * written anew. Takes nothing.
   */
  ending(text: string): AnyChunk[] | null;
  /** What the message holds when all of the text is in it: tables as they are written, which is longer than as blocks. */
  held(text: string): KnownBlock[];
  /** What was told of the text and still stands, seen or not. */
  told(): string;
}

/** Characters of text that a stream shows: what is longer comes at the end, in messages that hold it. */
export const longestStreamed = 8000;

const longestTitle = 150;
const takenBack = '\n\n*(What stood here was taken back; the answer follows.)*\n\n';

/** Over the steps, while they are taken and after. */
const working = 'Looking it up';
const worked = 'What was looked up';
const titleOf = (title: string): AnyChunk => ({ type: 'plan_update', title });

interface Step {
  id: string;
  name: string;
  title: string;
  status: 'in_progress' | 'complete' | 'error';
}

export function createPlan(): Plan {
  const steps: Step[] = [];
  const changed = new Set<Step>();
  /** Text that still stands. */
  let shown = '';
  let waiting = '';
  let length = 0;
  let isVoid = false;
  let notice = false;
  let isTitled = false;

  const hearTool = (event: LoopEvent) => {
    if (event.kind === 'tool') {
      const { name, title } = event;
      const step: Step = { id: `step-${steps.length + 1}`, name, title, status: 'in_progress' };
      steps.push(step);
      changed.add(step);
    } else if (event.kind === 'tool-done') {
      const step = steps.find(({ name, status }) => name === event.name && status === 'in_progress');
      if (!step) return;
      step.status = event.ok ? 'complete' : 'error';
      changed.add(step);
    }
  };

  /** Whole paragraphs and lines come in; nothing is shown in part. */
  const takeText = (): string => {
    if (waiting === '' || length + waiting.length > longestStreamed) return '';
    const text = notice ? takenBack + waiting : waiting;
    shown += waiting;
    length += text.length;
    waiting = '';
    notice = false;
    return text;
  };

  const stepChunks = (): AnyChunk[] =>
    [...changed].map(({ id, title, status }) => ({
      type: 'task_update',
      id,
      title: plain(title, longestTitle),
      status,
    }));
  const heading = (): AnyChunk[] => {
    if (isTitled || steps.length === 0) return [];
    isTitled = true;
    return [titleOf(working)];
  };
  const words = (text: string): AnyChunk[] =>
    text === '' ? [] : [{ type: 'markdown_text', text: markdownText(text) }];

  return {
    hear(event) {
      if (event.kind === 'text') waiting += event.text;
      else if (event.kind === 'again') {
        waiting = '';
        // What nobody saw needs no taking back.
        if (shown !== '') isVoid = notice = true;
        shown = '';
      } else hearTool(event);
    },
    take() {
      const chunks = [...heading(), ...stepChunks()];
      changed.clear();
      return [...chunks, ...words(takeText())];
    },
    ending: text =>
      !isVoid && text.startsWith(shown)
        ? [
            ...(steps.length > 0 ? [titleOf(worked)] : []),
            ...stepChunks(),
            ...words(text.slice(shown.length)),
          ]
        : null,
    held: text => [
      ...(steps.length > 0
        ? [{ type: 'plan' as const, title: worked, tasks: steps.map(({ title }) => ({ title })) }]
        : []),
      { type: 'markdown', text: markdownText(text) },
    ],
    told: () => shown + waiting,
  };
}
