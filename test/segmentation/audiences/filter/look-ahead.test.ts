import { expect, test } from 'vitest';
import { heldEvidence } from '../../../../src/features/availability.ts';
import { keptFact } from '../../../../src/features/kept-facts.ts';
import { silent } from '../../../../src/progress.ts';
import { inFilterShop } from '../../../../src/segmentation/audiences/asked.ts';
import { knownTable } from '../../../../src/segmentation/audiences/filter/known.ts';
import { readVocabulary, vocabularies } from '../../../../src/segmentation/audiences/filter/vocabulary.ts';
import { nameKinds, namesOfKind } from '../../../../src/segmentation/governance/shop-names.ts';
import { recluster } from '../../../../src/segmentation/recluster/recluster.ts';
import { openPostgres } from '../../../../src/warehouse/postgres.ts';
import { freshDatabase } from '../../../support/fresh-database.ts';
import { approve } from '../../recluster/approve-candidate.ts';
import { type LivedShop, livedShop } from '../../refresh/lived-shop.ts';

/** Asks for all that is looked up, and tells what is kept of it. */
async function asked({ context }: LivedShop): Promise<unknown[]> {
  return inFilterShop(context, async (tx, { asOf }) => {
    for (const of of vocabularies) await readVocabulary(tx, of, asOf);
    for (const kind of nameKinds) await keptFact(tx, namesOfKind(kind), asOf);
    await keptFact(tx, heldEvidence([]), asOf);
    return keptIn(tx, asOf);
  });
}

async function keptIn(warehouse: Pick<LivedShop['context']['warehouse'], 'query'>, asOf: string) {
  return [
    ...(await warehouse.query('SELECT * FROM kept_facts WHERE as_of = $1 ORDER BY name', [asOf])),
    ...(await warehouse.query('SELECT * FROM feature_tables WHERE name = $1 AND as_of = $2', [
      knownTable,
      asOf,
    ])),
    ...(await warehouse.query(`SELECT * FROM ${knownTable} ORDER BY place`)),
  ];
}

/** What was kept before anybody asked is what is there afterwards, and what is read where nothing was kept. */
async function expectLookedAhead(shop: LivedShop): Promise<void> {
  const { warehouse, state } = shop.context;
  const { describedAsOf } = (await state.models.current())!;
  const before = await keptIn(warehouse, describedAsOf);
  expect(before.length).toBeGreaterThan(100);
  expect(await asked(shop)).toEqual(before);
  await warehouse.execute('DELETE FROM kept_facts');
  await warehouse.execute('DELETE FROM feature_tables WHERE name = $1', [knownTable]);
  expect(await asked(shop)).toEqual(before);
}

test.each(['DuckDB', 'Postgres'])(
  'in %s nothing is left to be looked up after a fit, a refresh and a promotion',
  async store => {
    const url = store === 'Postgres' ? await freshDatabase() : null;
    const shop = await livedShop({ ahead: 2, ...(url ? { open: () => openPostgres({ url }) } : {}) });
    try {
      await expectLookedAhead(shop);
      await shop.refresh(1);
      await expectLookedAhead(shop);
      const outcome = await recluster(shop.context, { asOf: shop.asOf(2), actor: 'ada' }, silent);
      if (!('proposal' in outcome)) throw new Error('no groups');
      await approve(shop.context, { id: outcome.proposal.id, by: 'ada', reason: 'they fit better' });
      await expectLookedAhead(shop);
    } finally {
      await shop.close();
    }
  },
  60_000,
);
