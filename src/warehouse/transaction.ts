import type { Warehouse } from './port.ts';

/** The port without transactions: what an adapter does over one connection or inside one transaction. */
export type Operations = Omit<Warehouse, 'transaction'>;

/** Runs `work` between BEGIN and COMMIT, or ROLLBACK when it throws, on the operations that it passes to it. */
export type Transact = <T>(work: (operations: Operations) => Promise<T>) => Promise<T>;

/**
 * Adds transactions to an adapter. While one is open the outer handle refuses to work: on Postgres it would
 * wait for the transaction for ever, on DuckDB it would silently take part in it.
 */
export function withTransactions(store: Operations, transact: Transact): Warehouse {
  let open = false;
  const outside = async <T>(call: () => Promise<T>): Promise<T> => {
    if (open) throw new Error('A transaction is open: use the handle that it was given.');
    return call();
  };
  return {
    dialect: store.dialect,
    reader: store.reader,
    query: (sql, params) => outside(() => store.query(sql, params)),
    execute: (sql, params) => outside(() => store.execute(sql, params)),
    columns: sql => outside(() => store.columns(sql)),
    append: (table, columns) => outside(() => store.append(table, columns)),
    stage: (name, readerSql) => outside(() => store.stage(name, readerSql)),
    unstage: name => outside(() => store.unstage(name)),
    exportTo: (sql, file) => outside(() => store.exportTo(sql, file)),
    compact: () => outside(() => store.compact()),
    close: () => store.close(),
    transaction: work =>
      outside(async () => {
        open = true;
        try {
          return await transact(operations => work({ ...operations, transaction: refuseNesting }));
        } finally {
          open = false;
        }
      }),
  };
}

async function refuseNesting(): Promise<never> {
  throw new Error('Transactions do not nest.');
}
