import { z } from 'zod';
import { held } from './composition.ts';
import { richText } from './rich-text.ts';

/** https://docs.slack.dev/reference/block-kit/blocks: tables; each named as its page. */

const id = { block_id: held(255).optional() };
const rawText = z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) });
const rawNumber = z.strictObject({
  type: z.literal('raw_number'),
  value: z.number(),
  text: z.string().min(1),
});
const cell = z.discriminatedUnion('type', [rawText, rawNumber, richText]);

/** table-block */
export const table = z.strictObject({
  type: z.literal('table'),
  ...id,
  rows: z.array(z.array(cell).min(1).max(20)).min(1).max(100),
  column_settings: z
    .array(
      z
        .strictObject({
          align: z.enum(['left', 'center', 'right']).optional(),
          is_wrapped: z.boolean().optional(),
        })
        .nullable(),
    )
    .max(20)
    .optional(),
});

/** data-table-block */
export const dataTable = z
  .strictObject({
    type: z.literal('data_table'),
    ...id,
    caption: held(3000),
    rows: z.array(z.array(cell).min(1).max(20)).min(2).max(101),
    page_size: z.int().min(1).max(100).optional(),
    row_header_column_index: z.int().min(0).optional(),
  })
  .refine(({ rows }) => rows.every(row => row.length === rows[0]!.length), {
    message: 'must have rows of one length',
    path: ['rows'],
  })
  .refine(({ rows }) => rows[0]!.every(({ type }) => type === 'raw_text'), {
    message: 'must have raw_text cells in its header',
    path: ['rows', 0],
  })
  .refine(({ rows, row_header_column_index: index = 0 }) => index < rows[0]!.length, {
    message: 'must be the index of a column',
    path: ['row_header_column_index'],
  });
