const digits = 9;
/** Powers of ten up to 1e22 are exact in double precision. */
const powers = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);

/**
 * The nearest double to x with nine significant digits: what two stores or machines may disagree about lies below.
 * A hundred times faster than toPrecision for a whole table; halves may round the other way.
 */
export function significant(x: number): number {
  const size = Math.abs(x);
  if (Number.isNaN(x) || size === 0) return x + 0;
  if (size < 1e9 && Number.isInteger(x)) return x;
  if (size < 1e-6 || size >= 1e15) return Number(x.toPrecision(digits));
  if (size >= 1) {
    let whole = 1;
    while (size >= powers[whole]!) whole++;
    return whole <= digits
      ? scaled(x, powers[digits - whole]!)
      : Math.round(x / powers[whole - digits]!) * powers[whole - digits]!;
  }
  let zeros = 0;
  while (size * powers[zeros + 1]! < 1) zeros++;
  return scaled(x, powers[digits + zeros]!);
}

function scaled(x: number, power: number): number {
  return Math.round(x * power) / power;
}
