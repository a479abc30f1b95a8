import { InputError, OperatorError } from '../errors.ts';
import { type FileReader, identifier, literal } from '../warehouse/port.ts';
import { cleaned, expected, type Style, typed } from './cell-expressions.ts';
import { headerKey } from './header.ts';
import type { Mapping } from './recognise.ts';
import { notReadable, type Relation, type StoredText } from './relation.ts';

/** A file about to be read. */
export interface Reading {
  /** As the asker knows it, for messages. */
  path: string;
  /** As it lies on the disk. */
  file: StoredText;
  relation: Relation;
  mapping: Mapping;
  /** ISO time; what lies more than a day after it is implausible. */
  importedAt: string;
}

/**
 * Reads a file into `import_cells` (see preset.ts), the rows that could not be split into cells into
 * `import_malformed` (position, good_before, reason, content), and makes an empty `import_links`.
 */
export async function readCells(reader: FileReader, reading: Reading): Promise<void> {
  try {
    const style: Style = {
      decimalComma: reading.relation.decimalComma,
      slashDates: await slashDates(reader, reading),
    };
    await forgetRejects(reader);
    await reader.execute(`CREATE OR REPLACE TEMP TABLE import_cells AS ${cellsSql(reading, style)}`);
  } catch (error) {
    throw ownTrouble(error) ? error : notReadable(reading.path, 'rows and cells', error);
  }
  await reader.execute(
    'CREATE OR REPLACE TEMP TABLE import_links (row_number BIGINT, table_name TEXT, target BIGINT)',
  );
  await keepMalformed(reader, reading);
}

/** Whether it is the machine's disk or memory that failed, not the file. */
function ownTrouble(error: unknown): boolean {
  return error instanceof OperatorError && /disk|memory/i.test(error.message);
}

/** Drops what `readCells` and the presets made. */
export async function forgetCells(reader: FileReader): Promise<void> {
  const tables = [
    'cells',
    'malformed',
    'links',
    'matches',
    'sales',
    'heads',
    'orders',
    'lines',
    'customers',
    'rejects',
  ];
  for (const table of tables) await reader.execute(`DROP TABLE IF EXISTS import_${table}`);
  await forgetRejects(reader);
}

async function forgetRejects(reader: FileReader): Promise<void> {
  await reader.execute('DROP TABLE IF EXISTS reject_errors');
  await reader.execute('DROP TABLE IF EXISTS reject_scans');
}

function cellsSql({ relation, mapping, file, importedAt }: Reading, style: Style): string {
  const fields = Object.entries(mapping.preset.fields);
  const present = fields.filter(([name]) => mapping.positions[name] !== undefined);
  const raw = present.map(
    ([name, { kind }]) => `${cleaned(relation.cell(mapping.positions[name]!), kind)} AS ${text(name)}`,
  );
  const broken = relation.broken ? [`${relation.broken} AS broken`] : [];
  const fingerprint = mapping.preset.prepare
    ? [`hash(${relation.names.map((_, i) => relation.cell(i)).join(', ')}) AS fingerprint`]
    : [];
  const values = present.map(
    ([name, { kind }]) => `${typed(text(name), kind, style)} AS ${identifier(name)}`,
  );
  const absent = fields
    .filter(([name]) => mapping.positions[name] === undefined)
    .map(([name, { kind }]) => `CAST(NULL AS ${types[kind]}) AS ${identifier(name)}`);
  return `
    SELECT * EXCLUDE (${[...present.map(([name]) => text(name)), ...(relation.broken ? ['broken'] : [])].join(', ')}),
      ${reason(relation, mapping, importedAt)} AS reason
    FROM (SELECT *, ${[...values, ...absent].join(',\n      ')}
      FROM (SELECT ${[...raw, ...broken, ...fingerprint].join(',\n        ')}
        FROM ${relation.from(file)}))`;
}

const types = {
  id: 'VARCHAR',
  text: 'VARCHAR',
  email: 'VARCHAR',
  phone: 'VARCHAR',
  time: 'TIMESTAMP',
  money: 'DECIMAL(18,4)',
  number: 'DOUBLE',
  flag: 'BOOLEAN',
} as const;

/** The column that holds the cleaned text of a field beside its value. */
function text(field: string): string {
  return identifier(`${field} text`);
}

