import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { InputError } from '../errors.ts';
import { NotData } from './not-data.ts';
import { decodeWindows1252 } from './windows-1252.ts';

export type FileKind = 'delimited' | 'json-lines' | 'json-array' | 'parquet';

/** The beginning of a file, enough to tell what it is. */
export interface FileHead {
  kind: FileKind;
  gzip: boolean;
  /** Decoded; at most `headBytes` long, so its last line may be cut. Empty for Parquet. */
  text: string;
}

/** What must be mended before DuckDB can read a text file: it reads UTF-8 without NUL only. */
export type Damage = 'utf-16le' | 'utf-16be' | 'bytes';

export interface Inspection {
  /** SHA-256 of the content, decompressed: the same data has the same hash however it is packed. */
  hash: string;
  damage: Damage | undefined;
}

const headBytes = 262_144;

/** Reads the beginning of a file. Throws InputError for what is empty or no data file. */
export async function readHead(path: string): Promise<FileHead> {
  const magic = await firstBytes(path, 4);
  if (magic.length === 0) throw new NotData(`${path}: the file is empty.`, 'Export it again.');
  if (magic.toString('latin1') === 'PAR1') return { kind: 'parquet', gzip: false, text: '' };
  if (magic.toString('latin1') === 'PK\u0003\u0004')
    throw new NotData(
      `${path}: this is a zip archive or an Excel workbook.`,
      'Unpack it, or save the sheet as CSV, and import that.',
    );
  const gzip = magic[0] === 0x1f && magic[1] === 0x8b;
  const bytes = gzip ? await firstUnzipped(path) : await firstBytes(path, headBytes);
  const text = decodeHead(bytes);
  if (text === undefined)
    throw new NotData(
      `${path}, line 1: this is not text.`,
      'Give CSV, JSON lines or Parquet, gzipped or not.',
    );
  const first = text.trimStart()[0];
  const kind = first === '{' ? 'json-lines' : first === '[' ? 'json-array' : 'delimited';
  return { kind, gzip, text };
}

/** Reads all of a file once: its hash, whether it is whole (gzip), whether it is clean UTF-8. */
export async function inspectFile(path: string, head: FileHead): Promise<Inspection> {
  const hash = createHash('sha256');
  const utf8 = utf8Check();
  let bytes = 0;
  let first: Buffer | undefined;
  for await (const chunk of readBytes(path, head.gzip)) {
    hash.update(chunk);
    if (head.kind === 'parquet') continue;
    first ??= chunk.subarray(0, 4);
    bytes += chunk.length;
    utf8.add(chunk);
  }
  const inspection = { hash: hash.digest('hex'), damage: undefined };
  if (head.kind === 'parquet' || bytes === 0) return inspection;
  return { ...inspection, damage: utf16(first!) ?? (utf8.clean() ? undefined : 'bytes') };
}

/** The bytes of a file, decompressed. A gzip that was cut off ends in an InputError, not in fewer rows. */
export async function* readBytes(path: string, gzip: boolean): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  const stream: Readable = gzip ? pipeline(file, createGunzip({ chunkSize: 1 << 18 }), () => {}) : file;
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    if (!gzip) throw unreadable(path, error);
    throw new InputError(
      `${path}: the gzip file is cut off or damaged (${error instanceof Error ? error.message : error}).`,
      'Copy or download it again; nothing of it was stored.',
      { cause: error },
    );
  }
}

function utf8Check(): { add(chunk: Buffer): void; clean(): boolean } {
  let carry = Buffer.alloc(0);
  let clean = true;
  return {
    add(chunk) {
      if (!clean) return;
      const all = carry.length > 0 ? Buffer.concat([carry, chunk]) : chunk;
      const whole = wholeCharacters(all);
      clean = isUtf8(all.subarray(0, whole)) && !all.includes(0);
      carry = Buffer.from(all.subarray(whole));
    },
    clean: () => clean && carry.length === 0,
  };
}

/** The number of leading bytes that do not end inside a UTF-8 character. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function utf16(first: Buffer): Damage | undefined {
  if (first[0] === 0xff && first[1] === 0xfe) return 'utf-16le';
  if (first[0] === 0xfe && first[1] === 0xff) return 'utf-16be';
  if (first.length >= 4 && first[1] === 0 && first[3] === 0) return 'utf-16le';
  if (first.length >= 4 && first[0] === 0 && first[2] === 0) return 'utf-16be';
  return undefined;
}

function decodeHead(bytes: Buffer): string | undefined {
  const wide = utf16(bytes);
  if (wide) return new TextDecoder(wide).decode(bytes.subarray(0, bytes.length & ~1));
  if (isBinary(bytes.subarray(0, 4096))) return undefined;
  const whole = bytes.subarray(0, wholeCharacters(bytes));
  return isUtf8(whole) ? whole.toString() : decodeWindows1252(whole);
}

/** Text has next to no control characters; a stray NUL does not make it something else. */
function isBinary(bytes: Buffer): boolean {
  const controls = bytes.filter(byte => byte < 9 || (byte > 13 && byte < 32)).length;
  return controls > bytes.length / 20;
}

async function firstBytes(path: string, length: number): Promise<Buffer> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function firstUnzipped(path: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of readBytes(path, true)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= headBytes) break;
  }
  if (length === 0) throw new NotData(`${path}: the file is empty.`, 'Export it again.');
  return Buffer.concat(chunks).subarray(0, headBytes);
}

function unreadable(path: string, error: unknown): InputError {
  const message = error instanceof Error ? error.message : String(error);
  return new InputError(
    `${path}: the file cannot be read (${message}).`,
    'Check the path and its permissions.',
    {
      cause: error,
    },
  );
}
