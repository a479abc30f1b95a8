import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { connect, overConnection } from '../../src/warehouse/duckdb.ts';
import { literal } from '../../src/warehouse/port.ts';

const folder = new URL('../../samples/online-retail/', import.meta.url);
const parquet = fileURLToPath(new URL('online-retail.parquet', folder));

test('the sample holds what its facts say', async () => {
  const facts = JSON.parse(readFileSync(new URL('facts.json', folder), 'utf8'));
  const warehouse = overConnection(await connect({ file: ':memory:' }));
  const [counted] = await warehouse.query<object>(`
    SELECT count(*) AS "rows",
           count(DISTINCT InvoiceNo) AS "invoices",
           count(DISTINCT CustomerID) AS "customers",
           count(*) FILTER (WHERE CustomerID IS NULL) AS "rowsWithoutCustomer",
           count(*) FILTER (WHERE InvoiceNo LIKE 'C%') AS "rowsOfCancelledInvoices",
           count(DISTINCT CustomerID) FILTER (WHERE InvoiceNo NOT LIKE 'C%') AS "customersWithAPurchase",
           count(DISTINCT Country) AS "countries",
           CAST(min(InvoiceDate) AS TEXT) AS "firstInvoiceAt",
           CAST(max(InvoiceDate) AS TEXT) AS "lastInvoiceAt",
           CAST(sum(Quantity * UnitPrice) AS TEXT) AS "amount"
    FROM read_parquet(${literal(parquet)})`);
  await warehouse.close();
  expect(counted).toEqual(facts);
});

test('the sample names its author and licence, and stays small', () => {
  const readme = readFileSync(new URL('README.md', folder), 'utf8');
  expect(readme).toContain('https://doi.org/10.24432/C5BW33');
  expect(readme).toContain('CC BY 4.0');
  expect(statSync(parquet).size).toBeLessThan(5_000_000);
});
