import { BINS, type BinnedColumns } from './bins.ts';
import { growTree, type TreeNode } from './tree.ts';

export interface Condition {
  column: number;
  op: 'at most' | 'more than';
  threshold: number;
}

const MAX_CONDITIONS = 3;
const BEAM = 4;
/** Rows that the search looks at: candidates are measured on all rows afterwards. */
const SEARCH_ROWS = 30_000;

/** Conjunctions that may tell the members apart: those of a beam search by F1, and the paths of a small tree. */
export function candidateConditions(binned: BinnedColumns, member: Uint8Array): Condition[][] {
  const searched = sampleRows(binned, member);
  return [...conjunctions(searched), ...treePaths(searched)];
}

interface Searched {
  binned: BinnedColumns;
  member: Uint8Array;
}

/** Every n-th row: candidates are found on these and measured on all. */
function sampleRows(binned: BinnedColumns, member: Uint8Array): Searched {
  const step = Math.ceil(binned.rows / SEARCH_ROWS);
  if (step <= 1) return { binned, member };
  const rows = Math.ceil(binned.rows / step);
  const every = (values: Uint8Array) => Uint8Array.from({ length: rows }, (_, i) => values[i * step]!);
  return { binned: { rows, edges: binned.edges, bins: binned.bins.map(every) }, member: every(member) };
}

interface Conjunction {
  conditions: Condition[];
  rows: Int32Array;
  f1: number;
}

/** Grows conjunctions condition by condition, keeping the best few by F1; gives the kept ones of every length. */
function conjunctions({ binned, member }: Searched): Condition[][] {
  const members = count(member);
  const everyone = Int32Array.from({ length: binned.rows }, (_, i) => i);
  let beam: Conjunction[] = [{ conditions: [], rows: everyone, f1: harmonic(members, binned.rows, members) }];
  const found: Condition[][] = [];
  for (let length = 1; length <= MAX_CONDITIONS; length++) {
    const grown = beam.flatMap(partial => extensions(binned, member, members, partial));
    grown.sort((a, b) => b.f1 - a.f1 || compareConditions(a.conditions, b.conditions));
    beam = distinct(grown)
      .slice(0, BEAM)
      .map(({ conditions, parent, f1 }) => ({
        conditions,
        f1,
        rows: parent.rows.filter(row => meetsBinned(binned, conditions.at(-1)!, row)),
      }));
    found.push(...beam.map(partial => partial.conditions));
  }
  return found;
}

interface Extension {
  conditions: Condition[];
  parent: Conjunction;
  f1: number;
}

/** The best cut of each column to either side. */
function extensions(
  binned: BinnedColumns,
  member: Uint8Array,
  members: number,
  parent: Conjunction,
): Extension[] {
  const extended: Extension[] = [];
  const all = new Int32Array(BINS + 1);
  const hits = new Int32Array(BINS + 1);
  for (let column = 0; column < binned.bins.length; column++) {
    const bins = binned.bins[column]!;
    const edges = binned.edges[column]!;
    all.fill(0);
    hits.fill(0);
    for (const row of parent.rows) {
      const bin = bins[row]!;
      all[bin]!++;
      hits[bin]! += member[row]!;
    }
    const best = { 'at most': { f1: parent.f1, edge: -1 }, 'more than': { f1: parent.f1, edge: -1 } };
    let size = 0;
    let caught = 0;
    const present = parent.rows.length - all[0]!;
    const presentHits = hits.reduce((sum, count) => sum + count, 0) - hits[0]!;
    for (let bin = 1; bin < edges.length; bin++) {
      size += all[bin]!;
      caught += hits[bin]!;
      const low = harmonic(caught, size, members);
      const high = harmonic(presentHits - caught, present - size, members);
      if (low > best['at most'].f1) best['at most'] = { f1: low, edge: bin - 1 };
      if (high > best['more than'].f1) best['more than'] = { f1: high, edge: bin - 1 };
    }
    for (const op of ['at most', 'more than'] as const) {
      if (best[op].edge < 0) continue;
      const condition: Condition = { column, op, threshold: edges[best[op].edge]! };
      extended.push({ conditions: tightened(parent.conditions, condition), parent, f1: best[op].f1 });
    }
  }
  return extended;
}

/** The same conditions found in another order are one. */
function distinct(extensions: Extension[]): Extension[] {
  const seen = new Set<string>();
  return extensions.filter(({ conditions }) => {
    const name = conditions
      .map(({ column, op, threshold }) => `${column} ${op} ${threshold}`)
      .sort()
      .join();
    return !seen.has(name) && seen.add(name);
  });
}

function compareConditions(a: Condition[], b: Condition[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order =
      a[i]!.column - b[i]!.column ||
      a[i]!.op.localeCompare(b[i]!.op, 'en') ||
      a[i]!.threshold - b[i]!.threshold;
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function meetsBinned(binned: BinnedColumns, { column, op, threshold }: Condition, row: number): boolean {
  const bin = binned.bins[column]![row]!;
  return bin > 0 && (op === 'at most') === binned.edges[column]![bin - 1]! <= threshold;
}

/** Every path of a depth-three tree that tells members from the rest. */
function treePaths({ binned, member }: Searched): Condition[][] {
  const minLeaf = Math.max(1, Math.floor(binned.rows / 1000));
  const paths: Condition[][] = [];
  const walk = (node: TreeNode, path: Condition[]) => {
    if (path.length > 0) paths.push(path);
    if (!node.split) return;
    const { column, threshold, atMost, above } = node.split;
    walk(atMost, tightened(path, { column, op: 'at most', threshold }));
    walk(above, tightened(path, { column, op: 'more than', threshold }));
  };
  walk(growTree(binned, member, { maxDepth: MAX_CONDITIONS, minLeaf }), []);
  return paths;
}

/** A further cut of the same column to the same side replaces the earlier one, which it implies. */
function tightened(path: Condition[], condition: Condition): Condition[] {
  return [...path.filter(({ column, op }) => column !== condition.column || op !== condition.op), condition];
}

const count = (member: Uint8Array) => member.reduce((sum, one) => sum + one, 0);

/** F1 of `size` rows of which `caught` are among the `members`. */
const harmonic = (caught: number, size: number, members: number) =>
  caught === 0 ? 0 : (2 * caught) / (size + members);
