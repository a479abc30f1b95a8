/** Names that Klaviyo takes from forms and shops, beside those of the standard. */
const others: Readonly<Record<string, string>> = {
  usa: 'US',
  'united states of america': 'US',
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  holland: 'NL',
  'the netherlands': 'NL',
  'czech republic': 'CZ',
  turkey: 'TR',
  'south korea': 'KR',
  'korea, republic of': 'KR',
  'russian federation': 'RU',
  'hong kong': 'HK',
};

const codes = new Map(Object.entries(others));
const english = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
for (const first of letters)
  for (const second of letters) {
    const code = first + second;
    // A code that was given up, such as DD, stands for that of today.
    if (Intl.getCanonicalLocales(`und-${code}`)[0] !== `und-${code}`) continue;
    const name = english.of(code)?.toLowerCase();
    if (name !== undefined) codes.set(name, code);
  }

/** The code of a country by its English name, or a code as it is; what is neither stays as it was written. */
export function countryCode(written: string | null): string | null {
  const text = written?.trim() ?? '';
  if (text === '') return null;
  const known = codes.get(text.toLowerCase());
  return known ?? (/^[a-z]{2}$/i.test(text) ? text.toUpperCase() : text);
}
