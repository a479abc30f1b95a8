// npm run bench [-- refresh | triggers | predictions | tools | mcp | slack | lookup | activation | lift | --large]: see bench/README.md.
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { root, runMain, runNode, scriptOf } from './run.mjs';

await runMain(async () => {
  await ensureInstalled();
  await ensureBuilt();
  const named = [
    'refresh',
    'triggers',
    'predictions',
    'tools',
    'mcp',
    'slack',
    'lookup',
    'activation',
    'lift',
  ].find(name => name === process.argv[2]);
  const bench = `${named ?? 'run'}.ts`;
  const { code } = await runNode(scriptOf('tsx'), [join(root, 'bench', bench), ...process.argv.slice(2)]);
  return code;
});
