import { BINS, type BinnedColumns, binColumns } from './bins.ts';
import { growBinned, type TreeNode } from './tree.ts';

export interface Condition {
  column: number;
  op: 'at most' | 'more than';
  threshold: number;
}

/** A conjunction; a row whose value is missing meets no condition on it. No condition at all holds for every row. */
export interface Rule {
  conditions: Condition[];
  /** Members among the rows that meet the rule; 0 where none does. */
  precision: number;
  /** Rows that meet the rule among the members. */
  recall: number;
}

const MAX_CONDITIONS = 3;
const BEAM = 4;
/** Rows that the search looks at. */
const SEARCH_ROWS = 30_000;
/** Gain in F1 that one more condition must bring: a shorter rule is easier to read. */
const WORTH_A_CONDITION = 0.015;
/** Loss in F1 that a round number may cost. */
const ROUNDING_COST = 0.005;

/** The rule for one group; see `learnRules`. member[i] is 1 for its rows. */
export function learnRule(columns: readonly Float64Array[], member: Uint8Array): Rule {
  return learnBinned(columns, binColumns(columns), member);
}

/**
 * For each label 0 .. k - 1 the conjunction of at most three conditions that tells its rows apart best by F1:
 * the better of a beam search and of the leaves of a small decision tree, with thresholds rounded where that
 * costs next to nothing. columns[c][i] in any unit, labels[i] of the same rows.
 * Precision and recall are measured on all rows, with the rounded thresholds.
 */
export function learnRules(columns: readonly Float64Array[], labels: Int32Array, k: number): Rule[] {
  const binned = binColumns(columns);
  return Array.from({ length: k }, (_, segment) =>
    learnBinned(
      columns,
      binned,
      Uint8Array.from(labels, label => (label === segment ? 1 : 0)),
    ),
  );
}

function learnBinned(columns: readonly Float64Array[], binned: BinnedColumns, member: Uint8Array): Rule {
  const members = count(member);
  const searched = sampleRows(binned, member);
  let best = measure(columns, member, members, []);
  for (const conditions of [...conjunctions(searched), ...treePaths(searched)]) {
    const rule = measure(columns, member, members, conditions);
    if (worth(rule) > worth(best)) best = rule;
  }
  return rounded(columns, member, members, best);
}

const count = (member: Uint8Array) => member.reduce((sum, one) => sum + one, 0);

const worth = (rule: Rule) => f1(rule) - WORTH_A_CONDITION * rule.conditions.length;

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
  walk(growBinned(binned, member, { maxDepth: MAX_CONDITIONS, minLeaf }), []);
  return paths;
}

/** A further cut of the same column to the same side replaces the earlier one, which it implies. */
function tightened(path: Condition[], condition: Condition): Condition[] {
  return [...path.filter(({ column, op }) => column !== condition.column || op !== condition.op), condition];
}

function measure(
  columns: readonly Float64Array[],
  member: Uint8Array,
  members: number,
  conditions: Condition[],
): Rule {
  const meeting = new Uint8Array(member.length).fill(1);
  for (const { column, op, threshold } of conditions) {
    const values = columns[column]!;
    const atMost = op === 'at most';
    for (let row = 0; row < values.length; row++) {
      const value = values[row]!;
      if (!Number.isFinite(value) || value <= threshold !== atMost) meeting[row] = 0;
    }
  }
  let met = 0;
  let caught = 0;
  for (let row = 0; row < member.length; row++) {
    met += meeting[row]!;
    caught += meeting[row]! & member[row]!;
  }
  return {
    conditions,
    precision: met === 0 ? 0 : caught / met,
    recall: members === 0 ? 0 : caught / members,
  };
}

const f1 = ({ precision, recall }: Rule) =>
  precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);

/** F1 of `size` rows of which `caught` are among the `members`. */
const harmonic = (caught: number, size: number, members: number) =>
  caught === 0 ? 0 : (2 * caught) / (size + members);

/** Each threshold in turn takes the roundest number that costs next to nothing. */
function rounded(columns: readonly Float64Array[], member: Uint8Array, members: number, rule: Rule): Rule {
  const floor = f1(rule) - ROUNDING_COST;
  let current = rule;
  for (let at = 0; at < rule.conditions.length; at++) {
    for (const threshold of rounder(current.conditions[at]!.threshold)) {
      const conditions = current.conditions.map((condition, i) =>
        i === at ? { ...condition, threshold } : condition,
      );
      const candidate = measure(columns, member, members, conditions);
      if (f1(candidate) < floor) continue;
      current = candidate;
      break;
    }
  }
  return current;
}

/** Nearby numbers, roundest first: one digit, a digit and a half (15, 25, ...), two, three. */
function rounder(value: number): number[] {
  if (value === 0 || !Number.isFinite(value)) return [];
  const size = 10 ** Math.floor(Math.log10(Math.abs(value)));
  const steps = [size, size / 2, size / 10, size / 20, size / 100];
  return steps.map(step => Number((Math.round(value / step) * step).toPrecision(6)));
}
