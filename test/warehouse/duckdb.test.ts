import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDuckDb } from '../../src/warehouse/duckdb.ts';
import { memoryFor } from '../../src/warehouse/duckdb-memory.ts';
import { startChild } from '../support/child.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

const script = new URL('../support/children/write-warehouse.ts', import.meta.url);
let folder: TemporaryFolder;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = folder.file('warehouse.duckdb');
});
afterEach(() => folder.remove());

async function countOrders(): Promise<number> {
  const warehouse = await openDuckDb({ file });
  const [row] = await warehouse.query<{ n: number }>('SELECT count(*) AS n FROM orders');
  await warehouse.close();
  return row!.n;
}

async function storeOneOrder(): Promise<void> {
  const warehouse = await openDuckDb({ file });
  await warehouse.append('orders', { source: ['shop'], order_id: ['1'], total: [1.5] });
  await warehouse.close();
}

test('keeps what was stored, and lets go of the file when it is closed', async () => {
  await storeOneOrder();
  await storeOneOrder();
  expect(await countOrders()).toBe(2);
});

describe('memory', () => {
  test('is as much as the size of the file asks for, and leaves some to others', () => {
    expect(memoryFor(file)).toBe(300);
    writeFileSync(file, '');
    truncateSync(file, 400 * 2 ** 20);
    expect(memoryFor(file)).toBe(640);
    truncateSync(file, 2 ** 40);
    expect(memoryFor(file)).toBeLessThan(totalmem() / 2 ** 20);
  });

  test('grows with a store that stays open, and does not shrink', async () => {
    let memoryMb = 300;
    const warehouse = await openDuckDb({ file, memoryMb: () => memoryMb });
    const limit = async () => {
      const rows = await warehouse.query<{ mb: number }>(
        `SELECT round(CAST(replace(current_setting('memory_limit'), ' MiB', '') AS DOUBLE) * 1.048576) AS mb`,
      );
      return rows[0]!.mb;
    };
    const change = () => warehouse.transaction(tx => tx.append('orders', { order_id: ['1'] }));
    expect(await limit()).toBe(300);
    memoryMb = 500;
    await change();
    expect(await limit()).toBe(500);
    memoryMb = 400;
    await change();
    expect(await limit()).toBe(500);
    await warehouse.close();
  });
});

describe('bad days', () => {
  test.runIf(process.platform === 'linux')(
    'a full disk: a clear message, and the store as it was',
    async () => {
      await storeOneOrder();
      // A limit on the size of files stands in for a full disk: the write itself fails.
      const child = startChild(script, [file, 'fill'], 'ulimit -f 4000');
      expect(await child.line()).toMatch(/^The disk would not take the data: .* Free some space/);
      expect(await child.ended).toBe(0);
      expect(await countOrders()).toBe(1);
    },
  );

  test('no room to spill: a clear message, and the store goes on', async () => {
    const warehouse = await openDuckDb({ file, memoryMb: 64, threads: 1, spillDir: folder.file('spill') });
    await warehouse.execute("SET max_temp_directory_size = '1MB'");
    const heavy =
      'SELECT count(*) FROM (SELECT md5(CAST(range AS VARCHAR)) AS s FROM range(2000000) ORDER BY s)';
    await expect(warehouse.query(heavy)).rejects.toMatchObject({ mender: 'operator' });
    expect(await warehouse.query('SELECT count(*) AS n FROM orders')).toEqual([{ n: 0 }]);
    await warehouse.close();
  });

  test('a process killed while it writes: whole transactions only', async () => {
    const child = startChild(script, [file, 'write']);
    let done = 0;
    while (done < 5) done = Number(await child.line());
    await wait(7);
    child.process.kill('SIGKILL');
    expect(await child.ended).toBe('SIGKILL');
    const count = await countOrders();
    expect(count % 1000).toBe(0);
    expect(count).toBeGreaterThanOrEqual(6000);
  });

  test('a file that another process holds', async () => {
    const child = startChild(script, [file, 'hold']);
    expect(await child.line()).toBe('open');
    await expect(openDuckDb({ file })).rejects.toMatchObject({
      mender: 'operator',
      message: 'The warehouse file is open in another process.',
    });
    child.process.kill('SIGKILL');
    await child.ended;
    expect(await countOrders()).toBe(0);
  });

  test('a file that was made and never written is made anew', async () => {
    writeFileSync(file, '');
    expect(await countOrders()).toBe(0);
  });

  test.each([
    ['no database at all', () => Buffer.from('order_id,total\n1,2\n'.repeat(5000))],
    ['a few bytes', () => Buffer.from('x')],
    ['cut short', (good: Buffer) => good.subarray(0, good.length / 2)],
    ['flipped bits', (good: Buffer) => good.map((byte, i) => (i % 5000 === 17 ? byte ^ 0xff : byte))],
    ['of a newer version', ofVersion],
  ])('a file that is %s', async (_, damage) => {
    await storeOneOrder();
    const damaged = damage(readFileSync(file));
    writeFileSync(file, damaged);
    await expect(openDuckDb({ file })).rejects.toMatchObject({
      mender: 'operator',
      message: expect.stringMatching(/^The warehouse file cannot be read: /),
      next: expect.stringContaining('backup'),
    });
    expect(readFileSync(file).equals(damaged)).toBe(true);
  });

  test('a folder in the place of the file, and a folder that is not there', async () => {
    mkdirSync(file);
    await expect(openDuckDb({ file })).rejects.toMatchObject({ mender: 'operator' });
    await expect(openDuckDb({ file: folder.file('none/x.duckdb') })).rejects.toMatchObject({
      mender: 'operator',
      message: expect.stringContaining('cannot be opened'),
    });
  });
});

/** Writes a version far ahead into the main header, with the checksum that DuckDB computes over it. */
function ofVersion(good: Buffer): Buffer {
  const bytes = Buffer.from(good);
  const checksum = () => {
    let sum = 5381n;
    for (let at = 8; at < 4096; at += 8)
      sum ^= BigInt.asUintN(64, bytes.readBigUInt64LE(at) * 0xbf58476d1ce4e5b9n);
    return sum;
  };
  expect(checksum()).toBe(bytes.readBigUInt64LE(0));
  bytes.writeBigUInt64LE(999n, 12);
  bytes.writeBigUInt64LE(checksum(), 0);
  return bytes;
}
