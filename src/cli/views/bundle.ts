import type { BundleTarget } from '../../mcp/bundle/manifest.ts';

/** What was packed, and what to do with it. */
export function bundleView({ file, bytes }: { file: string; bytes: number }, target: BundleTarget): string {
  const asks =
    target.kind === 'server'
      ? `It connects to ${target.url} and asks for a token when it is installed: make one with\n  kindred token create --name "Ada's laptop" --role analyst`
      : `It uses ${target.dataDir} on this machine; where a server holds the folder, it goes through that.`;
  return `Wrote ${file} (${Math.ceil(bytes / 1000)} kB)\n\nDouble-click it, or drag it onto the settings of Claude Desktop, Extensions.\n${asks}\n`;
}
