/** Markup that may stand in a page; a string may not before it is escaped. */
export interface Html {
  html: string;
}

type Part = string | number | Html | null | undefined | false | readonly Part[];

/** A piece of a page in which everything put in is escaped, except for pieces of the page. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: texts.map((text, i) => (i === 0 ? text : partText(parts[i - 1]) + text)).join('') };
}

function partText(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'object') return isHtml(part) ? part.html : part.map(partText).join('');
  return escaped(String(part));
}

const isHtml = (part: Html | readonly Part[]): part is Html => !Array.isArray(part);

/** Lone halves of characters would not be shown. */
export const escaped = (text: string): string =>
  text
    .replaceAll(/\p{Cs}/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

export const raw = (text: string): Html => ({ html: text });
export const nothing = raw('');

/** Payloads as Slack has them: JSON of any shape, read with care. */
export type Json = Readonly<Record<string, unknown>>;

export const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
export const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.map(objectOf) : []);
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What a page needs to know besides its blocks. */
export interface Looks {
  /** Bytes of an uploaded file. */
  fileOf: (id: string) => Uint8Array | undefined;
  /** Names by ID of members and channels. */
  names: Readonly<Record<string, string>>;
  /** Shown as now. */
  now: Date;
  /** Of the reader. */
  zone: string;
}
