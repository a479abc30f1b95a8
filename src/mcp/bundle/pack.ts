import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zipSync } from 'fflate';
import { InputError, OperatorError } from '../../errors.ts';
import { writeWhole } from '../../write-whole.ts';
import { type BundleTarget, manifestOf, places } from './manifest.ts';

/** Zip has dates from 1980 on; with this one equal bundles are equal files. */
const dated = new Date(1980, 0, 1);

/**
 * Writes a bundle that Claude Desktop installs: the manifest, the relay as one script, and the icon. It holds no token
 * and no customer.
 *
 * @throws OperatorError where it cannot be written, or where Kindred itself was not built
 */
export async function packBundle(
  target: BundleTarget,
  file: string,
): Promise<{ file: string; bytes: number }> {
  const bundle = zipSync(
    {
      'manifest.json': new TextEncoder().encode(`${JSON.stringify(manifestOf(target), null, 2)}\n`),
      [places.entry]: await readFile(await relayScript()),
      [places.icon]: await icon(),
    },
    { level: 9, mtime: dated },
  );
  const path = resolve(file);
  if ((await stat(path).catch(() => null))?.isDirectory())
    throw new InputError(`${path} is a folder.`, 'Name a file with --to, such as --to kindred.mcpb.');
  await writeWhole(path, bundle, 'The extension');
  return { file: path, bytes: bundle.length };
}

/** The build makes it: beside this file in dist, and in dist too where Kindred runs from its source. */
async function relayScript(): Promise<string> {
  const built = fileURLToPath(new URL('../../../dist/mcp/stdio/relay.mjs', import.meta.url));
  await readFile(built).catch(() => {
    throw new OperatorError(
      `${built} is missing.`,
      'Build Kindred with `npm run build`, or install it again.',
    );
  });
  return built;
}

/** 512 pixels wide, as clients want it. */
async function icon(): Promise<Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js');
  const svg = await readFile(new URL('./icon.svg', import.meta.url), 'utf8');
  return new Resvg(svg, { fitTo: { mode: 'width', value: 512 } }).render().asPng();
}
