import { z } from 'zod';
import type { Tool } from '../tool.ts';

/** The JSON schema of a tool's input as models and MCP clients read it, without what costs words and tells nothing. */
export function inputSchema({ input }: Pick<Tool, 'input'>): Record<string, unknown> & { type: 'object' } {
  const { $schema: _, ...schema } = z.toJSONSchema(input.strict(), { io: 'input', override: plain });
  return { ...schema, type: 'object' };
}

function plain({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  // Ours, for facts; and the bounds that every safe integer has.
  delete jsonSchema.unit;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  // Lengths of names and lists are checked when the tool runs; a model does not need them to write a call.
  if (jsonSchema.type === 'string') {
    delete jsonSchema.minLength;
    delete jsonSchema.maxLength;
    if (
      jsonSchema.enum === undefined &&
      jsonSchema.pattern !== undefined &&
      jsonSchema.description !== undefined
    )
      delete jsonSchema.pattern;
  }
  if (jsonSchema.type === 'array') {
    delete jsonSchema.minItems;
    delete jsonSchema.maxItems;
  }
}
