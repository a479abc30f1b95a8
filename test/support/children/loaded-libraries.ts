/** Loads modules that are named in the arguments, and prints which of Slack's libraries came with them. */
import Module from 'node:module';

for (const file of process.argv.slice(2)) await import(new URL(`../../../${file}`, import.meta.url).href);
const { _cache: loaded } = Module as unknown as { _cache: Record<string, unknown> };
const found = Object.keys(loaded).flatMap(
  path => /node_modules[\\/](@slack[\\/][\w-]+)/.exec(path)?.[1] ?? [],
);
process.stdout.write(`${JSON.stringify([...new Set(found)].sort())}\n`);
