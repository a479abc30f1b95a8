/** One line of the input; `text` is absent where it was too long to keep. */
export interface Line {
  bytes: number;
  text?: string;
}

const newline = 0x0a;

/**
 * Cuts a stream of bytes into lines, whatever pieces they come in. Of a line over `kept` bytes nothing is kept: it is
 * counted to its end, and the next one is read as if nothing had been.
 */
export function lineSplitter(
  kept: number,
  take: (line: Line) => void,
): { push: (chunk: Uint8Array) => void; end: () => void } {
  let parts: Uint8Array[] = [];
  let bytes = 0;
  const add = (part: Uint8Array) => {
    bytes += part.length;
    if (bytes <= kept) parts.push(part);
    else parts = [];
  };
  const cut = () => {
    const line = bytes <= kept ? { bytes, text: Buffer.concat(parts).toString('utf8') } : { bytes };
    parts = [];
    bytes = 0;
    if (line.text?.trim() !== '') take(line);
  };
  return {
    push(chunk) {
      let from = 0;
      for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
        add(chunk.subarray(from, at));
        cut();
        from = at + 1;
      }
      if (from < chunk.length) add(chunk.subarray(from));
    },
    end: cut,
  };
}
