import { literal } from '../warehouse/port.ts';

/** What a column holds. It decides how its cells are cleaned and read. */
export type CellKind = 'id' | 'text' | 'email' | 'phone' | 'time' | 'money' | 'number' | 'flag';

/** How the values of one file are written. */
export interface Style {
  decimalComma: boolean;
  /** The order in dates like 05/14/2026; undefined where the file does not tell. */
  slashDates: 'day first' | 'month first' | undefined;
}

/**
 * DuckDB expressions that read one cell. All begin with a cheap test that sends the common, clean cell straight
 * through: cleaning every cell would cost more than all other work of an import. What such a test guards must be cheap
 * to leave out as well: DuckDB spends time on IN and regexp_replace in a branch that no row takes, so lists are told by
 * list_contains and ids are cleaned without patterns.
 */

/** The text of a cell: no spaces around it, NULL for the words that programs write for "nothing". */
export function cleaned(cell: string, kind: CellKind): string {
  const dirty = [`strlen(${cell}) <= 4`, `prefix(${cell}, ' ')`, `suffix(${cell}, ' ')`];
  if (kind === 'id') {
    dirty.push(`prefix(${cell}, '''')`, `suffix(${cell}, '.0')`);
    return `CASE WHEN ${dirty.join(' OR ')} THEN ${cleanId(cell)} ELSE ${cell} END`;
  }
  const clean = withoutBlankWords(`trim(${cell})`);
  const text = `CASE WHEN ${dirty.join(' OR ')} THEN ${clean} ELSE ${cell} END`;
  if (kind === 'email') return `lower(${text})`;
  if (kind === 'phone') return phone(text);
  return text;
}

function withoutBlankWords(text: string): string {
  return `CASE WHEN list_contains(['', 'nan', 'null', 'none', 'n/a', '\\n'], lower(${text})) THEN NULL ELSE ${text} END`;
}

/** Spreadsheets write '17850 to keep a number a text, and data frames write 17850.0. */
function cleanId(cell: string): string {
  const trimmed = `trim(${cell})`;
  const bare = `CASE WHEN prefix(${trimmed}, '''') THEN ltrim(substr(${trimmed}, 2)) ELSE ${trimmed} END`;
  const whole = `left(${bare}, -2)`;
  return withoutBlankWords(
    `CASE WHEN suffix(${bare}, '.0') AND ${whole} <> '' AND translate(${whole}, '0123456789', '') = ''
      THEN ${whole} ELSE ${bare} END`,
  );
}

/** Digits, with a leading + where the number is international. */
function phone(text: string): string {
  const digits = `regexp_replace(regexp_replace(${text}, '[^0-9+]', '', 'g'), '^00', '+')`;
  return `CASE WHEN ${text} IS NULL THEN NULL ELSE nullif(${digits}, '') END`;
}

/** The value of a cleaned cell, NULL where it cannot be read. */
export function typed(text: string, kind: CellKind, style: Style): string {
  switch (kind) {
    case 'id':
      // 1.23457E+11 is what a spreadsheet leaves of a long number: many ids would become one.
      return `CASE WHEN contains(${text}, 'E+') AND regexp_full_match(${text}, '[0-9]([.,][0-9]+)?E\\+[0-9]+')
              THEN NULL ELSE ${text} END`;
    case 'time':
      return time(text, style);
    case 'money':
      return money(text, style);
    case 'number':
      return `CASE WHEN isfinite(try_cast(${text} AS DOUBLE)) THEN CAST(${text} AS DOUBLE)
              ELSE CAST(${money(text, style)} AS DOUBLE) END`;
    case 'flag':
      return `CASE WHEN lower(${text}) IN ('true', 'yes', 'y', 't', '1', '1.0', 'subscribed') THEN true
                   WHEN lower(${text}) IN ('false', 'no', 'n', 'f', '0', '0.0', 'unsubscribed', 'not subscribed',
                                           'not_subscribed', 'never_subscribed') THEN false END`;
    default:
      return text;
  }
}

/** What a cell of this kind should have been, for the reason of a rejection. */
export const expected: Readonly<Record<CellKind, string>> = {
  id: 'was rounded by a spreadsheet (1.23E+11)',
  text: 'is not text',
  email: 'is not text',
  phone: 'is not text',
  time: 'is not a date (expected 2026-05-14, with or without a time and a zone)',
  money: 'is not a number',
  number: 'is not a number',
  flag: 'is neither yes nor no',
};

