import { expect, test } from 'vitest';
import { startChild } from '../../support/child.ts';

const child = new URL('../../support/children/loaded-libraries.ts', import.meta.url);

async function loadedBy(...files: string[]): Promise<string[]> {
  const { line, ended } = startChild(child, files);
  const loaded = JSON.parse(await line()) as string[];
  await ended;
  return loaded;
}

test('commands, and a server without Slack, load none of Slack’s libraries', async () => {
  expect(await loadedBy('src/cli/program.ts', 'src/web/serve.ts', 'src/slack/manifest.ts')).toEqual([]);
});

test('the surface does, and the check only the client', async () => {
  expect(await loadedBy('src/slack/app.ts')).toContain('@slack/bolt');
  const check = await loadedBy('src/slack/check.ts');
  expect(check).toContain('@slack/web-api');
  expect(check).not.toContain('@slack/bolt');
});
