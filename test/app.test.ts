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
    KINDRED_HOST: '',
    KINDRED_ALLOWED_HOSTS: '',
    KINDRED_PORT: '',
    KINDRED_TIME_ZONE: '',
    KINDRED_REFRESH_SCHEDULE: '',
    KINDRED_RECLUSTER_SCHEDULE: '',
    KINDRED_AUTO_PROMOTE: '',
  };
  expect(readConfig(blank, '')).toEqual({
    dataDir: resolve('data'),
    warehouseUrl: undefined,
    databaseUrl: undefined,
    threads: undefined,
    memoryMb: undefined,
    host: '127.0.0.1',
    port: 7373,
    allowedHosts: [],
    timeZone: 'UTC',
    refreshSchedule: '0 6 * * 1',
    reclusterSchedule: '0 7 * 1,4,7,10 1#1',
    autoPromote: false,
    key: null,
    syncInSchedule: '0 4 * * *',
    syncMostChange: 0.2,
    keep: expect.objectContaining({ events: 37, audit: 84 }),
    slack: null,
    agent: {
      apiKey: null,
      baseUrl: null,
      model: 'claude-sonnet-5-5',
      prices: null,
      limits: { turns: 12, tokens: 200_000, cost: 0.5, dayCost: 10 },
    },
  });
  expect(() => readConfig({ WAREHOUSE_URL: 'mysql://x' })).toThrow(
    'WAREHOUSE_URL: must begin with postgres://',
  );
});

test.each([
  ['KINDRED_TIME_ZONE', 'Europe/Londn', 'IANA'],
  ['KINDRED_REFRESH_SCHEDULE', 'weekly', 'cron text'],
  ['KINDRED_REFRESH_SCHEDULE', '0 0 6 * * 1', 'cron text'],
  ['KINDRED_RECLUSTER_SCHEDULE', '0 6 31 2 *', 'cron text'],
  ['KINDRED_RECLUSTER_SCHEDULE', '2030-01-01T00:00:00', 'cron text'],
  ['KINDRED_AUTO_PROMOTE', 'yes', 'true or false'],
  ['KINDRED_EVENTS_TOKEN', 'too-short', 'at least 16'],
  ['KINDRED_EVENTS_TOKEN', 'long enough but with spaces', 'without spaces'],
  ['KINDRED_HOST', 'https://example.org', 'an address or name of this machine'],
  ['KINDRED_HOST', '127.0.0.1:80', 'without port'],
  ['KINDRED_PORT', '70000', '65535'],
  ['ANTHROPIC_BASE_URL', 'localhost', 'an address such as'],
  ['ANTHROPIC_BASE_URL', 'file:///etc/passwd', 'an address such as'],
  ['KINDRED_MODEL_PRICES', 'cheap', '3/15'],
  ['KINDRED_MODEL_PRICES', '3', '3/15'],
  ['KINDRED_ANSWER_TURNS', '0', '>=1'],
  ['KINDRED_DAY_COST', '-1', '>0'],
])('%s=%s is refused by its name', (name, value, says) => {
  expect(() => readConfig({ [name]: value })).toThrow(name);
  expect(() => readConfig({ [name]: value })).toThrow(says);
});

test('schedules can be set and switched off', () => {
  const config = readConfig({
    KINDRED_TIME_ZONE: 'Europe/London',
    KINDRED_REFRESH_SCHEDULE: '30 5 * * 2',
    KINDRED_RECLUSTER_SCHEDULE: 'off',
    KINDRED_AUTO_PROMOTE: 'true',
    KINDRED_HOST: '::1',
    KINDRED_PORT: '0',
  });
  expect(config).toMatchObject({
    timeZone: 'Europe/London',
    refreshSchedule: '30 5 * * 2',
    reclusterSchedule: null,
    autoPromote: true,
    host: '::1',
    port: 0,
  });
});

test('a model is reached by a key, or by the address of a server that may ask for none', () => {
  expect(readConfig({ ANTHROPIC_API_KEY: 'sk-1', KINDRED_MODEL: 'claude-haiku-5-5' }).agent).toMatchObject({
    apiKey: 'sk-1',
    baseUrl: null,
    model: 'claude-haiku-5-5',
  });
  const { agent } = readConfig({
    ANTHROPIC_BASE_URL: 'http://127.0.0.1:8080',
    KINDRED_MODEL: 'a-model-of-ours',
    KINDRED_MODEL_PRICES: '0.5/2.25',
    KINDRED_ANSWER_COST: '0.05',
  });
  expect(agent).toMatchObject({
    apiKey: 'none',
    baseUrl: 'http://127.0.0.1:8080',
    prices: { input: 0.5, output: 2.25 },
  });
  expect(agent.limits.cost).toBe(0.05);
});
