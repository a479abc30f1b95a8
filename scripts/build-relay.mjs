// Bundles the relay between an MCP client and a Kindred server (src/mcp/stdio/relay-main.ts) into one script, which
// extensions for Claude Desktop carry.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

/**
 * Writes dist/mcp/stdio/relay.mjs, where the project has a relay.
 *
 * @param {string} [project] the folder that holds src and dist
 */
export async function buildRelay(project = root) {
  const entry = join(project, 'src', 'mcp', 'stdio', 'relay-main.ts');
  if (!existsSync(entry)) return;
  // Loaded here: most builds have nothing to bundle, and it takes a while.
  const { build } = await import('esbuild');
  await build({
    entryPoints: [entry],
    outfile: join(project, 'dist', 'mcp', 'stdio', 'relay.mjs'),
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    legalComments: 'none',
    // Packages that are CommonJS ask for Node's own modules by require.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
  });
}
