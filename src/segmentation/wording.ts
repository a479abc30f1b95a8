import type { Unit } from '../features/feature.ts';

/** Groups below this size are never counted in a text: a count of three may point at people. */
export const SMALLEST_REPORTED = 10;

const SYMBOLS: Readonly<Record<string, string>> = { GBP: '£', USD: '$', EUR: '€' };

/** A value as a person reads it: "£48.20", "24 days", "62 %", "1.8 a month". Never "NaN". */
export function formatValue(value: number, unit: Unit, currency: string | null): string {
  if (!Number.isFinite(value)) return 'not known';
  switch (unit) {
    case 'money':
      return formatMoney(value, currency);
    case 'share':
      return formatShare(value);
    case 'days': {
      const text = number(value, Math.abs(value) < 10 ? 1 : 0);
      return text === '1' ? '1 day' : `${text} days`;
    }
    case 'times': {
      const text = short(value);
      return text === '1' ? '1 time' : `${text} times`;
    }
    case 'per month':
      return `${short(value)} a month`;
    case 'count':
      return number(value, Math.abs(value) < 10 ? 1 : 0);
    case 'ratio':
    case 'score':
    case 'per order':
      return short(value);
  }
}

/** "1,234", also of fractions: "12.3". */
export function formatCount(value: number): string {
  return value.toLocaleString('en-GB');
}

/** "1,234", or "fewer than 10". */
export function formatSize(size: number): string {
  return size < SMALLEST_REPORTED ? `fewer than ${SMALLEST_REPORTED}` : number(size, 0);
}

/** For tables and labels: "1,234", or "under 10". */
export function formatSizeShort(size: number): string {
  return size < SMALLEST_REPORTED ? `under ${SMALLEST_REPORTED}` : number(size, 0);
}

/** Pence below 100, whole units above, millions from a million on. */
export function formatMoney(value: number, currency: string | null): string {
  const size = Math.abs(value);
  const amount =
    size >= 1e6
      ? `${Number((size / 1e6).toPrecision(3))} million`
      : size === 0
        ? '0'
        : size < 99.995
          ? fixed(size, 2)
          : number(size, 0);
  return `${value < 0 && amount !== '0.00' ? '-' : ''}${currencyPrefix(currency)}${amount}`;
}

/** For amounts beside a name: "£950", "£41k", "£1.2m". */
export function formatMoneyShort(value: number, currency: string | null): string {
  const size = Math.abs(value);
  const [amount, unit] = size >= 999_500 ? [size / 1e6, 'm'] : size >= 999.5 ? [size / 1e3, 'k'] : [size, ''];
  const text = number(amount, unit !== '' && amount < 9.95 ? 1 : 0);
  return `${value < 0 && text !== '0' ? '-' : ''}${currencyPrefix(currency)}${text}${unit}`;
}

/** The code comes from data: anything but three capitals is left out, so that no text can ride in on it. */
export function currencyPrefix(currency: string | null): string {
  if (currency === null || !/^[A-Z]{3}$/.test(currency)) return '';
  return SYMBOLS[currency] ?? `${currency} `;
}

function formatShare(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.05) return 'under 0.1 %';
  return `${number(percent, Math.abs(percent) < 9.95 ? 1 : 0)} %`;
}

/** Two significant digits below 10, whole above. */
function short(value: number): string {
  const size = Math.abs(value);
  return number(value, size >= 9.95 ? 0 : size >= 0.995 ? 1 : 2);
}

/** At most `decimals` decimals, no trailing zeros, thousands grouped as in en-GB. */
export function number(value: number, decimals: number): string {
  const text = fixed(value, decimals);
  const trimmed = decimals > 0 ? text.replace(/\.?0+$/, '') : text;
  return trimmed === '-0' ? '0' : trimmed;
}

function fixed(value: number, decimals: number): string {
  const [whole, fraction] = value.toFixed(decimals).split('.');
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** "a, b and c". */
export function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

export const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * Words that came from data (a category, a product), marked as such: one line, no marks that could close the quotes
 * or start markup, cut to a length in which no story fits.
 */
export function fence(words: string): string {
  return `“${tamed(words, 40)}”`;
}

/** The same without the quotes, for a field that holds nothing but the name. */
export function tamed(words: string, most = 80): string {
  const plain = words
    .replace(/["“”„«»`<>{}[\]|\\*_#]/g, '')
    .replace(/[\p{C}\p{Z}\s]+/gu, ' ')
    .trim();
  const cut = [...plain].slice(0, most).join('');
  return `${cut}${cut.length < plain.length ? '…' : ''}`;
}
