/** Text that is HTML already; everything else is escaped on its way into a page. */
export interface Html {
  readonly html: string;
}

type Part = string | number | Html | null | false | readonly Part[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Template tag: names and texts come from shops' data, so every value is escaped unless it is Html. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: texts.reduce((page, text, i) => page + asHtml(parts[i - 1]!) + text) };
}

/** Marks text as HTML; only for what the project itself made, such as a rendered chart. */
export function trusted(text: string): Html {
  return { html: text };
}

function asHtml(part: Part): string {
  if (part === null || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number')
    return String(part).replace(/[&<>"']/g, character => entities[character]!);
  if (isList(part)) return part.map(asHtml).join('');
  return part.html;
}

const isList = (part: Part): part is readonly Part[] => Array.isArray(part);
