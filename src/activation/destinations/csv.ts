import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, OperatorError } from '../../errors.ts';
import { deliverFile } from '../../segmentation/deliver-file.ts';
import { csvFolder } from '../../vendors/csv.ts';
import type { Connection, Platform } from '../../vendors/vendor.ts';
import type { Destination, Member, Target } from '../destination.ts';
import { csvLine, csvRows, safeCell } from './csv-cells.ts';

/** Before the properties. A row for each id that a source knows them by, as in the file of an exported audience. */
const first = ['profile_id', 'customer_id', 'email', 'phone', 'country'] as const;

/**
 * A file for each audience, for a person or a tool that reads files. It is written anew with each change: at no moment is
 * there half a file, and nobody but its owner may read it. Rows that Kindred did not write stay.
 */
export const csv: Destination = {
  vendor: 'csv',
  title: 'CSV file',
  channel: 'email',
  batch: 50_000,

  // The file is made when there is somebody to put into it.
  ensure: async (_connection, target) => ({ ...target, id: target.id ?? fileName(target.name) }),

  keyOf: (_connection, { profileId }) => ({ key: profileId }),

  async *members(connection, target, platform) {
    const { rows } = await read(fileOf(connection, target, platform));
    yield [...new Set(rows.map(row => unprotected(row.profile_id ?? '')))].filter(key => key !== '');
  },

  async add(connection, target, members, _id, platform) {
    const added = new Map(members.map(member => [member.profileId, rowsOf(member)]));
    await rewrite(fileOf(connection, target, platform), rows => [
      ...rows.filter(row => !added.has(unprotected(row.profile_id ?? ''))),
      ...[...added.values()].flat(),
    ]);
    return members.map(({ profileId }) => ({ profileId, kind: 'done', key: profileId }));
  },

  async remove(connection, target, members, _id, platform) {
    const gone = new Set(members.map(({ key }) => key));
    await rewrite(fileOf(connection, target, platform), rows =>
      rows.filter(row => !gone.has(unprotected(row.profile_id ?? ''))),
    );
    return members.map(({ profileId, key }) => ({ profileId, kind: 'done', key }));
  },

  async erase(connection, { email, phone, keys, targets }, _wholly, platform) {
    const known = new Set(keys);
    const theirs = (row: Row) =>
      known.has(unprotected(row.profile_id ?? '')) ||
      (email !== null && unprotected(row.email ?? '').toLowerCase() === email) ||
      (phone !== null && unprotected(row.phone ?? '') === phone);
    let changed = 0;
    for (const target of targets) {
      const file = fileOf(connection, target, platform);
      const { rows } = await read(file);
      if (!rows.some(theirs)) continue;
      await rewrite(file, all => all.filter(row => !theirs(row)));
      changed++;
    }
    return `Removed from ${changed} ${changed === 1 ? 'file' : 'files'}. Copies of them that somebody made are not known to Kindred.`;
  },
};

type Row = Readonly<Record<string, string>>;

function rowsOf({ profileId, email, phone, country, ids, properties }: Member): Row[] {
  const known = ids.length > 0 ? ids : [{ source: '', id: '' }];
  const sorted = known.toSorted((a, b) => compare(a.source, b.source) || compare(a.id, b.id));
  const told = Object.entries(properties).map(
    ([name, value]) => [name, value === null ? '' : value] as const,
  );
  return sorted.map(({ id }) => ({
    ...Object.fromEntries(
      told.map(([name, value]) => [name, typeof value === 'string' ? safeCell(value) : String(value)]),
    ),
    profile_id: safeCell(profileId),
    customer_id: safeCell(id),
    email: safeCell(email ?? ''),
    phone: safeCell(phone ?? ''),
    country: safeCell(country ?? ''),
  }));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** What stood in the cell before it was made safe. */
function unprotected(cell: string): string {
  return cell.startsWith("'") && safeCell(cell.slice(1)) === cell ? cell.slice(1) : cell;
}

/** Named after the audience; letters that a file name cannot have on every system are told apart by a hash. */
function fileName(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  const told = /^[A-Za-z0-9]+([ -][A-Za-z0-9]+)*$/.test(name);
  const mark = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${told ? plain.slice(0, 80) : `${plain.slice(0, 60) || 'audience'}-${mark}`}.csv`;
}

function fileOf(connection: Connection, target: Target, platform: Platform): string {
  return join(csvFolder(connection, platform), target.id ?? fileName(target.name));
}

async function read(file: string): Promise<{ columns: readonly string[]; rows: Row[] }> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { columns: first, rows: [] };
    throw new OperatorError(`${file} cannot be read.`, 'Give this user the right to read it.', {
      cause: error,
    });
  }
  const [columns = [...first], ...lines] = csvRows(text.replace(/^\uFEFF/, ''));
  return {
    columns,
    rows: lines.map(cells => Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? '']))),
  };
}

async function rewrite(file: string, change: (rows: readonly Row[]) => readonly Row[]): Promise<void> {
  const { columns, rows } = await read(file);
  const changed = change(rows);
  const named = new Set([...first, ...columns]);
  const more = [...new Set(changed.flatMap(Object.keys))].filter(column => !named.has(column)).sort();
  const all = [...named, ...more];
  const text = [all, ...changed.map(row => all.map(column => row[column] ?? ''))].map(csvLine).join('');
  await deliverFile(file, path => writeFile(path, text, { mode: 0o600 }));
}
