import { afterAll, beforeAll, expect, test } from 'vitest';
import type { UsageRow } from '../../src/agent/usage.ts';
import { type Child, startChild } from '../support/child.ts';
import {
  type ScriptedModel,
  type ScriptedReply,
  startScriptedModel,
  text,
  toolUse,
} from '../support/scripted-model.ts';
import { alike, writeOrders } from '../support/shop-files.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { kindred } from '../support/terminal.ts';

const dir = temporaryFolder();
const data = dir.file('data');
const main = new URL('../../src/main.ts', import.meta.url);
const run = (...args: string[]) => kindred([...args, '--data', data]);
const days = ['--days', '3650', '--json'];
const outcomes = async () =>
  (await run('usage', ...days)).json<{ rows: UsageRow[] }>().rows.map(({ outcomes }) => outcomes);

let model: ScriptedModel;
let reply: (index: number) => Promise<ScriptedReply>;
let server: Child;

beforeAll(async () => {
  const shop = await writeOrders(dir.file('shop'), alike(60));
  expect((await run('import', shop)).code).toBe(0);
  expect((await run('segment')).code).toBe(0);
  model = await startScriptedModel((_request, index) => reply(index));
  server = startChild(
    main,
    ['serve', '--data', data],
    `export KINDRED_PORT=0 ANTHROPIC_BASE_URL=${model.url}`,
  );
  expect(await server.line()).toMatch(/^Kindred serves /);
});
afterAll(async () => {
  server?.process.kill('SIGKILL');
  await server?.ended;
  await model?.stop();
  dir.remove();
});

test('while a question waits for the model, the server does what others ask of it', async () => {
  let meanwhile: string | undefined;
  reply = async index => {
    if (index === 0) return [toolUse('list_segments', {})];
    meanwhile = (await run('segments', '--json')).out;
    return text('Your customers are all alike. Import more of what they did, then segment them again.');
  };
  const { code, out, err } = await run('ask', 'Which', 'groups', 'are', 'there?');
  expect([code, err]).toEqual([0, '']);
  expect(out).toContain('Your customers are all alike.');
  expect(meanwhile).toBe((await run('segments', '--json')).out);
  expect(await outcomes()).toEqual([{ answered: 1 }]);
});

test('a server that is stopped takes the question back, and keeps what it took', async () => {
  let stopping: Promise<unknown> | undefined;
  reply = async () => {
    server.process.kill('SIGTERM');
    stopping = server.ended;
    return 'silence';
  };
  const { code, err } = await run('ask', 'And now?');
  expect(code).toBe(1);
  expect(err).toContain('Stopped');
  expect(await stopping).toBe(0);
  expect(await outcomes()).toEqual([{ answered: 1, cancelled: 1 }]);
});

test('Ctrl-C takes the question back where no server runs, and keeps what it took', async () => {
  const setUp = `export ANTHROPIC_BASE_URL=${model.url}`;
  let asking: Child | undefined;
  reply = async () => {
    asking?.process.kill('SIGINT');
    return 'silence';
  };
  asking = startChild(main, ['ask', 'And now?', '--data', data], setUp);
  expect(await asking.ended).toBe(1);
  expect(asking.stderr()).toContain('Stopped');
  expect(await outcomes()).toEqual([{ answered: 1, cancelled: 2 }]);
});
