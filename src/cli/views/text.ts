import { formatCount, SMALLEST_REPORTED } from '../../segmentation/wording.ts';

/** "1 order", "1,234 orders". */
export const counted = (value: number, noun: string) =>
  `${formatCount(value)} ${noun}${value === 1 ? '' : 's'}`;

/** "1,234", or "<10", which has room in a table. */
export const sizeCell = (size: number) =>
  size < SMALLEST_REPORTED ? `<${SMALLEST_REPORTED}` : formatCount(size);

/** "+12"; blank beside a size that is not told, which it would give away. */
export const changeCell = (before: number, after: number) => {
  if (Math.min(before, after) < SMALLEST_REPORTED) return '';
  return after > before ? `+${formatCount(after - before)}` : formatCount(after - before);
};

/** Words from data on one line, without signs that would steer a terminal. */
export const oneLine = (words: string) => words.replaceAll(/[\p{C}\p{Z}\s]+/gu, ' ').trim();

/** Breaks text at spaces so that no line is longer than `width`, unless one word is. "97 %" stays together. */
export function wrap(text: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+(?!%)/)) {
    if (line && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line ? `${line} ${word}` : word;
    }
  }
  lines.push(line);
  return lines.join('\n');
}

export function indent(text: string, spaces: number): string {
  return text
    .split('\n')
    .map(line => ' '.repeat(spaces) + line)
    .join('\n');
}
