import type { Fact } from '../../segmentation/written-numbers.ts';
import type { Claim } from './claims.ts';

/** A figure of the text that a fact bears out, with the values that it may stand for. */
export interface Shown {
  claim: Claim;
  facts: readonly Fact[];
}

/**
 * Whether a reader could compute the figure from two others that stand in the text beside it and are borne out: a sum or
 * a difference, one as a share of the other, a change in per cent, so many times as much, or so much money a head. Facts
 * that the text does not show do not count: among hundreds of them some two come to any figure.
 */
export function derivable(claim: Claim, beside: readonly Shown[]): boolean {
  const others = beside.filter(shown => shown.claim !== claim);
  return (
    pairs(others).some(([a, b]) => results(claim, a, b).some(value => fits(claim, value))) ||
    isTotal(claim, others)
  );
}

const fits = ({ value, rounding, unit }: Claim, result: number) =>
  Math.abs(Math.abs(result) - value) <= rounding + 1e-9 && !(unit === 'people' && Math.abs(result) < 10);

function results(claim: Claim, a: Fact, b: Fact): number[] {
  if (claim.unit === 'share') {
    if (a.unit === 'share' && b.unit === 'share') return [a.value + b.value, a.value - b.value];
    if (!alike(a, b) || b.value === 0) return [];
    if (isChange(claim)) return [(a.value - b.value) / b.value];
    return a.value <= b.value ? [a.value / b.value] : [];
  }
  if (claim.unit === 'money') {
    if (a.unit === 'money' && b.unit === 'money') return [a.value + b.value, a.value - b.value];
    const each = a.unit === 'money' && b.unit === 'count' && b.value > 0 && isEach(claim);
    return each ? [a.value / b.value] : [];
  }
  if (claim.unit === null && /^\s*(?:×|x\b|times\b)/.test(claim.after))
    return a.unit === b.unit && b.value !== 0 ? [a.value / b.value] : [];
  if (claim.unit === 'people' || claim.unit === null)
    return a.unit === 'count' && b.unit === 'count' ? [a.value + b.value, a.value - b.value] : [];
  if (claim.unit === 'days' || claim.unit === 'span')
    return a.unit === 'days' && b.unit === 'days' ? [a.value - b.value] : [];
  return [];
}

const alike = (a: Fact, b: Fact) => a.unit === b.unit && (a.unit === 'count' || a.unit === 'money');

const change =
  /\b(?:up|down|rose|rise|fell|fall|gr[eo]wn?|growth|shrank|shrunk|more|fewer|less|increased?|decreased?|higher|lower|change)\b/i;
const isChange = ({ before, after }: Claim) =>
  /[+−-]\s?$/.test(before) || change.test(`${before.slice(-30)} ${after.slice(0, 20)}`);

const each = /\b(?:each|per|a head|average|mean|apiece)\b/i;
const isEach = ({ before, after }: Claim) => each.test(`${before.slice(-40)} ${after.slice(0, 30)}`);

/** Every ordered pair of facts of two different figures. */
function pairs(shown: readonly Shown[]): [Fact, Fact][] {
  return shown.flatMap((first, i) =>
    shown.flatMap((second, j) =>
      i === j ? [] : first.facts.flatMap(a => second.facts.map((b): [Fact, Fact] => [a, b])),
    ),
  );
}

/** The total of all figures of its kind that stand before it. */
function isTotal(claim: Claim, others: readonly Shown[]): boolean {
  const unit = claim.unit === 'people' ? 'count' : claim.unit;
  const parts = others.filter(
    ({ claim: other, facts }) =>
      other.at < claim.at && other.unit === claim.unit && facts.some(fact => fact.unit === unit),
  );
  if (parts.length < 3) return false;
  return fits(
    claim,
    parts.reduce((sum, { facts }) => sum + facts.find(fact => fact.unit === unit)!.value, 0),
  );
}
