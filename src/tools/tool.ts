import type { z } from 'zod';
import type { Role } from '../access/roles.ts';
import type { ActivationContext } from '../activation/context.ts';
import type { Pool } from '../clustering/pool.ts';
import type { Progress } from '../progress.ts';
import type { State } from '../state/state.ts';
import type { Warehouse } from '../warehouse/port.ts';

export type { Role };

/** What a tool does to what is kept: nothing, opens a proposal for a person, or changes it. */
export type Effect = 'read' | 'propose' | 'write';

/** What a tool is given to work with; every surface makes one. */
export interface ToolContext {
  warehouse: Warehouse;
  state: State;
  pool: Pool;
  now: () => Date;
  /** How audiences get to the tools that are connected; absent where none can be reached. */
  activation?: ActivationContext;
  /** Who asks, for the audit: a person, however they came here. */
  actor: string;
  role: Role;
  /** Steps of tools that take long; throws where the caller gave up. */
  progress: Progress;
  signal?: AbortSignal | undefined;
  /**
   * One call at a time has the stores: each runs in a turn of its own, so that an answer that takes a minute does not
   * hold them for a minute.
   */
  turn<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/**
 * Something that the agent, an MCP client, Slack or the command line can ask of Kindred. It returns a domain object;
 * surfaces convert it. What it returns may reach a language model: its `output` schema is made of the values of
 * `results/values.ts`, which cannot hold a count of fewer than ten customers.
 */
export interface Tool<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodObject = z.ZodObject> {
  /** snake_case verb and object: `show_segment`. */
  name: string;
  /** For people: "Show a segment". */
  title: string;
  /** For models: what it answers, and what it needs. One or two sentences. */
  description: string;
  input: Input;
  output: Output;
  effect: Effect;
  role: Role;
  /** Takes seconds or minutes: tells progress and can be cancelled. All others answer within 300 ms. */
  slow?: true;
  /** Waits for others than the stores: takes its turns by itself, so that it holds nobody up meanwhile. */
  takesTurns?: true;
  run(context: ToolContext, input: z.output<Input>): Promise<z.input<Output>>;
}

/** Infers a tool's types from its schemas. */
export function tool<Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: Tool<Input, Output>,
): Tool {
  // The one place that forgets which input belongs to which tool: run-tool.ts parses before it runs.
  return definition as unknown as Tool;
}
