import type { StandardSchemaWithJSON, ToolAnnotations } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { inputSchema } from '../../tools/inputs/json-schema.ts';
import type { Effect, Tool } from '../../tools/tool.ts';

type JsonObject = Record<string, unknown>;

/** What clients may do on their own and what they had better ask a person about, all four hints said. */
const annotations = {
  read: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  propose: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  write: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
} as const satisfies Record<Effect, ToolAnnotations>;

export const annotationsOf = (effect: Effect): ToolAnnotations => annotations[effect];

const definitions = new WeakMap<Tool, ReturnType<typeof madeDefinition>>();

/** A tool of the registry as clients are told of it. Servers are made often, and it is the same in all of them. */
export function definitionOf(tool: Tool) {
  const definition = definitions.get(tool) ?? madeDefinition(tool);
  definitions.set(tool, definition);
  return definition;
}

function madeDefinition(tool: Tool) {
  const { title, description, effect, output } = tool;
  return {
    title,
    description,
    annotations: annotationsOf(effect),
    inputSchema: advertised(inputSchema(tool)),
    outputSchema: advertised(outputSchema(output)),
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

/**
 * The JSON schema of results as validators of all clients read it, in few words: without what is ours, what follows from
 * the rest, and what `runTool` holds every result to anyway.
 */
export function outputSchema(output: z.ZodObject): JsonObject {
  const { $schema: _, ...schema } = z.toJSONSchema(output, { io: 'output', override: plain });
  return schema;
}

function plain({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  delete jsonSchema.unit;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  delete jsonSchema.pattern;
  // What a later version adds is no reason to refuse a result.
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
  if (jsonSchema.enum !== undefined || jsonSchema.const !== undefined) delete jsonSchema.type;
}
