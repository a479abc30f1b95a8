import type { Warehouse } from '../warehouse/port.ts';

/** One rejected row. */
export interface RejectedRow {
  file: string;
  /** Counts data rows from 1. */
  rowNumber: number;
  reason: string;
  /** The row as JSON. */
  content: string;
}

export interface ReasonCount {
  reason: string;
  rows: number;
}

/** Rejected rows in the order of the imports and of their files. `file` may be a path or only a name. */
export async function listRejects(
  warehouse: Warehouse,
  request: { limit: number; file?: string },
): Promise<RejectedRow[]> {
  const { where, params } = ofFile(request.file);
  return warehouse.query<RejectedRow>(
    `SELECT r.file AS "file", r.row_number AS "rowNumber", r.reason AS "reason", r.content AS "content"
     FROM rejects r LEFT JOIN imports i ON i.import_id = r.import_id${where}
     ORDER BY i.imported_at, r.file, r.row_number, r.reason, r.content LIMIT ${Math.trunc(request.limit)}`,
    params,
  );
}

/** How many rows were rejected for each reason, the most frequent first. */
export async function countRejects(
  warehouse: Warehouse,
  request: { file?: string } = {},
): Promise<ReasonCount[]> {
  const { where, params } = ofFile(request.file);
  return warehouse.query<ReasonCount>(
    `SELECT r.reason AS "reason", count(*) AS "rows" FROM rejects r${where}
     GROUP BY r.reason ORDER BY count(*) DESC, r.reason`,
    params,
  );
}

function ofFile(file: string | undefined): { where: string; params: string[] } {
  if (file === undefined) return { where: '', params: [] };
  return { where: ' WHERE r.file = $1 OR right(r.file, length($2)) = $2', params: [file, `/${file}`] };
}
