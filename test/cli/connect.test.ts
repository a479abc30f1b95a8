import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../src/cli/program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { kindred } from '../support/terminal.ts';
import { startServing } from '../web/serving.ts';

const secret = 'whsec_sesame-open-0123456789';
const env = { KINDRED_KEY: 'ab'.repeat(32) };
const dir = temporaryFolder();
let shop: Server;
let url: string;
beforeAll(async () => {
  shop = createServer((request, response) => {
    request.resume().on('end', () => response.end('{}'));
  });
  await new Promise<void>(resolve => shop.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
});
afterAll(() => {
  shop.close();
  return dir.remove();
});

const at = (...args: string[]) => [...args, '--data', dir.path];

test('asks for what it needs, hides secrets, and hands them to a server past its log', async () => {
  const stopping = new AbortController();
  const { ended, logged } = await startServing(dir.path, env, { run, signal: stopping.signal });
  const asked: [string, boolean][] = [];
  const made = await kindred(at('connect', 'webhook', '--set', `url=${url}`), env, {
    ask: async (question, hidden) => {
      asked.push([question, hidden]);
      return hidden ? secret : '';
    },
  });
  expect([made.code, made.err.includes(secret), made.out.includes(secret)]).toEqual([0, false, false]);
  expect(asked).toContainEqual([expect.stringContaining('Signing secret'), true]);
  const list = await kindred(at('connections', '--json'), env);
  expect(list.json()).toMatchObject({
    connections: [{ name: 'webhook', vendor: 'webhook', createdBy: 'ada' }],
  });
  expect(list.out).not.toContain(secret);
  stopping.abort();
  await ended;
  expect(logged.join('')).not.toContain(secret);
}, 90_000);

test('what stands is kept where nothing new is given, and another key is told', async () => {
  const again = await kindred(at('connect', 'webhook', '--json'), env);
  expect(again.json()).toMatchObject({ changed: true, before: null });
  const lost = await kindred(at('connections', '--test'), { KINDRED_KEY: 'cd'.repeat(32) });
  expect([lost.code, lost.out]).toEqual([1, expect.stringContaining('sealed with another KINDRED_KEY')]);
  const gone = await kindred(at('disconnect', 'webhook'), env);
  expect(gone.out).toContain('Disconnected webhook');
}, 90_000);

test('a secret on the command line is refused, one from a file is taken', async () => {
  const shown = await kindred(at('connect', 'webhook', '--set', `signing_secret=${secret}`), env);
  expect([shown.code, shown.err.includes(secret)]).toEqual([1, false]);
  expect(shown.err).toContain('--secrets-from FILE');
  const file = join(dir.path, 'fields.txt');
  await writeFile(file, `# Webhook\nsigning_secret=${secret}\n`);
  const taken = await kindred(at('connect', 'webhook', '--secrets-from', file, '--set', `url=${url}`), env);
  expect(taken.code).toBe(0);
  const bare = await kindred(at('connect', 'webhook', '--name', 'other', '--secrets-from', file), {});
  expect(bare.err).toContain('`kindred key` makes one');
}, 90_000);
