import { type BinnedColumns, binColumns } from './bins.ts';
import { type Condition, candidateConditions } from './rule-search.ts';

/** A conjunction; a row whose value is missing meets no condition on it. No condition at all holds for every row. */
export interface Rule {
  conditions: Condition[];
  /** Members among the rows that meet the rule; 0 where none does. */
  precision: number;
  /** Rows that meet the rule among the members. */
  recall: number;
}

/** Gain in F1 that one more condition must bring: a shorter rule is easier to read. */
const WORTH_A_CONDITION = 0.015;
/** Loss in F1 that a round number may cost. */
const ROUNDING_COST = 0.005;

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
  let best = measure(columns, member, members, []);
  for (const conditions of candidateConditions(binned, member)) {
    const rule = measure(columns, member, members, conditions);
    if (worth(rule) > worth(best)) best = rule;
  }
  return pruned(columns, member, members, rounded(columns, member, members, best));
}

const count = (member: Uint8Array) => member.reduce((sum, one) => sum + one, 0);

const worth = (rule: Rule) => f1(rule) - WORTH_A_CONDITION * rule.conditions.length;

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

/** The rule without what is not worth its words: a bound that rounding or a later condition has made idle. */
function pruned(columns: readonly Float64Array[], member: Uint8Array, members: number, rule: Rule): Rule {
  for (const idle of rule.conditions) {
    const rest = rule.conditions.filter(condition => condition !== idle);
    const shorter = measure(columns, member, members, rest);
    if (worth(shorter) >= worth(rule)) return pruned(columns, member, members, shorter);
  }
  return rule;
}

/** Nearby numbers, roundest first: one digit, a digit and a half (15, 25, ...), two, three. */
function rounder(value: number): number[] {
  if (value === 0 || !Number.isFinite(value)) return [];
  const size = 10 ** Math.floor(Math.log10(Math.abs(value)));
  const steps = [size, size / 2, size / 10, size / 20, size / 100];
  return steps.map(step => Number((Math.round(value / step) * step).toPrecision(6)));
}
