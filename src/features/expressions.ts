/**
 * SQL pieces that DuckDB and Postgres compute to the same bit: sums over exact types, one division at the end,
 * square roots (which IEEE 754 rounds correctly), and logarithms of whole numbers only, cut to nine decimals.
 */

/** a / b in double precision; NULL where b is 0. */
export function ratio(a: string, b: string): string {
  return `${double(a)} / NULLIF(${double(b)}, 0)`;
}

export function double(expression: string): string {
  return `CAST(${expression} AS DOUBLE PRECISION)`;
}

/** 1 where the condition holds, 0 where it does not or is unknown. */
export function flag(condition: string): string {
  return `CASE WHEN ${condition} THEN 1 ELSE 0 END`;
}

/** Money as whole cents, so that it adds up exactly; negative and missing amounts count as 0. */
export function cents(amount: string): string {
  return `CAST(floor(greatest(coalesce(${amount}, 0), 0) * 100 + 0.5) AS BIGINT)`;
}

/** Whole seconds since 1970. */
export function seconds(time: string): string {
  return `CAST(floor(EXTRACT(EPOCH FROM ${time})) AS BIGINT)`;
}

/** Days from a time, given in whole seconds since 1970, to the as-of date. */
export function daysSince(second: string): string {
  return ratio(`({as_of_second} - ${second})`, '86400');
}

/** Whole days since 1970. */
export function dayNumber(time: string): string {
  return `CAST(floor(EXTRACT(EPOCH FROM ${time}) / 86400) AS BIGINT)`;
}

/** ln of a whole number in units of 1e-11: few distinct arguments, so that no two maths libraries disagree on one. */
export function wholeLog(count: string): string {
  return `CAST(floor(ln(${double(count)}) * 100000000000 + 0.5) AS BIGINT)`;
}

/**
 * Shannon entropy in nats of counts n_i with sum n, H = ln n - sum(n_i ln n_i) / n, to nine decimals.
 * `weighted` is the sum of n_i * wholeLog(n_i).
 */
export function entropy(count: string, weighted: string): string {
  return `floor((${double(wholeLog(count))} - ${ratio(weighted, count)}) / 100 + 0.5) / 1000000000`;
}

/** The lesser of a and 1; NULL where a is: least() itself would pass over it. */
export function atMostOne(a: string): string {
  return `CASE WHEN ${a} > 1 THEN 1 ELSE ${a} END`;
}

/**
 * Coefficient of variation (sample standard deviation / mean) from n, sum and sum of squares; NULL for n < 2.
 * Cut to six decimals: where all values are alike the difference of large squares may leave noise below that.
 */
export function variation(count: string, sum: string, squares: string): string {
  const [n, s, q] = [double(count), double(sum), double(squares)];
  const relative = `sqrt(greatest(${n} * ${q} - ${s} * ${s}, 0) * ${n} / (${n} - 1)) / NULLIF(${s}, 0)`;
  return `CASE WHEN ${count} > 1 THEN floor(${relative} * 1000000 + 0.5) / 1000000 END`;
}

/** (late - early) / (late + early), in -1..1; NULL where both are 0. */
export function trend(early: string, late: string): string {
  return `(${double(late)} - ${double(early)}) / NULLIF(${double(late)} + ${double(early)}, 0)`;
}

/** A list of literals for IN. */
export function list(words: readonly string[]): string {
  return `(${words.map(word => `'${word}'`).join(', ')})`;
}
