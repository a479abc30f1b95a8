import { type SparseRows, truncatedSvd } from '../clustering/svd.ts';
import { type KeptOut, keptOut } from '../governance/kept-out.ts';
import { literal, type Warehouse } from '../warehouse/port.ts';
import { type AsOf, bind } from './as-of.ts';
import { isCountedLine } from './purchases.ts';

/** Frozen parameters that place a customer's category mix in a few dimensions (TF-IDF, truncated SVD, fixed signs). */
export interface CategoryEmbedding {
  /** Whether the vocabulary is categories or, where there are none, products. */
  of: 'category' | 'product';
  terms: string[];
  idf: number[];
  /** components[d][t]: weight of term t in dimension d. */
  components: number[][];
  /** Singular value of each dimension, largest first. */
  singularValues: number[];
}

export interface EmbeddingOptions {
  dimensions?: number;
  seed?: number;
  /** The vocabulary is cut to the terms that most customers bought. */
  maxTerms?: number;
  /** Terms of fewer customers are left out: they tell of persons, not of groups. */
  minCustomers?: number;
  /** Names that stay out beside those that the lexicon finds. */
  blockedTerms?: readonly string[];
}

export interface FittedEmbedding {
  embedding: CategoryEmbedding;
  /** values[d][i]: profile i on dimension d, 9 decimals; 0 for who bought nothing of the vocabulary. */
  values: Float64Array[];
  /** Terms that tell of a protected trait or are blocked, and so stayed out. */
  screenedOut: KeptOut[];
}

/**
 * Learns the dimensions along which the category mixes of the profiles differ most.
 * Weights are (1 + ln n) * idf with idf = ln((1 + customers) / (1 + buyers of the term)) + 1, rows of unit length
 * (Manning, Raghavan & Schuetze 2008, 6.4), then a truncated SVD without centring (latent semantic analysis).
 * Null where fewer than three terms are left: that is no mix.
 */
export async function fitEmbedding(
  warehouse: Warehouse,
  profileIds: readonly string[],
  asOf: AsOf,
  { dimensions = 6, seed = 1, maxTerms = 300, minCustomers = 10, blockedTerms = [] }: EmbeddingOptions = {},
): Promise<FittedEmbedding | null> {
  const of = await termKind(warehouse, asOf);
  const found = await termCounts(warehouse, of, asOf, minCustomers);
  const screenedOut = keptOut(
    found.map(({ term }) => term),
    blockedTerms,
  );
  const sensitive = new Set(screenedOut.map(({ term }) => term));
  const kept = found.filter(({ term }) => !sensitive.has(term)).slice(0, maxTerms);
  if (kept.length < 3) return null;
  const vocabulary = {
    of,
    terms: kept.map(({ term }) => term),
    idf: kept.map(({ customers }) => Math.log((1 + profileIds.length) / (1 + customers)) + 1),
  };
  const rows = await weightedRows(warehouse, profileIds, asOf, vocabulary);
  const { components, singularValues } = truncatedSvd(rows, dimensions, seed);
  if (components.length === 0) return null;
  const embedding = { ...vocabulary, components, singularValues };
  return { embedding, values: placeRows(rows, components), screenedOut };
}

type Vocabulary = Pick<CategoryEmbedding, 'of' | 'terms' | 'idf'>;

const termColumn = { category: 'category', product: 'coalesce(product, sku)' } as const;

/** Categories where at least half of the lines name one. */
async function termKind(warehouse: Warehouse, asOf: AsOf): Promise<CategoryEmbedding['of']> {
  const sql = `SELECT count(*) AS lines, count(category) AS named FROM order_lines AS line WHERE ${isCountedLine}`;
  const [row] = await warehouse.query<{ lines: number; named: number }>(bind(sql, asOf));
  return row && row.lines > 0 && 2 * row.named >= row.lines ? 'category' : 'product';
}

