import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OperatorError } from '../errors.ts';

/** Several CSV files that are written at once, a row at a time, with little memory. */
export interface CsvFiles<Name extends string> {
  readonly counts: Readonly<Record<Name, number>>;
  /** `row` is a finished line without its end; cells that need it are already quoted. */
  add(name: Name, row: string): void;
  /** Hands on what is due; rows wait in memory until this is called. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

const chunk = 1 << 19;

/** @param headers the column names of each file; file `x` is written to `dir/x.csv` */
export async function openCsvFiles<Name extends string>(
  dir: string,
  headers: Readonly<Record<Name, string>>,
): Promise<CsvFiles<Name>> {
  const names = Object.keys(headers) as Name[];
  const counts = Object.fromEntries(names.map(name => [name, 0])) as Record<Name, number>;
  const waiting = Object.fromEntries(names.map(name => [name, `${headers[name]}\n`])) as Record<Name, string>;
  const streams = {} as Record<Name, WriteStream>;
  const aborted = new AbortController();
  let failure: Error | undefined;
  for (const name of names) {
    const file = join(dir, `${name}.csv`);
    await mkdir(dirname(file), { recursive: true }).catch(error => {
      throw notWritable(dir, error);
    });
    streams[name] = createWriteStream(file, { highWaterMark: 4 * chunk }).on('error', error => {
      failure ??= error;
      aborted.abort();
    });
  }

  const settle = async (name: Name, event: 'drain' | 'finish') => {
    // A stream that failed never drains.
    await once(streams[name], event, { signal: aborted.signal }).catch(error => {
      throw notWritable(dir, failure ?? error);
    });
  };
  const send = async (name: Name) => {
    if (failure) throw notWritable(dir, failure);
    const text = waiting[name];
    waiting[name] = '';
    if (!streams[name].write(text)) await settle(name, 'drain');
  };
  return {
    counts,
    add(name, row) {
      waiting[name] += `${row}\n`;
      counts[name]++;
    },
    async flush() {
      for (const name of names) if (waiting[name].length > chunk) await send(name);
    },
    async close() {
      for (const name of names) {
        await send(name);
        streams[name].end();
        if (!streams[name].writableFinished) await settle(name, 'finish');
      }
    },
  };
}

/** A cell as RFC 4180 has it. */
export function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function notWritable(dir: string, cause: Error): OperatorError {
  return new OperatorError(
    `${dir} cannot be written: ${cause.message}`,
    'Choose a folder that you may write to, on a disk with enough space.',
    { cause },
  );
}
