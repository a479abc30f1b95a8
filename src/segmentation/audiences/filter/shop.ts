import { type AsOf, bind } from '../../../features/as-of.ts';
import { catalogueWith } from '../../../features/catalogue.ts';
import type { StoredFeatures } from '../../../features/feature-store.ts';
import { type Decision, whyRefused } from '../../../governance/decisions.ts';
import type { Warehouse } from '../../../warehouse/port.ts';
import type { Model } from '../../model.ts';
import { sectorsOf } from '../../overlays/overlays.ts';
import { scores } from '../../predictions/scores.ts';
import type { RefreshRecord } from '../../refresh/record.ts';
import { allFields, type Field } from './fields.ts';
import { knownTable, writeKnown } from './known.ts';
import {
  type Entry,
  isCustomer,
  type KeptWords,
  readFieldWords,
  readVocabulary,
  type VocabularyOf,
} from './vocabulary.ts';

export interface FilterSource {
  owner: string;
  model: Model;
  /** All records, oldest first, as `state.refreshes.list()` gives them. */
  history: readonly RefreshRecord[];
  decisions: readonly Decision[];
  /** Names that nobody is chosen by, beside those that the lexicon finds. */
  blockedTerms: readonly string[];
  /** As `writeFeatures(tx, model.describedAsOf, ...)` gives them. */
  features: StoredFeatures;
  /** What columns held when they were last asked for; read anew where left out. */
  words?: KeptWords;
}

/** What a shop's filters are resolved and compiled against. */
export interface FilterShop {
  owner: string;
  /** Filters look from the date on which the segments stand. */
  asOf: AsOf;
  model: Model;
  history: readonly RefreshRecord[];
  blockedTerms: readonly string[];
  features: StoredFeatures;
  /** By id: what may be named here. */
  fields: ReadonlyMap<string, Field>;
  /** By id: the fields that Kindred knows and that cannot be named here. */
  withheld: ReadonlyMap<string, Withheld>;
  /** What a column holds; read when first asked for, and then kept. */
  vocabulary(of: VocabularyOf): Promise<readonly Entry[]>;
  /** The words of a text field, and whether anybody has a value of a score or an attribute. */
  fieldWords(field: Field): Promise<readonly Entry[]>;
  isKnown(field: Field): Promise<boolean>;
}

/** Why a field cannot be named, as a sentence, and what to do. */
export interface Withheld {
  why: string;
  next: string;
}

/** Everything that filters may name. The shop reads through `tx` and serves as long as it does. */
export async function readFilterShop(tx: Warehouse, source: FilterSource): Promise<FilterShop> {
  const { owner, model, history, blockedTerms, features } = source;
  const asOf = model.describedAsOf;
  const withheld = withheldFields(source);
  await writeKnown(tx, source);
  const { words = new Map() } = source;
  const fieldWords: KeptWords = new Map();
  return {
    owner,
    asOf,
    model,
    history,
    blockedTerms,
    features,
    fields: new Map(allFields.filter(({ id }) => !withheld.has(id)).map(field => [field.id, field])),
    withheld,
    vocabulary: of => once(words, of, () => readVocabulary(tx, of, asOf)),
    fieldWords: field => once(fieldWords, field.id, () => readFieldWords(tx, { owner, asOf }, field)),
    isKnown: knownFields(tx, asOf),
  };
}

/** What failed is no answer to the next who asks. */
function once(kept: KeptWords, key: string, read: () => Promise<Entry[]>): Promise<Entry[]> {
  const known = kept.get(key);
  if (known) return known;
  const reading = read();
  kept.set(key, reading);
  reading.catch(() => kept.delete(key));
  return reading;
}

function withheldFields({ model, history, decisions, features }: FilterSource): Map<string, Withheld> {
  const held = new Map<string, Withheld>();
  const here = new Map(features.features.map(feature => [feature.id, feature]));
  const ofSector = new Set(catalogueWith(sectorsOf(model)).map(({ id }) => id));
  const noScores = whyNoScores(model, history);
  for (const { id, kind, label } of allFields) {
    if (kind === 'score' && noScores) held.set(id, noScores);
    if (kind !== 'feature') continue;
    const feature = here.get(id);
    if (!feature) {
      held.set(
        id,
        ofSector.has(id)
          ? {
              why: `This shop has no "${id}" (${label}): the data that it needs is missing.`,
              next: '`kindred features` says what each feature needs.',
            }
          : {
              why: `"${id}" (${label}) is looked at in another sector only.`,
              next: 'Leave it out; `kindred features` lists the fields of this one.',
            },
      );
    } else {
      const refused = whyRefused(decisions, feature);
      if (refused) held.set(id, { why: `${refused.why}.`, next: refused.next });
    }
  }
  return held;
}

function whyNoScores(model: Model, history: readonly RefreshRecord[]): Withheld | null {
  const told = history.findLast(({ asOf }) => asOf === model.describedAsOf)?.predictions;
  if (told?.kind === 'scored') return null;
  return told
    ? { why: `This shop has no predictions: ${told.reason}`, next: 'Leave out what asks for them.' }
    : {
        why: 'Nothing was predicted as of the date on which the segments stand.',
        next: 'Run `kindred refresh`, which makes the predictions.',
      };
}

/** Whether anybody has a value of a field; what is kept per buyer is looked at once for all fields. */
function knownFields(tx: Warehouse, asOf: AsOf): (field: Field) => Promise<boolean> {
  let scored: Promise<ReadonlySet<string>> | undefined;
  return async ({ id, kind }) => {
    if (kind === 'feature') return true;
    if (kind === 'score') {
      scored ??= knownScores(tx);
      return (await scored).has(id);
    }
    const rows = await tx.query(
      bind(
        `SELECT 1 AS found FROM customers
WHERE profile_id IS NOT NULL AND ${isCustomer} AND ${id} IS NOT NULL LIMIT 1`,
        asOf,
      ),
    );
    return rows.length > 0;
  };
}

async function knownScores(tx: Warehouse): Promise<ReadonlySet<string>> {
  const [row] = await tx.query<Record<string, number>>(
    `SELECT ${scores.map(({ id }) => `count(${id}) AS ${id}`).join(', ')} FROM ${knownTable}`,
  );
  return new Set(scores.flatMap(({ id }) => (row![id]! > 0 ? [id] : [])));
}
