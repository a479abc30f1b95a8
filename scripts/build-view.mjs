// Bundles the page that draws charts live in a chat (src/mcp/app/view) into one HTML file that needs nothing else.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, runMain } from './run.mjs';

const folder = join('src', 'mcp', 'app', 'view');

/**
 * Writes dist/mcp/app/charts.html, where the project has such a page.
 *
 * @param {string} [project] the folder that holds src and dist
 */
export async function buildView(project = root) {
  if (!existsSync(join(project, folder))) return;
  const target = join(project, 'dist', 'mcp', 'app', 'charts.html');
  const html = await viewHtml(project);
  mkdirSync(dirname(target), { recursive: true });
  // Renamed into place: who reads meanwhile gets the one or the other, whole.
  const draft = `${target}.${process.pid}`;
  writeFileSync(draft, html);
  renameSync(draft, target);
}

/**
 * The page as one text: the same for the same sources.
 *
 * @param {string} [project]
 * @returns {Promise<string>}
 */
export async function viewHtml(project = root) {
  // Loaded here: most builds have nothing to bundle, and it takes a while.
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [join(project, folder, 'main.ts'), join(project, folder, 'style.css')],
    outdir: join(project, 'dist'),
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    plugins: [lean],
  });
  const bundled = (/** @type {string} */ ending) =>
    outputFiles.find(({ path }) => path.endsWith(ending))?.text.trim() ?? '';
  const page = readFileSync(join(project, folder, 'page.html'), 'utf8');
  // Functions, since what they put in holds dollar signs.
  return page.replace('/* style */', () => bundled('.css')).replace('/* script */', () => bundled('.js'));
}

const ofProtocol = /node_modules[\\/](@modelcontextprotocol|zod)[\\/]/;

/**
 * Leaves out what the page does not use of the protocol's packages, half of the whole: they do not say that their
 * modules can be left out, and the app library takes all of zod where it could take its parts. Where an update of theirs
 * undoes this, or needs what is left out, the tests of the page's size and of its life in a browser fail.
 *
 * @type {import('esbuild').Plugin}
 */
const lean = {
  name: 'lean',
  setup(build) {
    build.onLoad({ filter: /ext-apps[\\/]dist[\\/]src[\\/]app\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(
        /import\{z as (\w+)\}from"zod\/v4"/g,
        'import*as $1 from"zod/v4"',
      ),
    }));
    build.onResolve({ filter: /./ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      if (kind !== 'import-statement' || pluginData === lean.name) return undefined;
      // The charts' library has a thousand modules, and asking for each takes long.
      if (!/^(@modelcontextprotocol|zod)\//.test(path) && !ofProtocol.test(importer)) return undefined;
      const found = await build.resolve(path, { kind, importer, resolveDir, pluginData: lean.name });
      return ofProtocol.test(found.path) && found.errors.length === 0
        ? { path: found.path, sideEffects: false }
        : undefined;
    });
  },
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  await runMain(async () => {
    await buildView();
    return 0;
  });
