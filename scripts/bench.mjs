// npm run bench [-- refresh | triggers | --large]: see bench/README.md.
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { root, runMain, runNode, scriptOf } from './run.mjs';

await runMain(async () => {
  await ensureInstalled();
  await ensureBuilt();
  const bench = ['refresh', 'triggers'].includes(process.argv[2]) ? `${process.argv[2]}.ts` : 'run.ts';
  const { code } = await runNode(scriptOf('tsx'), [join(root, 'bench', bench), ...process.argv.slice(2)]);
  return code;
});
