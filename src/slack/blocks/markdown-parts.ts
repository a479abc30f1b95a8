/** What a page of Markdown is made of, one below the other. */
export type Part =
  | { kind: 'heading'; text: string }
  | { kind: 'rule' }
  | { kind: 'table'; head: string[]; right: boolean[]; rows: string[][] }
  /** A list; each item with its lines. */
  | { kind: 'list'; items: string[] }
  | { kind: 'quote'; text: string }
  | { kind: 'code'; language: string; text: string }
  | { kind: 'paragraph'; text: string };

/** Reads the Markdown that answers and pages are made of; what is none of it is a paragraph, so that nothing is lost. */
export function partsOf(markdown: string): Part[] {
  const lines = markdown.split('\n');
  const parts: Part[] = [];
  let at = 0;
  const whileLines = (holds: (line: string) => boolean): string[] => {
    const from = at;
    while (at < lines.length && holds(lines[at]!)) at++;
    return lines.slice(from, at);
  };
  while (at < lines.length) {
    const line = lines[at]!;
    const heading = /^ {0,3}#{1,6}[ ]+(.*?)(?:[ ]+#+)?[ ]*$/.exec(line);
    if (line.trim() === '') at++;
    else if (heading) {
      parts.push({ kind: 'heading', text: heading[1]! });
      at++;
    } else if (isRule(line)) {
      parts.push({ kind: 'rule' });
      at++;
    } else if (isFence(line)) {
      at++;
      const held = whileLines(each => !isFence(each));
      at++;
      parts.push({ kind: 'code', language: line.replaceAll(/[\s`~]/g, ''), text: held.join('\n') });
    } else if (isRow(line) && alignment(lines[at + 1] ?? '')) {
      const [head = '', aligned = '', ...rows] = whileLines(isRow);
      parts.push({
        kind: 'table',
        head: cellsOf(head),
        right: cellsOf(aligned).map(cell => cell.endsWith(':') && !cell.startsWith(':')),
        rows: rows.map(cellsOf),
      });
    } else if (isQuote(line)) {
      const held = whileLines(isQuote).map(each => each.replace(/^ {0,3}> ?/, ''));
      parts.push({ kind: 'quote', text: held.join('\n') });
    } else if (isItem(line)) parts.push({ kind: 'list', items: itemsOf(whileLines(inList)) });
    else {
      at++;
      parts.push({ kind: 'paragraph', text: [line, ...whileLines(goesOn)].join('\n') });
    }
  }
  return parts;
}

const isRule = (line: string) => /^ {0,3}(?:-{3,}|\*{3,}|_{3,})\s*$/.test(line);
const isFence = (line: string) => /^ {0,3}(?:```+|~~~+)[\w+-]*\s*$/.test(line);
const isRow = (line: string) => /^ {0,3}\|/.test(line);
const isQuote = (line: string) => /^ {0,3}>/.test(line);
const isItem = (line: string) => /^ *(?:[-*+]|\d{1,9}[.)]) +\S/.test(line) && !isRule(line);
const isHeading = (line: string) => /^ {0,3}#{1,6} /.test(line);
const goesOn = (line: string) =>
  line.trim() !== '' && ![isRule, isFence, isRow, isQuote, isItem, isHeading].some(begins => begins(line));
const inList = (line: string) => isItem(line) || goesOn(line);

/** Lines below an item belong to it. */
function itemsOf(lines: readonly string[]): string[] {
  const items: string[] = [];
  for (const line of lines) {
    if (isItem(line)) items.push(line);
    else items.push(`${items.pop() ?? ''}\n${line}`);
  }
  return items;
}

const alignment = (line: string) => isRow(line) && cellsOf(line).every(cell => /^:?-+:?$/.test(cell));

/** Bars between cells are those that are not escaped. */
function cellsOf(row: string): string[] {
  const cells = row
    .trim()
    .replace(/^\|/, '')
    .split(/(?<=(?<!\\)(?:\\\\)*)\|/);
  if (cells.length > 1 && cells.at(-1)!.trim() === '') cells.pop();
  return cells.map(cell => cell.trim());
}
