/**
 * How wide text is at most, in pixels, in the sans-serif fonts that charts are drawn with: fonts differ between machines
 * and cannot be measured without a browser. After DejaVu Sans, the widest of them.
 */
export function textWidth(text: string, fontSize: number, weight: 'plain' | 'bold' = 'plain'): number {
  const ems = [...text].reduce((sum, character) => sum + emOf(character), 0);
  return ems * fontSize * (weight === 'bold' ? 1.12 : 1);
}

function emOf(character: string): number {
  if (/[iljI.,:;'|!’]/.test(character)) return 0.34;
  if (/[ft r()[\]\-/"“”]/.test(character)) return 0.45;
  if (/[mwMW@%…—+−×→←]/.test(character)) return 0.98;
  if (/\p{M}|\p{Cf}/u.test(character)) return 0;
  if (/\p{Lu}|&/u.test(character)) return 0.74;
  if (
    /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff00-\uff60]|\p{Extended_Pictographic}/u.test(
      character,
    )
  )
    return 1.3;
  return 0.64;
}

/** Lines of at most a width, broken at blanks (not at no-break spaces) where there are any; what goes beyond the last line ends in "…". */
export function wrapped(
  text: string,
  { width, fontSize, lines }: { width: number; fontSize: number; lines: number },
): string[] {
  const fits = (line: string) => textWidth(line, fontSize) <= width;
  const rest = text.split(/[^\S\u00a0]+/).filter(word => word !== '');
  const found: string[] = [];
  while (rest.length > 0 && found.length < lines) {
    let line = rest.shift()!;
    while (rest.length > 0 && fits(`${line} ${rest[0]}`)) line += ` ${rest.shift()}`;
    if (!fits(line)) {
      const head = longest(line, fits);
      rest.unshift(line.slice(head.length));
      line = head;
    }
    found.push(line);
  }
  if (rest.length > 0) found.push(`${longest(found.pop()!, line => fits(`${line}…`))}…`);
  return found;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** As many characters as a reader sees them from the start as fit, and one at least. */
function longest(text: string, fits: (text: string) => boolean): string {
  const characters = Array.from(graphemes.segment(text), ({ segment }) => segment);
  while (characters.length > 1 && !fits(characters.join(''))) characters.pop();
  return characters.join('');
}

/**
 * Keeps words that are written from right to left from taking the numbers beside them along: one before them, of the
 * same text, stays before them.
 */
export function isolated(text: string): string {
  if (!rightToLeft.test(text)) return text;
  const [, number = '', words = ''] = /^(\d+\s)?(.*)$/s.exec(text)!;
  return `${number}\u2068${words}\u2069`;
}

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