/** UTC. A time with an offset or a zone is converted; one without is taken as UTC. */
function time(text: string, style: Style): string {
  const plain = `CASE WHEN suffix(${text}, 'Z') OR strlen(${text}) = 10 OR strlen(${text}) = 19 THEN try_cast(${text} AS TIMESTAMP) END`;
  const iso = '^(\\d{4}[-/]\\d{1,2}[-/]\\d{1,2})[T ]*(\\d{1,2}:\\d{2})?(:\\d{2}(?:[.,]\\d+)?)?';
  const zone = `${iso}\\s*(Z|UTC|GMT)?(?:([+-]\\d{2}):?(\\d{2})?)?$`;
  const part = (group: number, otherwise: string) =>
    `coalesce(nullif(regexp_extract(${text}, ${literal(zone)}, ${group}), ''), '${otherwise}')`;
  const written = `${part(1, '')} || ' ' || ${part(2, '00:00')} || replace(${part(3, ':00')}, ',', '.')
    || ${part(5, '+00')} || ':' || ${part(6, '00')}`;
  const named = '\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}:\\d{2}(\\.\\d+)? [A-Z][A-Za-z]+/[A-Za-z_/]+';
  return `coalesce(${plain}, CASE WHEN ${text} IS NULL THEN NULL
    WHEN regexp_matches(${text}, ${literal(zone)}) THEN try_cast(${written} AS TIMESTAMPTZ) AT TIME ZONE 'UTC'
    WHEN regexp_full_match(${text}, ${literal(named)}) THEN try_cast(${text} AS TIMESTAMPTZ) AT TIME ZONE 'UTC'
    ELSE ${otherDates(text, style)} END)`;
}

/** 14.05.2026 has the day first everywhere; 05/14/2026 and 14/05/2026 need the style of the file. */
function otherDates(text: string, style: Style): string {
  const times = ['', ' %H:%M', ' %H:%M:%S', ' %I:%M %p', ' %I:%M:%S %p'];
  const days = ['%d.%m.%Y'];
  if (style.slashDates) days.push(style.slashDates === 'day first' ? '%d/%m/%Y' : '%m/%d/%Y');
  const formats = days.flatMap(day => times.map(clock => literal(`${day}${clock}`)));
  return `try_strptime(${text}, [${formats.join(', ')}])`;
}

/** Exact money: an amount with or without a currency, thousands separators and a decimal comma. */
function money(text: string, style: Style): string {
  const currency = '(?:\\p{Sc}|[A-Z]{1,3}\\p{Sc}?|kr|zł)';
  const amount = "[-+]?[0-9][0-9.,'\\x{a0}\\x{202f} ]*|[-+]?\\.[0-9]+";
  const shape = `\\(?[-+]?\\s*${currency}?\\s*(?:${amount})\\s*${currency}?\\)?`;
  const digits = `regexp_replace(${text}, '[^0-9.,]', '', 'g')`;
  const exact = (value: string) => `try_cast(${value} AS DECIMAL(18,4))`;
  const pointed = `CASE
    WHEN regexp_full_match(${digits}, '[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]*)?') THEN ${exact(`replace(${digits}, ',', '')`)}
    WHEN regexp_full_match(${digits}, '[0-9]{1,3}(\\.[0-9]{3})*,[0-9]{1,2}|[0-9]+,[0-9]{1,2}')
      THEN ${exact(`replace(replace(${digits}, '.', ''), ',', '.')`)}
    WHEN NOT contains(${digits}, ',') THEN ${exact(digits)} END`;
  const comma = `CASE
    WHEN regexp_full_match(${digits}, '[0-9]{1,3}(\\.[0-9]{3})+(,[0-9]*)?|[0-9]*,[0-9]+')
      THEN ${exact(`replace(replace(${digits}, '.', ''), ',', '.')`)}
    WHEN NOT contains(${digits}, ',') THEN ${exact(digits)} END`;
  const sign = `CASE WHEN regexp_matches(${text}, '^\\(|-') THEN -1 ELSE 1 END`;
  const written = `CASE WHEN regexp_full_match(${text}, ${literal(shape)})
    THEN CAST(${sign} * (${style.decimalComma ? comma : pointed}) AS DECIMAL(18,4)) END`;
  if (style.decimalComma) return `CASE WHEN ${text} IS NULL THEN NULL ELSE ${written} END`;
  return `coalesce(${exact(text)}, CASE WHEN ${text} IS NULL THEN NULL ELSE ${written} END)`;
}
