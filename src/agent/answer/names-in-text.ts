/** A part of a text that is no figure: a date, a handle, a place in a list. Its letters are blanked, so that places stay. */
export interface Masked {
  /** As long as the text given. */
  text: string;
  /** Dates that were written with day and month: "2026-11-22", or "11-22" where no year was told. */
  dates: { written: string; day: string }[];
  /** Words of letters and digits, such as "p-12", "a-7144ac87" and `expected_orders_90`. */
  names: string[];
}

const monthNames = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const month = `(?:${monthNames.map(name => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join('|')}|sept)\\.?`;

const isoDate = /\b(\d{4})-(\d{2})-(\d{2})(?:T[\d:.]+Z?)?\b/g;
const dayFirst = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)? (${month})(?:,? (\\d{4}))?\\b`, 'gi');
const monthFirst = new RegExp(
  `\\b(${month}) (\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?(?!\\d|[,.]\\d| ?%)\\b`,
  'gi',
);
const monthAndYear = new RegExp(`\\b${month},? (?:19|20)\\d{2}\\b`, 'gi');
/** "in 2025", "Q4 2025", "summer 2025": a year, and not "in 2025 orders". */
const year =
  /\b(?:in|since|during|until|till|by|from|before|after|of|spring|summer|autumn|winter|christmas|easter|Q[1-4]|year) (?:19|20)\d{2}\b(?!,\d|\.\d| ?%| (?:\w+ )?(?:customers|people|buyers|shoppers|orders|profiles|members))/gi;
const quarter = /\bQ[1-4]\b/g;
const timeOfDay = /\b\d{1,2}:\d{2}\b/g;
const ordinal = /\b\d{1,3}(?:st|nd|rd|th)\b/g;
/** "1." and "2)" at the head of a line. */
const listNumber = /^(\s*)\d{1,2}[.)](?=\s)/gm;
const articleOfLaw = /\barticle \d{1,2}(?:\(\d\))?/gi;
const address = /\bhttps?:\/\/\S+/g;
const command = /`kindred [^`\n]*`/g;
/** Letters and digits in one word, or joined by - or _; "12k", "1.5x" and "2-week" are figures. */
const name = /(?<![\w-])(?=[\w-]*\d)[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*(?![\w-])/g;

/** Blanks what is no figure. What is blanked is told, so that it can be held against the results by itself. */
export function maskNames(given: string): Masked {
  const dates: Masked['dates'] = [];
  const names: string[] = [];
  let text = given;
  const blank = (pattern: RegExp, told?: (...groups: (string | undefined)[]) => void) => {
    text = text.replace(pattern, (...match) => {
      told?.(...(match as (string | undefined)[]));
      // Lines stay lines: by them figures are told apart.
      return (match[0] as string).replaceAll(/[^\n]/g, ' ');
    });
  };
  const date = (written: string, y: string | undefined, m: string, d: string) => {
    const monthAndDay = `${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
    dates.push({ written, day: y === undefined ? monthAndDay : `${y}-${monthAndDay}` });
  };
  blank(address);
  blank(isoDate, (all, y, m, d) => date(all!, y, m!, d!));
  blank(dayFirst, (all, d, m, y) => date(all!, y, numberOfMonth(m!), d!));
  blank(monthAndYear);
  blank(monthFirst, (all, m, d, y) => date(all!, y, numberOfMonth(m!), d!));
  blank(year);
  blank(quarter);
  blank(name, all => names.push(all!));
  // Amounts in a command are what the person may set.
  blank(command);
  blank(timeOfDay);
  blank(ordinal);
  blank(listNumber);
  blank(articleOfLaw);
  return { text, dates, names };
}

function numberOfMonth(written: string): string {
  return String(monthNames.findIndex(full => full.startsWith(written.slice(0, 3).toLowerCase())) + 1);
}
