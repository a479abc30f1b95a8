import type { BetaRunnableTool } from '@anthropic-ai/sdk/lib/tools/BetaRunnableTool';
import { ToolError } from '@anthropic-ai/sdk/lib/tools/ToolError';
import { InputError, KindredError } from '../../errors.ts';
import { throughModel } from '../../segmentation/proposals/opened-by.ts';
import type { Message } from '../../state/conversations.ts';
import { inputSchema } from '../../tools/inputs/json-schema.ts';
import { runTool } from '../../tools/run-tool.ts';
import type { Tool, ToolContext } from '../../tools/tool.ts';
import type { ModelAccess } from '../model/access.ts';

/** What a loop tells while it runs. */
export type LoopEvent =
  | { kind: 'text'; text: string }
  /** A reply broke off and is asked for again: the text that was told of it, since the last tool or the start, is void. */
  | { kind: 'again' }
  | { kind: 'tool'; name: string; title: string }
  /** `defect`: what was thrown, where it is nobody's fault but ours. It is for a log, not for the asker. */
  | { kind: 'tool-done'; name: string; ok: boolean; defect?: unknown };

/** What came of a call; one of both is null. */
export interface Outcome {
  output: unknown | null;
  error: string | null;
}

export interface ToolCall extends Outcome {
  name: string;
  input: unknown;
}

interface RunnableOptions {
  context: ToolContext;
  /** The model that calls them. */
  access: Pick<ModelAccess, 'id'>;
  registry: readonly Tool[];
  onEvent: (event: LoopEvent) => void;
  /** Filled with what came of each call, by its id. */
  outcomes: Map<string, Outcome>;
  /** Whether the model may make one more request only, after these results. */
  isLast: () => boolean;
}

/** Characters of one result. Tools are meant to stay far below; a model that reads more has no room for an answer. */
const longestResult = 40_000;
const longestError = 1500;

/** The tools that a model may call, in the form of the client's tool runner. None of them decides anything. */
export function runnableTools(options: RunnableOptions): BetaRunnableTool<unknown>[] {
  return options.registry
    .filter(({ effect }) => effect !== 'write')
    .map(tool => ({
      name: tool.name,
      description: tool.description,
      input_schema: inputSchema(tool),
      parse: input => input,
      run: async (input, call) => {
        const told = await called(tool, input, call?.toolUse.id ?? '', options);
        return options.isLast() ? [block(told), block(lastWords)] : told;
      },
    }));
}

const block = (text: string) => ({ type: 'text' as const, text });
const lastWords = 'No more can be looked up for this answer: write it now, from what you have.';

/** Without the word that it was the last: for the next answer more can be looked up. */
export function withoutLastWords(content: Message['content']): Message['content'] {
  return content.map(result =>
    result.type === 'tool_result' && Array.isArray(result.content)
      ? { ...result, content: result.content.filter(({ text }) => text !== lastWords) }
      : result,
  );
}

async function called(
  { name, title, effect }: Tool,
  input: unknown,
  id: string,
  { context, access, registry, onEvent, outcomes }: RunnableOptions,
): Promise<string> {
  onEvent({ kind: 'tool', name, title });
  try {
    // Whoever decides is to see that a model proposes, and for whom: it may have misread a question, or a name.
    const actor = effect === 'read' ? context.actor : throughModel(context.actor, access.id);
    const { output } = await runTool({ ...context, actor }, name, input, registry);
    const text = JSON.stringify(output);
    if (text.length > longestResult)
      throw new InputError(`The result of ${name} is too long to be read.`, 'Ask for less of it at once.');
    outcomes.set(id, { output, error: null });
    onEvent({ kind: 'tool-done', name, ok: true });
    return text;
  } catch (error) {
    const said = wordsOf(error, context.signal);
    outcomes.set(id, { output: null, error: said });
    const defect = error instanceof KindredError || context.signal?.aborted ? {} : { defect: error };
    onEvent({ kind: 'tool-done', name, ok: false, ...defect });
    throw new ToolError(said);
  }
}

/** What went wrong and what to do; of a defect, which may hold anything, only that there is one. */
function wordsOf(error: unknown, signal: AbortSignal | undefined): string {
  if (signal?.aborted) return 'The question was taken back.';
  if (!(error instanceof KindredError))
    return 'This tool failed through no fault of the call. Do not call it again; say what could not be looked up.';
  const said = `${error.message} ${error.next}`;
  return said.length > longestError ? `${said.slice(0, longestError)}…` : said;
}
