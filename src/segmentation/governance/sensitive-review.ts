import { catalogueWith } from '../../features/catalogue.ts';
import { factOfRows } from '../../features/kept-facts.ts';
import { defaultAsOf } from '../../features/span.ts';
import type { BlockedTerm, Ground } from '../../governance/blocked-terms.ts';
import { type Decision, standingDecision } from '../../governance/decisions.ts';
import { keptOut, sameName } from '../../governance/kept-out.ts';
import type { Sensitivity } from '../../governance/sensitivity.ts';
import type { State } from '../../state/state.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import type { Model } from '../model.ts';
import { sectorsOf } from '../overlays/overlays.ts';
import { SMALLEST_REPORTED } from '../wording.ts';
import { lexiconRules, type NameKind, nameKinds, namesOfKind, type ShopName } from './shop-names.ts';
import { standingBlocks } from './standing-blocks.ts';

/** What may tell of a protected trait, and what was decided on it. */
export interface SensitiveReview {
  /** Names are those of before this day; null where the shop has no orders. */
  asOf: string | null;
  /** Those that are sensitive, and others on which something was decided; in the order of the catalogue. */
  features: ReviewedFeature[];
  /** How many features are looked at and neither sensitive nor decided on. */
  plainFeatures: number;
  /** By kind, then by name in byte order. */
  names: ReviewedName[];
  /** How many names of each kind were looked at. */
  screened: Record<NameKind, number>;
  /** What was blocked beside the lexicon, in byte order. */
  blockedTerms: (BlockedTerm & { inModel: boolean })[];
}

export interface ReviewedFeature {
  id: string;
  label: string;
  sensitivity: Sensitivity;
  /** The one that stands. */
  decision: Decision | null;
  /** Whether the standing segments were found with it. */
  inModel: boolean;
}

export interface ReviewedName {
  kind: NameKind;
  name: string;
  ground: Ground;
  foundBy: 'lexicon' | 'blocked';
  /** Customers that go with it; null for fewer than ten. */
  customers: number | null;
}

/** Has the stores for so long as the work takes. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** Whether nobody is chosen by the name. */
export function staysOut({ kind, foundBy }: Pick<ReviewedName, 'kind' | 'foundBy'>): boolean {
  return foundBy === 'blocked' || lexiconRules(kind);
}

/**
 * Looks through everything that a shop names: features by what they are known to tell, all other names by the lexicon and
 * by what is blocked. It asks no model, decides nothing and changes nothing.
 *
 * @param inTurn has the stores for each look through the rows
 */
export async function sensitiveReview(
  { warehouse, state }: { warehouse: Warehouse; state: State },
  inTurn: InTurn = work => work(),
): Promise<SensitiveReview> {
  const model = await state.models.current();
  const decisions = await state.decisions.list();
  const blocked = await state.blockedTerms.list();
  const standing = standingBlocks(model, decisions, blocked);
  const asOf = laterOf(model?.describedAsOf ?? null, await inTurn(() => defaultAsOf(warehouse)));
  const known = catalogueWith(model ? sectorsOf(model) : []);
  const features = reviewedFeatures(known, decisions, model);
  const names: ReviewedName[] = [];
  const screened = Object.fromEntries(nameKinds.map(kind => [kind, 0])) as Record<NameKind, number>;
  if (asOf !== null) {
    for (const kind of nameKinds) {
      const found = await inTurn(() => factOfRows(warehouse, namesOfKind(kind), asOf));
      screened[kind] = found.length;
      names.push(...reviewedNames(kind, found, blocked));
    }
  }
  return {
    asOf,
    features,
    plainFeatures: known.length - features.length,
    names,
    screened,
    blockedTerms: blocked.map(term => ({ ...term, inModel: standing.terms.includes(term.term) })),
  };
}

/** What was imported since the segments were looked at last is looked through as well. */
function laterOf(a: string | null, b: string | null): string | null {
  return a !== null && b !== null ? (a < b ? b : a) : (a ?? b);
}

function reviewedFeatures(
  known: ReturnType<typeof catalogueWith>,
  decisions: readonly Decision[],
  model: Model | undefined,
): ReviewedFeature[] {
  const used = new Set(model?.recipe.features.map(({ id }) => id));
  return known.flatMap(({ id, label, sensitivity }) => {
    const decision = standingDecision(decisions, id) ?? null;
    return sensitivity === 'none' && !decision
      ? []
      : [{ id, label, sensitivity, decision, inModel: used.has(id) }];
  });
}

function reviewedNames(
  kind: NameKind,
  names: readonly ShopName[],
  blocked: readonly BlockedTerm[],
): ReviewedName[] {
  const grounds = new Map(blocked.map(({ term, ground }) => [sameName(term), ground]));
  const customers = new Map(names.map(each => [each.name, each.customers]));
  const found = keptOut(
    names.map(({ name }) => name),
    blocked.map(({ term }) => term),
  );
  return found.map(({ term, category }) => {
    const count = customers.get(term)!;
    return {
      kind,
      name: term,
      ground: category === 'blocked' ? grounds.get(sameName(term))! : category,
      foundBy: category === 'blocked' ? 'blocked' : 'lexicon',
      customers: count < SMALLEST_REPORTED ? null : count,
    };
  });
}
