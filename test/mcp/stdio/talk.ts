import type { Readable, Writable } from 'node:stream';

export interface Told {
  id?: string | number | null;
  method?: string;
  params?: Record<string, unknown>;
  result?: Record<string, unknown>;
  error?: { code: number; message: string };
}

export interface Talk {
  /** Asks by hand; rejects where the other end closes first. */
  ask(method: string, params?: object): Promise<Told>;
  say(method: string, params?: object): void;
  raw(text: string): void;
  /** The first message that is so, now or later. */
  find(is: (told: Told) => boolean): Promise<Told>;
  /** All lines that came, as they came. */
  lines: string[];
}

/** Speaks the protocol by hand over the two streams of a server. */
export function talk(input: Writable, output: Readable): Talk {
  const lines: string[] = [];
  const told: Told[] = [];
  const waiting = new Set<{
    is: (one: Told) => boolean;
    resolve: (one: Told) => void;
    reject: (e: Error) => void;
  }>();
  let rest = '';
  let asked = 0;
  output.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop()!;
    for (const line of parts) {
      lines.push(line);
      const one = read(line);
      told.push(one);
      for (const wait of waiting) if (wait.is(one)) wait.resolve(one);
    }
  });
  output.on('close', () => {
    for (const wait of waiting) wait.reject(new Error(`It ended. It had said: ${lines.join('\n')}`));
  });
  const raw = (text: string) => void input.write(text);
  const find: Talk['find'] = is => {
    const there = told.find(is);
    if (there) return Promise.resolve(there);
    return new Promise((resolve, reject) => waiting.add({ is, resolve, reject }));
  };
  return {
    lines,
    raw,
    find,
    ask(method, params = {}) {
      const id = `q${++asked}`;
      raw(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
      return find(one => one.id === id && one.method === undefined);
    },
    say: (method, params = {}) => raw(`${JSON.stringify({ jsonrpc: '2.0', method, params })}\n`),
  };
}

export const hello = {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'by-hand', version: '1' },
};

function read(line: string): Told {
  try {
    return JSON.parse(line) as Told;
  } catch {
    return {};
  }
}
