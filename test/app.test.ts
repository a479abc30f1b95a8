import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { type TemporaryFolder, temporaryFolder } from './support/temporary-folder.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const now = () => new Date('2026-11-22T12:00:00Z');

test('a store that cannot be closed does not hide why the work failed, and the folder is let go', async () => {
  const ran = withApp(readConfig({}, folder.path), 'test', now, async app => {
    const warehouse = await app.warehouse();
    const { close } = warehouse;
    warehouse.close = async () => {
      await close();
      throw new Error('the second');
    };
    throw new Error('the first');
  });
  await expect(ran).rejects.toThrow('the first');
  expect(existsSync(folder.file('kindred.lock'))).toBe(false);
});

test('a store that cannot be closed after good work is told', async () => {
  const ran = withApp(readConfig({}, folder.path), 'test', now, async app => {
    const warehouse = await app.warehouse();
    const { close } = warehouse;
    warehouse.close = async () => {
      await close();
      throw new Error('not closed');
    };
  });
  await expect(ran).rejects.toThrow('not closed');
});

test('a blank setting is none', () => {
  const blank = {
    KINDRED_DATA: '',
    WAREHOUSE_URL: '',
    DATABASE_URL: '',
    KINDRED_THREADS: '',
    KINDRED_MEMORY_MB: '',
  };
  expect(readConfig(blank, '')).toEqual({
    dataDir: resolve('data'),
    warehouseUrl: undefined,
    databaseUrl: undefined,
    threads: undefined,
    memoryMb: undefined,
  });
  expect(() => readConfig({ WAREHOUSE_URL: 'mysql://x' })).toThrow(
    'WAREHOUSE_URL: must begin with postgres://',
  );
});
