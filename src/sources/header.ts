/** How a delimited file is laid out, as its first line tells. */
export interface Layout {
  delimiter: string;
  /** Lines before the header: spreadsheets write `sep=;` there. */
  skip: number;
  names: string[];
}

const delimiters = [',', ';', '\t', '|'];

/**
 * The ways in which the first line can be read, the one with most columns first. The header alone decides, not
 * the rows below it: those may be broken in any way, and are judged against the header.
 */
export function layouts(head: string): Layout[] {
  const text = head.replace(/^\uFEFF/, '');
  const told = /^sep=(.)\r?\n?/.exec(text);
  const skip = told ? 1 : 0;
  const header = told ? text.slice(told[0].length) : text;
  const candidates = told ? [told[1]!] : delimiters;
  return candidates
    .map(delimiter => ({ delimiter, skip, names: splitHeader(header, delimiter) }))
    .sort((a, b) => b.names.length - a.names.length);
}

function splitHeader(text: string, delimiter: string): string[] {
  const names: string[] = [];
  let name = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (quoted) {
      if (character !== '"') name += character;
      else if (text[i + 1] === '"') name += text[i++];
      else quoted = false;
    } else if (character === '"' && name.trim() === '') {
      quoted = true;
      name = '';
    } else if (character === delimiter) {
      names.push(name.trim());
      name = '';
    } else if (character === '\n' || character === '\r') {
      break;
    } else {
      name += character;
    }
  }
  names.push(name.trim());
  return names;
}

/** One spelling for "Order Number", "order_number" and "Order-Number", by which headers are matched. */
export function headerKey(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}

/** Whether the numbers of a file are written with a decimal comma, as in 1.234,56. */
export function hasDecimalComma(head: string, delimiter: string): boolean {
  if (delimiter === ',') return false;
  const edge = delimiter === '|' ? '\\|' : delimiter;
  return new RegExp(`(^|${edge})\\s*"?-?\\d{1,3}(\\.?\\d{3})*,\\d{1,2}"?\\s*(${edge}|\\r|\\n|$)`, 'm').test(
    head,
  );
}
