import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { filterShape } from '../../../src/segmentation/audiences/filter/filter.ts';
import { inputSchema } from '../../../src/tools/inputs/json-schema.ts';
import { share } from '../../../src/tools/results/values.ts';

describe('inputSchema', () => {
  it('says names, types, what is needed and what it is for, and nothing else', () => {
    const input = z.object({
      segment: z.string().min(1).max(200).describe('key of a segment'),
      most: z.number().int().default(5),
      above: share.optional(),
    });
    expect(inputSchema({ input })).toEqual({
      type: 'object',
      properties: {
        segment: { type: 'string', description: 'key of a segment' },
        most: { type: 'integer', default: 5 },
        above: { type: 'number' },
      },
      required: ['segment'],
      additionalProperties: false,
    });
  });

  it('writes the filter, which holds filters, once', () => {
    const schema = inputSchema({ input: z.object({ filter: filterShape, but: filterShape.optional() }) });
    expect(schema.properties).toEqual({
      filter: { $ref: '#/$defs/filter' },
      but: { $ref: '#/$defs/filter' },
    });
    expect(JSON.stringify(schema.$defs)).toContain('"items":{"$ref":"#/$defs/filter"}');
    expect(JSON.stringify(schema.$defs)).not.toContain('maxLength');
  });
});
