import { runTool } from '../../../tools/run-tool.ts';
import type { ToolContext } from '../../../tools/tool.ts';
import type { LoopEvent, ToolCall } from '../../loop/loop.ts';

/** Runs tools for an answer, and keeps what they gave. */
export interface LookingUp {
  context: ToolContext;
  calls: ToolCall[];
  /** A tool's result, read as what the caller knows of its schema. */
  look<Result>(name: string, input?: Record<string, unknown>): Promise<Result>;
}

export function lookingUp(context: ToolContext, onEvent: (event: LoopEvent) => void): LookingUp {
  const calls: ToolCall[] = [];
  return {
    context,
    calls,
    async look<Result>(name: string, input: Record<string, unknown> = {}) {
      try {
        const { tool, output } = await runTool(context, name, input);
        onEvent({ kind: 'tool', name, title: tool.title });
        onEvent({ kind: 'tool-done', name, ok: true });
        calls.push({ name, input, output, error: null });
        return output as Result;
      } catch (error) {
        onEvent({ kind: 'tool-done', name, ok: false });
        throw error;
      }
    },
  };
}
