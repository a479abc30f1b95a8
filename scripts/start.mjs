// npm start: from a fresh clone to the segments of the sample. Arguments after -- go on to `kindred start`.
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { root, runMain, runNode } from './run.mjs';

await runMain(async () => {
  await ensureInstalled();
  await ensureBuilt();
  const { code } = await runNode(join(root, 'dist', 'main.js'), ['start', ...process.argv.slice(2)]);
  return code;
});