/** Terms with the number of customers that bought them, most widespread first. */
async function termCounts(
  warehouse: Warehouse,
  of: CategoryEmbedding['of'],
  asOf: AsOf,
  minCustomers: number,
): Promise<{ term: string; customers: number }[]> {
  const sql = `SELECT term, count(*) AS customers
FROM (SELECT DISTINCT profile_id, ${termColumn[of]} AS term FROM order_lines AS line WHERE ${isCountedLine}) AS bought
WHERE term IS NOT NULL GROUP BY term HAVING count(*) >= ${minCustomers}
ORDER BY count(*) DESC, term COLLATE "C"`;
  return warehouse.query(bind(sql, asOf));
}

/** A SELECT of profile_id, term (its number in the vocabulary) and lines; `among` may narrow the rows of `line`. */
export function termLinesSql(
  { of, terms }: Pick<Vocabulary, 'of' | 'terms'>,
  asOf: AsOf,
  among = 'TRUE',
): string {
  const numbered = terms.map((term, index) => `(${literal(term)}, ${index})`).join(', ');
  // Only the condition is bound: a name may itself hold braces.
  return `SELECT profile_id, place AS term, count(*) AS lines
FROM order_lines AS line JOIN (VALUES ${numbered}) AS vocabulary(term, place) ON vocabulary.term = ${termColumn[of]}
WHERE ${bind(isCountedLine, asOf)} AND ${among} GROUP BY profile_id, place`;
}

async function weightedRows(
  warehouse: Warehouse,
  profileIds: readonly string[],
  asOf: AsOf,
  vocabulary: Vocabulary,
): Promise<SparseRows> {
  const { keys, values } = await warehouse.columns(termLinesSql(vocabulary, asOf));
  const [terms, lines] = [values[0]!, values[1]!];
  const rowOf = new Map(profileIds.map((id, row) => [id, row]));
  const rows = Int32Array.from(keys, key => rowOf.get(key) ?? -1);
  const order = Array.from(keys.keys())
    .filter(entry => rows[entry]! >= 0)
    .sort((a, b) => rows[a]! - rows[b]! || terms[a]! - terms[b]!);
  return weighted(
    order.map(entry => rows[entry]!),
    order.map(entry => terms[entry]!),
    order.map(entry => lines[entry]!),
    profileIds.length,
    vocabulary.idf,
  );
}

/**
 * Rows of unit length: entry e says that row `owners[e]` bought `lines[e]` lines of term `terms[e]`. Entries are in the
 * order of rows, and of terms within a row.
 */
export function weighted(
  owners: ArrayLike<number>,
  terms: ArrayLike<number>,
  lines: ArrayLike<number>,
  rows: number,
  idf: readonly number[],
): SparseRows {
  const offsets = new Int32Array(rows + 1);
  for (let entry = 0; entry < owners.length; entry++) offsets[owners[entry]! + 1]!++;
  for (let row = 0; row < rows; row++) offsets[row + 1]! += offsets[row]!;
  const indices = Int32Array.from(terms);
  const values = Float64Array.from(lines, (count, entry) => (1 + Math.log(count)) * idf[terms[entry]!]!);
  const sparse = { rows, cols: idf.length, offsets, indices, values };
  toUnitLength(sparse);
  return sparse;
}

function toUnitLength({ rows, offsets, values }: SparseRows): void {
  for (let row = 0; row < rows; row++) {
    let squares = 0;
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) squares += values[at]! ** 2;
    const length = Math.sqrt(squares);
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) values[at]! /= length;
  }
}

/** values[d][i]: row i on dimension d. */
export function placeRows(
  { rows, offsets, indices, values }: SparseRows,
  components: readonly number[][],
): Float64Array[] {
  return components.map(component => {
    const placed = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let at = offsets[row]!; at < offsets[row + 1]!; at++)
        sum += values[at]! * component[indices[at]!]!;
      placed[row] = Math.round(sum * 1e9) / 1e9 + 0;
    }
    return placed;
  });
}
