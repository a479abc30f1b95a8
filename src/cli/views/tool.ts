import { z } from 'zod';
import type { Unit } from '../../features/feature.ts';
import { formatValue } from '../../segmentation/wording.ts';
import type { Tool } from '../../tools/tool.ts';
import { textTable } from './table.ts';
import { indent, wrap } from './text.ts';

export function toolsView(tools: readonly Tool[], width: number): string {
  const rows = tools.map(({ name, effect, role, slow, description }) => [
    name,
    `${effect}${slow ? ', slow' : ''}`,
    role,
    description,
  ]);
  return textTable(
    [{ head: 'Tool' }, { head: 'Effect' }, { head: 'Role' }, { head: 'What it answers', grows: true }],
    rows,
    width,
  );
}

interface Told {
  currency: string | null;
  width: number;
}

/** A tool's result in plain text: figures by their units, lists as points. */
export function toolResultView({ output }: Tool, value: Record<string, unknown>, width: number): string {
  const currency = typeof value.currency === 'string' ? value.currency : null;
  return `${linesOf(output, value, { currency, width }).join('\n')}\n`;
}

function linesOf(schema: z.ZodObject, value: Record<string, unknown>, told: Told): string[] {
  return Object.entries(schema.shape).flatMap(([key, field]) =>
    key === 'currency' ? [] : fieldLines(spaced(key), field as z.ZodType, value[key], told),
  );
}

function fieldLines(label: string, schema: z.ZodType, value: unknown, told: Told): string[] {
  const plain = plainOf(schema, value, told);
  if (plain !== null) return wrap(`${label}: ${plain}`, told.width).split('\n').map(hanging);
  const inner = { ...told, width: told.width - 2 };
  return [`${label}:`, ...blockLines(schema, value, inner).map(line => indent(line, 2))];
}

const hanging = (line: string, i: number) => (i === 0 ? line : `  ${line}`);

/** Of a list or an object with something in it. */
function blockLines(schema: z.ZodType, value: unknown, told: Told): string[] {
  const bare = bareOf(schema, value);
  if (bare instanceof z.ZodObject) return linesOf(bare, value as Record<string, unknown>, told);
  if (bare instanceof z.ZodRecord)
    return Object.entries(value as object).flatMap(([key, item]) =>
      fieldLines(key, bare.valueType as z.ZodType, item, told),
    );
  const { element } = bare as z.ZodArray;
  const table = tableOf(element as z.ZodType, value as unknown[], told);
  if (table !== null) return table;
  return (value as unknown[]).flatMap(item => pointLines(element as z.ZodType, item, told));
}

/** A list of objects without lists in them, where it fits into the width. */
function tableOf(schema: z.ZodType, items: readonly unknown[], told: Told): string[] | null {
  const bare = bareOf(schema, items[0]);
  if (!(bare instanceof z.ZodObject) || items.length < 2) return null;
  const fields = Object.entries(bare.shape) as [string, z.ZodType][];
  const rows = items.map(item =>
    fields.map(([key, field]) => plainOf(field, (item as Record<string, unknown>)[key], told)),
  );
  const cells = rows.filter(row => row.every(cell => cell !== null)) as string[][];
  if (cells.length < rows.length) return null;
  const aligned = fields.map(([key], j) => ({
    head: spaced(key),
    align: cells.every(row => /^(–|fewer|[-£$€]?\d)/.test(row[j]!)) ? ('right' as const) : ('left' as const),
  }));
  // Only words can be broken: keys and figures stay whole.
  const widths = aligned.map((_, j) =>
    Math.max(...cells.map(row => (row[j]!.includes(' ') ? row[j]!.length : 0))),
  );
  const widest = widths.indexOf(Math.max(...widths));
  const columns = aligned.map((column, j) => ({ ...column, grows: j === widest && widths[j]! > 0 }));
  const lines = textTable(columns, cells, told.width).trimEnd().split('\n');
  return lines.every(line => line.length <= told.width) ? lines : null;
}

function pointLines(schema: z.ZodType, value: unknown, told: Told): string[] {
  const plain = plainOf(schema, value, told);
  const inner = { ...told, width: told.width - 2 };
  const lines = plain === null ? blockLines(schema, value, inner) : wrap(plain, inner.width).split('\n');
  return lines.map((line, i) => `${i === 0 ? '- ' : '  '}${line}`);
}

/** On one line; null where it takes several. */
function plainOf(schema: z.ZodType, value: unknown, { currency }: Told): string | null {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number') return formatValue(value, unitOf(schema, value), currency);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  return Object.keys(value).length === 0 ? 'none' : null;
}

function unitOf(schema: z.ZodType, value: unknown): Unit {
  const unit = schema.meta()?.unit as Unit | undefined;
  if (unit !== undefined) return unit;
  const bare = bareOf(schema, value);
  return bare === schema ? 'score' : unitOf(bare, value);
}

/** Without wrappers; of a union the alternative that fits. */
function bareOf(schema: z.ZodType, value: unknown): z.ZodType {
  if (schema.meta()?.unit !== undefined) return schema;
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return bareOf(schema.unwrap() as z.ZodType, value);
  if (schema instanceof z.ZodUnion) {
    const fitting = (schema.options as z.ZodType[]).find(option => option.safeParse(value).success);
    return fitting ? bareOf(fitting, value) : schema;
  }
  return schema;
}

/** "revenuePerCustomer" as "revenue per customer". */
const spaced = (key: string) => key.replaceAll(/(?<=[a-z])(?=[A-Z\d])|(?<=\d)(?=[A-Z])/g, ' ').toLowerCase();
