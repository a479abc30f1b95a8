import type { Unit } from '../features/feature.ts';

/** A number as it stands in a text. */
export interface WrittenNumber {
  text: string;
  /** Percentages as a share: "62 %" is 0.62. "Under x" and "fewer than x" are x / 2, give or take x / 2. */
  value: number;
  /** How far the true value may lie from the written one, by the digits that were written. */
  rounding: number;
  /** The x of "under x" and "fewer than x"; null where nothing of the kind stands before it. */
  bound: number | null;
  /** What the marks around it claim; null: a bare number. */
  unit: 'share' | 'money' | 'days' | null;
}

/** A value that a text may mention. */
export interface Fact {
  value: number;
  unit: Unit;
  /** Only that it lies under `value` is known: bears out "under x", and no number that may be the true one. */
  under?: true;
}

const NUMBER =
  /(?<under>\b(?:under|fewer than) )?(?<money>[£$€]|\b[A-Z]{3} )?(?<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?<scale>\s?(?:million|m|k|thousand|bn|billion)\b)?(?<after>\s?%|\s?per ?cent|\s?(?:days?)\b)?/g;

const SCALES: Readonly<Record<string, number>> = {
  million: 1e6,
  m: 1e6,
  k: 1e3,
  thousand: 1e3,
  bn: 1e9,
  billion: 1e9,
};

/** Every number written in digits, with what its marks say it is. */
export function numbersIn(text: string): WrittenNumber[] {
  return [...text.matchAll(NUMBER)].map(match => {
    const { under, money, digits, scale, after } = match.groups!;
    const plain = digits!.replaceAll(',', '');
    const decimals = plain.includes('.') ? plain.length - plain.indexOf('.') - 1 : 0;
    const share = after !== undefined && /%|cent/.test(after);
    const factor = (SCALES[scale?.trim() ?? ''] ?? 1) * (share ? 0.01 : 1);
    const value = Number(plain) * factor;
    return {
      text: match[0].trim(),
      value: under === undefined ? value : value / 2,
      rounding: (under === undefined ? 0.5 * 10 ** -decimals * factor : value / 2) * (1 + 1e-9),
      bound: under === undefined ? null : value,
      unit: share ? 'share' : money !== undefined ? 'money' : after !== undefined ? 'days' : null,
    };
  });
}

/** The numbers of a text that no fact bears out within their rounding. A mark must agree with the fact's unit. */
export function unsupportedNumbers(text: string, facts: readonly Fact[]): WrittenNumber[] {
  return numbersIn(text).filter(
    written =>
      !facts.some(
        fact =>
          (fact.under
            ? written.bound === fact.value
            : Math.abs(Math.abs(fact.value) - written.value) <= written.rounding + 1e-12) &&
          (written.unit === null ? fact.unit !== 'share' : fact.unit === written.unit),
      ),
  );
}
