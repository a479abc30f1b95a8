import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A record as a line of JSON has it; its children name it. */
export interface BulkRecord {
  id: string;
  __parentId?: string;
}

/** A record with its children. */
export interface Family {
  root: BulkRecord;
  children: BulkRecord[];
}

export interface Part {
  /** Sorted by the id of the root, so that the same file gives the same families in the same order. */
  families: Family[];
  /** Children whose parent the file does not have. */
  orphans: number;
}

/** Lines that are held in memory together: some 25 MB of them. */
const linesInMemory = 20_000;
const mostParts = 256;

/** Into how many parts a file of so many lines is divided: always the same, as a cursor counts by them. */
export function partsOf(lines: number): number {
  return Math.min(mostParts, Math.max(1, Math.ceil(lines / linesInMemory)));
}

/**
 * Brings parents and children together that stand anywhere in a file. A file that is larger than the memory should hold is
 * divided by the id of the parent and laid aside on disk, in files that have no name any more once they are open, so that
 * nothing of them stays behind however this process ends.
 *
 * @param from parts before it are left out
 */
export async function* partsWithFamilies(
  lines: AsyncIterable<{ line: string }>,
  parts: number,
  from: number,
): AsyncGenerator<Part> {
  if (parts === 1) {
    const held: string[] = [];
    for await (const { line } of lines) held.push(line);
    yield familiesOf(held);
    return;
  }
  const aside: Aside[] = [];
  try {
    for (let i = from; i < parts; i++) aside.push(await layAside());
    for await (const { line } of lines) {
      const part = partOf(JSON.parse(line) as BulkRecord, parts) - from;
      if (part >= 0) await aside[part]!.add(line);
    }
    for (const one of aside) yield familiesOf(await one.take());
  } finally {
    for (const one of aside) await one.close();
  }
}

function partOf({ id, __parentId }: BulkRecord, parts: number): number {
  let hash = 0x811c9dc5;
  for (const sign of __parentId ?? id) hash = Math.imul(hash ^ sign.charCodeAt(0), 0x01000193) >>> 0;
  return hash % parts;
}

function familiesOf(lines: readonly string[]): Part {
  const families = new Map<string, Family>();
  const children: BulkRecord[] = [];
  for (const line of lines) {
    const record = JSON.parse(line) as BulkRecord;
    if (record.__parentId === undefined) families.set(record.id, { root: record, children: [] });
    else children.push(record);
  }
  let orphans = 0;
  for (const child of children) {
    const family = families.get(child.__parentId!);
    if (family) family.children.push(child);
    else orphans++;
  }
  return { families: [...families.values()].sort((a, b) => (a.root.id < b.root.id ? -1 : 1)), orphans };
}

interface Aside {
  add(line: string): Promise<void>;
  take(): Promise<string[]>;
  close(): Promise<void>;
}

/** Characters that wait in memory for each part. */
const buffered = 64 * 1024;

async function layAside(): Promise<Aside> {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-'));
  // Where a file that is open keeps its folder, as on Windows, this succeeds once it is closed.
  const forget = () => rm(folder, { recursive: true, force: true }).catch(() => {});
  let handle: FileHandle;
  try {
    handle = await open(join(folder, 'part'), 'wx+', 0o600);
  } finally {
    await forget();
  }
  let waiting: string[] = [];
  let size = 0;
  const flush = async () => {
    if (size === 0) return;
    await handle.appendFile(`${waiting.join('\n')}\n`);
    waiting = [];
    size = 0;
  };
  return {
    async add(line) {
      waiting.push(line);
      size += line.length;
      if (size >= buffered) await flush();
    },
    async take() {
      await flush();
      const { size: bytes } = await handle.stat();
      const held = Buffer.alloc(bytes);
      for (let at = 0; at < bytes; ) at += (await handle.read(held, at, bytes - at, at)).bytesRead;
      return held.toString('utf8').split('\n').filter(Boolean);
    },
    async close() {
      await handle.close();
      await forget();
    },
  };
}
