import { isUtf8 } from 'node:buffer';
import { createWriteStream } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Damage, readBytes } from './file-bytes.ts';
import { decodeWindows1252 } from './windows-1252.ts';

const prefix = 'kindred-import-';

export interface MendRequest {
  path: string;
  gzip: boolean;
  damage: Damage | undefined;
  /** Writes every line break as \n, for files that mix their kinds, which DuckDB refuses. */
  lineBreaks: boolean;
  tempDir: string;
}

/** Writes a UTF-8 copy that DuckDB can read and returns its path. */
export async function mendText(request: MendRequest, name: string): Promise<string> {
  const target = join(request.tempDir, `${prefix}${name}.txt`);
  const decoded = decode(readBytes(request.path, request.gzip), request.damage);
  await pipeline(
    Readable.from(request.lineBreaks ? evenLineBreaks(decoded) : decoded),
    createWriteStream(target),
  );
  return target;
}

/** Removes what an import that was killed left behind. The folder belongs to one process at a time. */
export async function removeMended(tempDir: string): Promise<void> {
  const names = await readdir(tempDir).catch(() => []);
  for (const name of names) if (name.startsWith(prefix)) await rm(join(tempDir, name), { force: true });
}

async function* decode(chunks: AsyncGenerator<Buffer>, damage: Damage | undefined): AsyncGenerator<Buffer> {
  if (damage === undefined) {
    yield* chunks;
    return;
  }
  if (damage === 'bytes') {
    yield* lines(chunks);
    return;
  }
  const decoder = new TextDecoder(damage);
  for await (const chunk of chunks)
    yield Buffer.from(decoder.decode(chunk, { stream: true }).replaceAll('\0', ''));
  yield Buffer.from(decoder.decode());
}

/** Line by line, because exports are glued together from parts with different encodings. */
async function* lines(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let carry = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const all = Buffer.concat([carry, chunk]);
    const end = Math.max(all.lastIndexOf(0x0a), all.lastIndexOf(0x0d)) + 1;
    yield asUtf8(all.subarray(0, end));
    carry = Buffer.from(all.subarray(end));
  }
  yield asUtf8(carry);
}

function asUtf8(block: Buffer): Buffer {
  if (isUtf8(block)) return withoutNul(block);
  const parts: Buffer[] = [];
  for (let start = 0; start < block.length; ) {
    const newline = block.indexOf(0x0a, start);
    const end = newline < 0 ? block.length : newline + 1;
    const line = block.subarray(start, end);
    parts.push(isUtf8(line) ? line : Buffer.from(decodeWindows1252(line)));
    start = end;
  }
  return withoutNul(Buffer.concat(parts));
}

function withoutNul(bytes: Buffer): Buffer {
  return bytes.includes(0) ? (bytes.filter(byte => byte !== 0) as Buffer) : bytes;
}

async function* evenLineBreaks(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let afterReturn = false;
  for await (const chunk of chunks) {
    const text = chunk.toString('latin1');
    const from = afterReturn && text.startsWith('\n') ? 1 : 0;
    afterReturn = text.length > 0 ? text.endsWith('\r') : afterReturn;
    yield Buffer.from(text.slice(from).replace(/\r\n?/g, '\n'), 'latin1');
  }
}
