import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildAudience } from '../../../src/segmentation/audiences/build-audience.ts';
import { exportAudience } from '../../../src/segmentation/audiences/export-audience.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { livedShop } from '../refresh/lived-shop.ts';

test('who objects to profiling is in no list from then on, though the segments still know them', async () => {
  const shop = await livedShop({ customers: 110, ahead: 1 });
  const folder = temporaryFolder();
  try {
    const { context } = shop;
    const { audience } = await buildAudience(context, {
      filter: { field: 'orders', atLeast: 2 },
      actor: 'ada',
    });
    const idsIn = async (name: string) => {
      const file = join(folder.path, name);
      await exportAudience(context, { handle: audience.handle, file, actor: 'ada' });
      const [, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
      return lines.map(line => line.split(',')[0]!);
    };
    const before = await idsIn('before.csv');
    const [person] = await context.warehouse.query<{ profile: string }>(
      'SELECT profile_id AS "profile" FROM identities WHERE source_id = $1',
      [before[0]!],
    );
    const theirs = await context.warehouse.query<{ id: string }>(
      'SELECT source_id AS "id" FROM identities WHERE profile_id = $1',
      [person!.profile],
    );
    await context.warehouse.execute(
      `INSERT INTO consents (source, consent_id, customer_id, profile_id, channel, purpose, state, stated_at)
       VALUES ('shop', 'k1', $1, $2, 'any', 'profiling', 'denied', TIMESTAMP '2026-01-01 00:00:00')`,
      [before[0]!, person!.profile],
    );
    const gone = new Set(theirs.map(({ id }) => id));
    expect(await idsIn('after.csv')).toEqual(before.filter(id => !gone.has(id)));
  } finally {
    folder.remove();
    await shop.close();
  }
});
