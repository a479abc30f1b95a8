import type { FileReader } from '../warehouse/port.ts';
import type { CanonicalTable } from '../warehouse/schema.ts';
import type { CellKind } from './cell-expressions.ts';

/**
 * A file format as data: which headers carry which field, and what SQL makes canonical rows of them.
 * Its SQL runs in DuckDB over the table `import_cells`: one row per row of the file in the file's order (`rowid`),
 * a column per field (NULL where the file has no such column), and `reason`, set where a row was rejected.
 */
export interface Preset {
  /** What --format takes. Several presets may share one. */
  name: string;
  title: string;
  /** The headers it is recognised by, in words. */
  headers: string;
  /** The namespace of its ids where the asker gives none. */
  source: string;
  fields: Readonly<Record<string, Field>>;
  /** Fields of which at least one must have a column, beside those that are needed. */
  someOf?: readonly string[];
  /** Header keys that say that it is something else. */
  not?: readonly string[];
  /** Conditions over the fields that reject a row; {field} in a reason stands for the header of that field. */
  checks?: readonly Check[];
  /** Further work over `import_cells` where a file's row is not simply a row of one table. */
  prepare?: (reader: FileReader) => Promise<void>;
  tables: Partial<Record<CanonicalTable, TableRows>>;
}

export interface Field {
  /** Header keys, the first that is present wins. */
  from: readonly string[];
  kind: CellKind;
  /** 'column': the file must have it. 'cell': every row must fill it as well. */
  need?: 'column' | 'cell';
  /** Of a time: it may lie years ahead, as an arrival or a renewal does. */
  ahead?: true;
}

export interface Check {
  when: string;
  reason: string;
}

export interface TableRows {
  /** The table or view to select from, with a `row_number`; the accepted cells where absent. */
  from?: string;
  /** Canonical columns (without source and profile_id) and their expressions. */
  columns: Readonly<Record<string, string>>;
  /** A blank cell means "not told here" and leaves what is stored, as in customers that come with orders. */
  fills?: boolean;
}