function reason(relation: Relation, { preset, positions }: Mapping, importedAt: string): string {
  const daysAhead = (days: number) =>
    new Date(Date.parse(importedAt) + days * 86_400_000).toISOString().slice(0, 19);
  const branches: string[] = [];
  const when = (condition: string, says: string) => branches.push(`WHEN ${condition} THEN ${literal(says)}`);
  const label = (field: string) => {
    const position = positions[field];
    return position === undefined ? field : relation.names[position]!;
  };
  if (relation.broken) when('broken', 'not a JSON object');
  for (const [name, { kind, need, ahead }] of Object.entries(preset.fields)) {
    if (positions[name] === undefined) continue;
    if (need === 'cell') when(`${text(name)} IS NULL`, `no ${label(name)}`);
    if (types[kind] !== 'VARCHAR' || kind === 'id')
      when(`${identifier(name)} IS NULL AND ${text(name)} IS NOT NULL`, `${label(name)} ${expected[kind]}`);
    if (kind === 'money') when(`abs(${identifier(name)}) >= 1e12`, `${label(name)} is implausibly large`);
    if (kind === 'time')
      when(
        `${identifier(name)} < TIMESTAMP '1990-01-01' OR ${identifier(name)} > TIMESTAMP '${daysAhead(ahead ? 7300 : 1)}'`,
        `${label(name)} is before 1990 or ${ahead ? 'more than twenty years ahead' : 'after the day of import'}`,
      );
  }
  for (const check of preset.checks ?? [])
    when(
      check.when,
      check.reason.replace(/\{(\w+)\}/g, (_, field: string) => label(field)),
    );
  return branches.length > 0 ? `CASE ${branches.join('\n      ')} END` : 'CAST(NULL AS VARCHAR)';
}

/** Which way round dates like 05/14/2026 are in this file: some date must have a day above 12 to tell. */
async function slashDates(reader: FileReader, reading: Reading): Promise<Style['slashDates']> {
  const { mapping, relation, file } = reading;
  const cells = Object.entries(mapping.preset.fields)
    .filter(([name, { kind }]) => kind === 'time' && mapping.positions[name] !== undefined)
    .map(([name]) => relation.cell(mapping.positions[name]!));
  if (!relation.maySlashDates || cells.length === 0) return undefined;
  const part = (group: number) =>
    `greatest(${cells.map(cell => `max(try_cast(regexp_extract(${cell}, '^\\s*(\\d{1,2})/(\\d{1,2})/\\d{4}', ${group}) AS INTEGER))`).join(', ')}, 0)`;
  const [largest] = await reader.query<{ first: number; second: number }>(
    `SELECT ${part(1)} AS first, ${part(2)} AS second FROM ${relation.from(file)}`,
  );
  if (largest!.first > 12 && largest!.second <= 12) return 'day first';
  if (largest!.second > 12 && largest!.first <= 12) return 'month first';
  return undefined;
}

/**
 * A row with a stray quotation mark swallows the lines after it; each of them counts as a row. `good_before` is
 * the number of whole rows before it, `position` its place among the malformed ones: their sum is its row number.
 */
async function keepMalformed(reader: FileReader, { path, relation }: Reading): Promise<void> {
  const noted = relation.malformed
    ? 'reject_errors'
    : '(SELECT 0 AS line, 0 AS column_idx, NULL AS error_type, NULL AS csv_line WHERE false)';
  const known = Object.entries(relation.malformed ?? {}).map(
    ([type, says]) => `WHEN '${type}' THEN ${literal(says)}`,
  );
  await reader.execute(`
    CREATE OR REPLACE TEMP TABLE import_malformed AS
    SELECT row_number() OVER (ORDER BY line, place) AS position, line - 1 - dense_rank() OVER (ORDER BY line) AS good_before,
      line, ${known.length > 0 ? `CASE error_type ${known.join(' ')} END` : 'CAST(NULL AS VARCHAR)'} AS reason, CAST(json_object('line', content) AS VARCHAR) AS content, error_type
    FROM (
      SELECT line, error_type, unnest(parts) AS content, generate_subscripts(parts, 1) AS place
      FROM (SELECT line, CAST(error_type AS VARCHAR) AS error_type,
              CASE WHEN error_type = 'UNQUOTED VALUE' THEN string_split_regex(trim(csv_line, chr(10) || chr(13)), '\\r?\\n')
                   ELSE [trim(csv_line, chr(10) || chr(13))] END AS parts,
              row_number() OVER (PARTITION BY line ORDER BY error_type = 'UNQUOTED VALUE' DESC, column_idx) AS nth
            FROM ${noted})
      WHERE nth = 1)`);
  const [facts] = await reader.query<{
    line: number | null;
    bad: number;
    good: number;
    type: string | null;
  }>(`
    SELECT min(line) FILTER (WHERE reason IS NULL) AS line, count(*) AS bad, min(error_type) FILTER (WHERE reason IS NULL) AS type,
      (SELECT count(*) FROM import_cells) AS good FROM import_malformed`);
  const { line, bad, good, type } = facts!;
  if (line !== null)
    throw new InputError(
      `${path}, line ${line}: this row cannot be read (${String(type).toLowerCase()}).`,
      'Look for a quotation mark that is never closed, or a row of more than 2 MB; nothing of the file was stored.',
    );
  if (bad > 0 && good === 0)
    throw new InputError(
      `${path}, line 2: no row has the ${relation.names.length} cells that the header (${relation.names.map(headerKey).slice(0, 6).join(', ')}) promises.`,
      'Check the delimiter: header and rows must use the same one.',
    );
}
