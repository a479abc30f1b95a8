import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { takeStdout } from '../../../src/mcp/stdio/stdout.ts';

const root = new URL('../../../src/', import.meta.url);

/** All of the project that the files import, now or later, with their text. */
function loadedBy(...names: readonly string[]): Map<string, string> {
  const loaded = new Map<string, string>();
  const todo = names.map(name => new URL(name, root));
  for (let url = todo.pop(); url; url = todo.pop()) {
    if (loaded.has(url.href) || !existsSync(url)) continue;
    const text = readFileSync(url, 'utf8');
    loaded.set(url.href, text);
    for (const [, path] of text.matchAll(/(?:from|import\()\s*'(\.[^']+\.ts)'/g))
      todo.push(new URL(path!, url));
  }
  return loaded;
}

const nameOf = (href: string) => relative(fileURLToPath(root), fileURLToPath(href)).replaceAll('\\', '/');

test('nothing that the MCP server loads prints: only what starts it knows standard output', () => {
  const loaded = loadedBy('mcp/server.ts', 'mcp/stdio/serve.ts', 'mcp/stdio/remote.ts', 'cli/program.ts');
  expect(loaded.size).toBeGreaterThan(200);
  const printing = [...loaded].filter(([, text]) =>
    /console\.(log|info|debug|dir|table|group)|process\.stdout|writeSync\(1\b/.test(text),
  );
  expect(printing.map(([href]) => nameOf(href))).toEqual([]);
});

test('once taken, standard output is written by the protocol alone', () => {
  const written = { out: '', err: '' };
  const into = (name: 'out' | 'err') =>
    new Writable({
      write(chunk, _encoding, done) {
        written[name] += String(chunk);
        done();
      },
    });
  const [stdout, stderr] = [into('out'), into('err')];
  const write = takeStdout({ stdout, stderr });
  stdout.write('a stray word\n');
  stdout.write(Buffer.from('and bytes\n'));
  write('{"jsonrpc":"2.0"}\n');
  expect(written).toEqual({ out: '{"jsonrpc":"2.0"}\n', err: 'a stray word\nand bytes\n' });
});
