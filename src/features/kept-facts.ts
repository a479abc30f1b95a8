import { createHash } from 'node:crypto';
import type { Warehouse } from '../warehouse/port.ts';
import type { AsOf } from './as-of.ts';
import { markOfRows } from './feature-store.ts';

/**
 * Something that follows from the stored rows before a date and from nothing else, and takes a look through all of them
 * to know: it is kept as JSON until anything is imported or arrives. It must hold no id of a customer.
 */
export interface RowsFact<Value> {
  name: string;
  /** All that says how it is read, so that no other version takes what this one kept for its own. */
  readBy: string;
  read(warehouse: Warehouse, asOf: AsOf): Promise<Value>;
}

/** Of a fact so many dates are kept beside the one that is written: the segments' and the day after the last order. */
const otherDates = 3;

/** Reads a fact inside a transaction, and keeps it there. Rows that leave no trace of a change are read each time. */
export async function keptFact<Value>(tx: Warehouse, fact: RowsFact<Value>, asOf: AsOf): Promise<Value> {
  const mark = await markOf(tx, fact);
  if (mark === null) return fact.read(tx, asOf);
  const kept = await readKept(tx, fact, asOf, mark);
  if (kept) return kept.value;
  const value = await fact.read(tx, asOf);
  await tx.execute(
    `DELETE FROM kept_facts WHERE name = $1 AND (mark <> $2 OR as_of = $3 OR as_of NOT IN (
  SELECT as_of FROM kept_facts WHERE name = $1 ORDER BY as_of DESC LIMIT ${otherDates}))`,
    [fact.name, mark, asOf],
  );
  await tx.execute('INSERT INTO kept_facts (name, as_of, mark, body) VALUES ($1, $2, $3, $4)', [
    fact.name,
    asOf,
    mark,
    JSON.stringify(value),
  ]);
  return value;
}

/** Reads a fact outside of transactions; one is opened only where it has to be kept. */
export async function factOfRows<Value>(
  warehouse: Warehouse,
  fact: RowsFact<Value>,
  asOf: AsOf,
): Promise<Value> {
  const mark = await markOf(warehouse, fact);
  if (mark === null) return fact.read(warehouse, asOf);
  const kept = await readKept(warehouse, fact, asOf, mark);
  return kept ? kept.value : warehouse.transaction(tx => keptFact(tx, fact, asOf));
}

/** What is kept of the fact's rows as they are now; null where it was not read since they changed. */
async function readKept<Value>(
  warehouse: Warehouse,
  { name }: RowsFact<Value>,
  asOf: AsOf,
  mark: string,
): Promise<{ value: Value } | null> {
  const [row] = await warehouse.query<{ body: string }>(
    'SELECT body AS "body" FROM kept_facts WHERE name = $1 AND as_of = $2 AND mark = $3',
    [name, asOf, mark],
  );
  return row ? { value: JSON.parse(row.body) as Value } : null;
}

async function markOf(warehouse: Warehouse, { readBy }: RowsFact<unknown>): Promise<string | null> {
  const rows = await markOfRows(warehouse, []);
  return rows === null ? null : createHash('sha256').update(`${rows}\n${readBy}`).digest('hex');
}
