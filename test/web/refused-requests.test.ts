import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { client } from '../mcp/http/serving.ts';
import { folder } from '../support/terminal.ts';
import { startServing } from './serving.ts';

test('what an answer over MCP leaves out stands in the log of the server', async () => {
  const data = await folder();
  const warehouse = join(data, 'warehouse.duckdb');
  await writeFile(warehouse, 'no warehouse');
  const stop = new AbortController();
  const { url, logged, ended } = await startServing(
    data,
    {},
    { run: async () => 0, signal: stop.signal, jobs: false },
  );
  const { token } = JSON.parse(await readFile(join(data, 'kindred.lock'), 'utf8')) as { token: string };
  const { client: asking } = await client({ url: new URL('/mcp', url) }, 'modern', { token });
  const { isError, content } = await asking.callTool({ name: 'shop_overview', arguments: {} });
  await asking.close();
  stop.abort();
  await ended;
  expect(isError).toBe(true);
  const told = JSON.stringify(content);
  expect(told).toContain('(path in the log)');
  expect(told).not.toContain(data);
  const lines = logged.map(line => JSON.parse(line) as { msg: string; err?: { message: string } });
  expect(lines.filter(({ err }) => err?.message.includes(warehouse))).toHaveLength(1);
});
