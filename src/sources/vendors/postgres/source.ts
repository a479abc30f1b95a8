import { openReadOnly } from '../../../vendors/postgres.ts';
import type { Connection } from '../../../vendors/vendor.ts';
import { type CanonicalTable, canonicalTables } from '../../../warehouse/schema.ts';
import type { Source } from '../../pull/source.ts';
import { readMapping } from './mapping.ts';
import { readingOf } from './reading.ts';
import { streamOf } from './stream.ts';

const names = Object.keys(canonicalTables) as CanonicalTable[];

/** Tables of one's own, in any Postgres database; nothing is ever written there. */
export const postgresTables: Source = { vendor: 'postgres', streams: names.map(streamOf), check };

/** @throws InputError where the mapping does not fit what is there */
async function check(connection: Connection): Promise<void> {
  const { tables } = await readMapping(connection.settings.mapping ?? '');
  const database = await openReadOnly(connection);
  try {
    for (const name of names) {
      const mapped = tables[name];
      if (mapped) await readingOf(database, name, mapped);
    }
  } finally {
    await database.close();
  }
}
