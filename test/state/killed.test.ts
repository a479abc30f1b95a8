import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openState } from '../../src/state/state.ts';
import { startChild } from '../support/child.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';
import { exampleChange } from './example-change.ts';
import { exampleModel } from './example-model.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

test('a process killed while it saves leaves a state that opens, with whole models and one of them current', async () => {
  const child = startChild(new URL('../support/children/save-models.ts', import.meta.url), [folder.path]);
  let saved = 0;
  while (saved < 3) saved = Number(await child.line());
  await wait(10);
  child.process.kill('SIGKILL');
  expect(await child.ended).toBe('SIGKILL');

  const state = await openState({ dataDir: folder.path });
  const list = await state.models.list();
  expect(list.filter(({ status }) => status === 'current')).toHaveLength(1);
  expect(list.map(({ id }) => id)).toContain(`m-${saved}`);
  for (const { id } of list)
    expect({ ...(await state.models.byId(id)), dataFingerprint: 'd1' }).toEqual(exampleModel({ id }));
  expect((await state.refreshes.list()).map(({ modelId }) => modelId)).toEqual([
    (await state.models.current())?.id,
  ]);
  await state.apply(exampleChange(exampleModel({ id: 'after' })));
  expect((await state.models.current())?.id).toBe('after');
  await state.close();
});

test('a process killed while it makes the state leaves nothing in the way of the next', async () => {
  const child = startChild(new URL('../support/children/open-state.ts', import.meta.url), [folder.path]);
  expect(await child.line()).toBe('opening');
  while (readdirSync(folder.path).length === 0) await wait(1);
  child.process.kill('SIGKILL');
  await child.ended;
  const state = await openState({ dataDir: folder.path });
  await state.apply(exampleChange());
  await state.close();
  expect(readdirSync(folder.path)).toEqual(['state']);
});

test('a state that is damaged, or in an unusable place, is an operator error', async () => {
  mkdirSync(folder.file('state'));
  writeFileSync(folder.file('state/PG_VERSION'), 'nonsense');
  await expect(openState({ dataDir: folder.path })).rejects.toMatchObject({
    mender: 'operator',
    message: expect.stringContaining(folder.file('state')),
  });
  expect(existsSync(folder.file('state/PG_VERSION'))).toBe(true);
  writeFileSync(folder.file('file'), '');
  await expect(openState({ dataDir: folder.file('file') })).rejects.toMatchObject({ mender: 'operator' });
});
