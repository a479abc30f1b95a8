import { InputError } from '../../errors.ts';
import { featureById } from '../../features/catalogue.ts';
import type { Feature } from '../../features/feature.ts';
import { factOfRows } from '../../features/kept-facts.ts';
import { defaultAsOf } from '../../features/span.ts';
import type { Ground } from '../../governance/blocked-terms.ts';
import { sameName } from '../../governance/kept-out.ts';
import { screenTerms } from '../../governance/sensitivity.ts';
import type { State } from '../../state/state.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import { lexiconRules, type NameKind, nameKinds, namesOfKind } from './shop-names.ts';
import { type StandingBlocks, standingBlocks } from './standing-blocks.ts';

interface Context {
  warehouse: Warehouse;
  state: State;
  now: () => Date;
}

export interface BlockRequest {
  /** A feature's id, or a name from the data. */
  what: string;
  /** Of a name. */
  ground: Ground;
  by: string;
  reason: string;
}

export type Blocked =
  | { kind: 'feature'; feature: Feature; standing: StandingBlocks }
  | {
      kind: 'term';
      term: string;
      /** What the shop calls so; none where no row names it yet. */
      names: NameKind[];
      /** It was blocked before, or the lexicon keeps it out by itself. */
      already: 'blocked' | 'lexicon' | null;
      standing: StandingBlocks;
    };

/** Keeps a feature, or a name from the data, out of recipes, habits and filters. Needs nobody's approval. */
export async function block(context: Context, { what, ground, by, reason }: BlockRequest): Promise<Blocked> {
  const { state, now } = context;
  const at = now().toISOString();
  const feature = featureById(what);
  if (feature) {
    await state.decisions.record({
      feature: feature.id,
      effect: 'block',
      lawfulBasis: null,
      decidedBy: by,
      at,
      reason,
    });
    return { kind: 'feature', feature, standing: await standingNow(state) };
  }
  const { term, names } = await asInData(context, what);
  const known = (await state.blockedTerms.names()).some(other => sameName(other) === sameName(term));
  if (!known) await state.blockedTerms.block([{ term, ground, reason, blockedBy: by, at }]);
  const ruled = names.every(lexiconRules) && screenTerms([term]).length > 0;
  const already = known ? 'blocked' : ruled ? 'lexicon' : null;
  return { kind: 'term', term, names, already, standing: await standingNow(state) };
}

/**
 * Lets a name that was blocked be used again.
 *
 * @returns the term, as it was blocked
 * @throws InputError where it is not blocked
 */
export async function release(
  { state, now }: Pick<Context, 'state' | 'now'>,
  { what, by, reason }: Pick<BlockRequest, 'what' | 'by' | 'reason'>,
): Promise<string> {
  // A review blocks each way in which the data writes a name; one that was left would keep all of them out.
  const terms = (await state.blockedTerms.names()).filter(other => sameName(other) === sameName(what));
  for (const term of terms)
    await state.blockedTerms.release(term, { at: now().toISOString(), actor: by, reason });
  if (terms.length > 0) return terms.find(term => term === what) ?? terms[0]!;
  if (featureById(what))
    throw new InputError(
      `"${what}" is a feature, which is not released but allowed.`,
      `Record it: kindred allow ${what} --basis BASIS --by NAME --reason TEXT`,
    );
  const [found] = screenTerms([what]);
  throw new InputError(
    found
      ? `"${what}" is kept out by the lexicon (${found.category}), which cannot be released.`
      : `"${what}" is not blocked.`,
    '`kindred governance report` lists what is blocked.',
  );
}

/** As rows write it, whatever the case and the punctuation it was given in; and what they call so. */
async function asInData(
  { warehouse, state }: Pick<Context, 'warehouse' | 'state'>,
  given: string,
): Promise<{ term: string; names: NameKind[] }> {
  const asOf = (await defaultAsOf(warehouse)) ?? (await state.models.current())?.describedAsOf;
  const names: NameKind[] = [];
  let term: string | null = null;
  for (const kind of asOf === undefined ? [] : nameKinds) {
    const same = (await factOfRows(warehouse, namesOfKind(kind), asOf!))
      .map(({ name }) => name)
      .filter(name => sameName(name) === sameName(given));
    if (same.length === 0) continue;
    names.push(kind);
    term ??= same.find(name => name === given) ?? same[0]!;
  }
  return { term: term ?? given.trim(), names };
}

async function standingNow(state: State): Promise<StandingBlocks> {
  const [decisions, blocked] = [await state.decisions.list(), await state.blockedTerms.list()];
  return standingBlocks(await state.models.current(), decisions, blocked);
}
