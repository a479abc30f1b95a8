import { z } from 'zod';
import type { ModelAccess } from '../../src/agent/model/access.ts';
import { type Meter, startMeter } from '../../src/agent/model/meter.ts';
import type { Answer } from '../../src/state/answers.ts';
import { type Tool, type ToolContext, tool } from '../../src/tools/tool.ts';
import { createTurns, type Turns } from '../../src/turns.ts';

export const now = new Date('2026-03-02T09:00:00Z');

/** Answers that are kept in memory. */
export function keptAnswers(before: readonly Answer[] = []) {
  const rows = [...before];
  return {
    rows,
    answers: {
      record: async (answer: Answer) => rows.push(answer),
      list: async ({ from, until }: { from: string; until: string }) =>
        rows.filter(({ at }) => at >= from && at < until),
    },
  };
}

export function meterOf(access: ModelAccess, state = keptAnswers()): Meter {
  return startMeter({
    state,
    access,
    now: () => now,
    actor: 'tester',
    surface: 'cli',
    purpose: 'answer',
    promptVersion: '1',
    thread: null,
  });
}

/** A context for tools that touch no store. */
export function storeless(turns: Turns = createTurns()): ToolContext {
  const none = {} as never;
  return {
    warehouse: none,
    state: none,
    pool: none,
    now: () => now,
    actor: 'tester',
    role: 'analyst',
    progress: () => {},
    turn: (name, work) => turns.take(name, work),
  };
}

export function madeTool(
  name: string,
  run: (context: ToolContext, input: { what: string }) => Promise<Record<string, unknown>>,
  more: Partial<Tool> = {},
): Tool {
  const made = tool({
    name,
    title: `The title of ${name}`,
    description: `What ${name} does.`,
    input: z.object({ what: z.string() }),
    output: z.looseObject({}),
    effect: 'read',
    role: 'viewer',
    run,
  });
  return { ...made, ...more };
}
