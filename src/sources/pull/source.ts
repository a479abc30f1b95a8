import type { Connection, Platform } from '../../vendors/vendor.ts';
import type { CanonicalTable } from '../../warehouse/schema.ts';

/** A cell as JSON has it; times are ISO 8601 with a zone, money is decimal text. */
export type Cell = string | number | boolean | null;

/** Rows by the canonical columns, without `source` and `profile_id`. A column that is absent tells nothing and blanks nothing. */
export type CanonicalRow = Readonly<Record<string, Cell>>;

/** A part of what a vendor tells. */
export interface Page {
  rows: Partial<Record<CanonicalTable, readonly CanonicalRow[]>>;
  /** Rows that the vendor deleted, by their ids. */
  gone?: Partial<Record<CanonicalTable, readonly string[]>>;
  /** Records of the vendor in it; each is in `rows` or told here why not. */
  received: number;
  leftOut: readonly { reason: string; records: number }[];
  /** From where to go on once this page is stored. */
  cursor: Cursor;
  /** How many records there are in all, where the vendor says so. */
  expected?: number;
}

/** JSON of the source's own; null at the beginning. */
export type Cursor = Readonly<Record<string, Cell>>;

/** One kind of record that a vendor tells. */
export interface Stream {
  name: string;
  title: string;
  /**
   * Pages from a cursor on, oldest change first, so that what is stored up to a cursor never has to be asked again.
   * Stopped anywhere and begun again from the last stored cursor, every record comes at least once.
   */
  pull(connection: Connection, cursor: Cursor | null, platform: Platform): AsyncIterable<Page>;
}

/** A vendor as somewhere to pull rows from. */
export interface Source {
  vendor: Connection['vendor'];
  /** In the order in which they are pulled: customers first, lines with their orders. */
  streams: readonly Stream[];
  /**
   * Where more than credentials can be wrong, as a mapping: checked before the connection is kept.
   *
   * @throws InputError where it is
   */
  check?(connection: Connection, platform: Platform): Promise<void>;
}
