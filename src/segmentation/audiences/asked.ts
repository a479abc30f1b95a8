import { InputError } from '../../errors.ts';
import { writeFeatures } from '../../features/compute.ts';
import { storedFeatures } from '../../features/feature-store.ts';
import type { State } from '../../state/state.ts';
import type { SqlValue, Warehouse } from '../../warehouse/port.ts';
import { currentModel } from '../current.ts';
import { sectorsOf } from '../overlays/overlays.ts';
import { settle } from '../refresh/settle.ts';
import { tamed } from '../wording.ts';
import type { Audience } from './audience.ts';
import { compileClauses } from './filter/compile/compile.ts';
import { resolveFilter } from './filter/resolve/resolve.ts';
import type { ResolvedFilter, ResolvedNode } from './filter/resolved.ts';
import { type FilterShop, readFilterShop } from './filter/shop.ts';
import { keptWords } from './filter/vocabulary.ts';

export interface AudienceContext {
  warehouse: Warehouse;
  state: State;
  now: () => Date;
}

type Stores = Pick<AudienceContext, 'warehouse' | 'state'>;

interface Question {
  filter: unknown;
  /** The audience that it was saved as, where it was. */
  saved?: Audience;
}

/** A filter put to every buyer as of the date on which the segments stand. */
export interface Asked {
  shop: FilterShop;
  resolved: ResolvedFilter;
  /** The parts of the outermost `all`; part i is the column `clause_<i + 1>` of the table. */
  parts: readonly ResolvedNode[];
}

/**
 * A row per buyer while a filter is asked: `place` as in the table of features, `member`, and a column for each part of the
 * filter.
 */
export const askedTable = 'audience_asked';

/** Puts a filter to the shop and hands the answer to `work`, in one transaction of the warehouse. */
export async function asking<T>(
  context: Stores,
  { filter, saved }: Question,
  work: (tx: Warehouse, asked: Asked) => Promise<T>,
): Promise<T> {
  const [answer] = await askingEach(context, [{ filter, ...(saved ? { saved } : {}) }], work);
  return answer!;
}

/** The same of several filters, one after the other, to a shop that is read once. */
export async function askingEach<T, Q extends Question>(
  context: Stores,
  questions: readonly Q[],
  work: (tx: Warehouse, asked: Asked, question: Q) => Promise<T>,
): Promise<T[]> {
  const answered = await inFilterShop(context, async (tx, shop) => {
    const answers: T[] = [];
    for (const question of questions) {
      const { filter, saved } = question;
      const resolved = await resolveFilter(filter, shop).catch((error: unknown) => {
        // Told after the transaction: it keeps the features that an import made anew, for the next try.
        if (error instanceof InputError) return saved ? outdated(saved, error) : error;
        throw error;
      });
      if (resolved instanceof InputError) return { refused: resolved };
      const { sql, params, parts } = compileClauses(resolved, shop);
      await fillAsked(tx, { sql, params, parts: parts.length });
      answers.push(await work(tx, { shop, resolved, parts }, question));
      await tx.execute(`DROP TABLE ${askedTable}`);
    }
    return { answers };
  });
  if ('refused' in answered) throw answered.refused;
  return answered.answers;
}

/** What filters are put to: the shop as of the date on which the segments stand, in one transaction of the warehouse. */
export async function inFilterShop<T>(
  { warehouse, state }: Stores,
  work: (tx: Warehouse, shop: FilterShop) => Promise<T>,
): Promise<T> {
  await settle(warehouse, state);
  return warehouse.transaction(async tx => {
    const model = await currentModel(state);
    const [history, decisions] = [await state.refreshes.list(), await state.decisions.list()];
    const features = await writeFeatures(tx, model.describedAsOf, {
      sectors: sectorsOf(model),
      eventsWait: true,
    });
    const mark = (await storedFeatures(tx, features.table))?.mark ?? null;
    const words = keptWords(warehouse, mark, model.describedAsOf);
    const blockedTerms = await state.blockedTerms.names();
    const shop = { owner: state.owner, model, history, decisions, blockedTerms, features, words };
    return work(tx, await readFilterShop(tx, shop));
  });
}

/** A filter that fitted when it was saved names a segment, a category or a field that is no longer there. */
function outdated({ handle, name }: Audience, cause: InputError): InputError {
  return new InputError(
    `The audience ${handle} (${tamed(name, 120)}) asks for what is no longer there. ${cause.message}`,
    `${cause.next} Ask anew with \`kindred audience\`; \`kindred audience remove ${handle}\` removes this one.`,
    { cause },
  );
}

async function fillAsked(
  tx: Warehouse,
  { sql, params, parts }: { sql: string; params: readonly SqlValue[]; parts: number },
): Promise<void> {
  const clauses = Array.from({ length: parts }, (_, i) => `clause_${i + 1}`);
  const booleans = ['member', ...clauses].map(name => `${name} BOOLEAN`);
  await tx.execute(`CREATE TEMP TABLE ${askedTable} (place BIGINT, ${booleans.join(', ')})`);
  await tx.execute(
    `INSERT INTO ${askedTable} (place, member, ${clauses.join(', ')})
SELECT a.place, ${clauses.map(name => `a.${name}`).join(' AND ')}, ${clauses.map(name => `a.${name}`).join(', ')}
FROM (${sql}) AS a`,
    params,
  );
  if (tx.dialect.name === 'postgres') await tx.execute(`ANALYZE ${askedTable}`);
}
