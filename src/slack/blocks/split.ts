/**
 * A text in pieces of at most so many characters: cut between lines, else sentences, else words, and only then within one.
 * Together the pieces have all words in their order.
 */
export function piecesOf(text: string, most: number): string[] {
  return packed(text, most, 0)
    .map(piece => piece.trimEnd())
    .filter(piece => piece !== '');
}

const ends = [/(?<=\n)/, /(?<=[.!?…]["')\]*_]{0,4}\s)(?=\S)/, /(?<=\s)(?=\S)/];

function packed(text: string, most: number, level: number): string[] {
  if (text.length <= most) return [text];
  const end = ends[level];
  if (end === undefined) return cut(text, most);
  const pieces: string[] = [];
  let open = '';
  for (const unit of text.split(end)) {
    if (open.length + unit.length <= most) open += unit;
    else {
      if (open !== '') pieces.push(open);
      const parts = packed(unit, most, level + 1);
      pieces.push(...parts.slice(0, -1));
      open = parts.at(-1)!;
    }
  }
  return open === '' ? pieces : [...pieces, open];
}

/** Within words, but not within what is one character to a reader of Markdown. */
function cut(text: string, most: number): string[] {
  const pieces: string[] = [];
  let from = 0;
  while (text.length - from > most) {
    const whole = text.slice(from, from + most);
    const kept = whole.replace(/(?:[\ud800-\udbff]|&#?\w{0,8}|(?<!\\)(?:\\\\)*\\)$/, '');
    const piece = kept === '' ? whole : kept;
    pieces.push(piece);
    from += piece.length;
  }
  return [...pieces, text.slice(from)];
}
