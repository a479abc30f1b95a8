// npm run eval [-- --task NAME --case ID --out DIR | --compare A B]: see evals/README.md.
import { join } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { root, runMain, runNode, scriptOf } from './run.mjs';

await runMain(async () => {
  await ensureInstalled();
  const { code } = await runNode(scriptOf('tsx'), [join(root, 'evals', 'main.ts'), ...process.argv.slice(2)]);
  return code;
});
