import type { StandardSchemaWithJSON, ToolAnnotations } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { inputSchema } from '../../tools/inputs/json-schema.ts';
import type { Effect, Tool } from '../../tools/tool.ts';
import { isPaged, pageInput, pageOutput } from './paging.ts';

type JsonObject = Record<string, unknown>;

/** What clients may do on their own and what they had better ask a person about, all four hints said. */
const annotations = {
  read: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  propose: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  write: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
} as const satisfies Record<Effect, ToolAnnotations>;

export const annotationsOf = (effect: Effect): ToolAnnotations => annotations[effect];

/** A tool of the registry as clients are told of it. Servers are made often, and schemas are the same in all of them. */
export function definitionOf(tool: Tool) {
  const { title, description, effect } = tool;
  return {
    title,
    description,
    annotations: annotationsOf(effect),
    inputSchema: advertised(kept(inputs, tool, inputOf)),
    outputSchema: advertised(kept(outputs, tool, outputOf)),
  };
}

/**
 * Tells a schema and holds nothing to it: inputs are read where they are used, in words that say what to do, and results
 * are held to their schema by `runTool`.
 */
export function advertised(json: JsonObject): StandardSchemaWithJSON<JsonObject> {
  return {
    '~standard': {
      version: 1,
      vendor: 'kindred',
      validate: value => ({ value: value as JsonObject }),
      jsonSchema: { input: () => json, output: () => json },
    },
  };
}

/** The JSON schema of results as validators of all clients read it: without what is ours, and without bounds that every number has. */
export function outputSchema(output: z.ZodObject): JsonObject {
  const { $schema: _, ...schema } = z.toJSONSchema(output, { io: 'output', override: plain });
  return schema;
}

const inputs = new WeakMap<Tool, JsonObject>();
const outputs = new WeakMap<Tool, JsonObject>();

function kept(known: WeakMap<Tool, JsonObject>, tool: Tool, make: (tool: Tool) => JsonObject): JsonObject {
  const schema = known.get(tool) ?? make(tool);
  known.set(tool, schema);
  return schema;
}

const inputOf = (tool: Tool) => inputSchema(isPaged(tool) ? { input: tool.input.extend(pageInput) } : tool);

const outputOf = (tool: Tool) => outputSchema(isPaged(tool) ? tool.output.extend(pageOutput) : tool.output);

function plain({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  delete jsonSchema.unit;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}
