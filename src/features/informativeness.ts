import type { FeatureTable } from './feature.ts';

/**
 * How much a column says of customers, 0..1: the share of them that have a value, times, for counted shares and rates,
 * the part of its variance that chance does not explain.
 *
 * A share k / n of few orders spreads by chance alone, with variance mu (1 - mu) / n, and a rate, k events over n
 * orders, with mu / n. Where all customers are alike, that is all of the spread (0); where they differ much, it is
 * little of it (1). Both are compared after shrinking by n / (n + 4), as the transform does.
 * Source: method of moments for the beta-binomial (Kleinman 1973) and the gamma-Poisson.
 */
export function informativeness(table: FeatureTable, column: number): number {
  const values = table.values[column]!;
  const feature = table.features[column]!;
  const known = values.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  const coverage = values.length === 0 ? 0 : known / values.length;
  const support = table.features.findIndex(other => other.id === feature.support);
  if (!feature.counted || support < 0) return coverage;
  const chance = (mean: number) => (feature.unit === 'share' ? mean * (1 - mean) : mean);
  return coverage * reliability(values, table.values[support]!, chance);
}

function reliability(shares: Float64Array, counts: Float64Array, chance: (mean: number) => number): number {
  const pooled = { hits: 0, of: 0 };
  const eachKnown = (visit: (share: number, count: number) => void) => {
    for (let i = 0; i < shares.length; i++)
      if (counts[i]! > 0 && !Number.isNaN(shares[i]!)) visit(shares[i]!, counts[i]!);
  };
  eachKnown((share, count) => {
    pooled.hits += share * count;
    pooled.of += count;
  });
  const mean = pooled.hits / pooled.of;
  let observed = 0;
  let expected = 0;
  eachKnown((share, count) => {
    const kept = count / (count + 4);
    observed += (kept * (share - mean)) ** 2;
    expected += (kept * kept * chance(mean)) / count;
  });
  return observed > 0 ? Math.max(0, 1 - expected / observed) : 0;
}
