/** Characters of a line of Markdown that look alike. */
export interface Run {
  text: string;
  bold: boolean;
  italic: boolean;
  strike: boolean;
  code: boolean;
}

type Look = Omit<Run, 'text'>;
const unstyled: Look = { bold: false, italic: false, strike: false, code: false };

/** Code; escaped characters; emphasis, the longest first, and of a length that keeps the search short. */
const token =
  /`([^`\n]+)`|\\([!-/:-@[-`{-~])|\*\*\*(?=\S)(.{1,500}?)(?<=[^\s\\])\*\*\*|(?:\*\*(?=\S)(.{1,500}?)(?<=[^\s\\])\*\*(?!\*))|(?:\*(?=[^\s*])(.{1,500}?)(?<=[^\s\\*])\*(?!\*))|(?<!\w)__(?=\S)(.{1,500}?)(?<=[^\s\\])__(?!\w)|(?<!\w)_(?=[^\s_])(.{1,500}?)(?<=[^\s\\_])_(?!\w)|~~(?=\S)(.{1,500}?)(?<=[^\s\\])~~/s;

/** A line of the Markdown that answers and pages are made of, as text with its looks. Links are text. */
export function runsOf(markdown: string, look: Look = unstyled): Run[] {
  const runs: Run[] = [];
  const add = (text: string, more: Partial<Look> = {}) => {
    if (text !== '') runs.push({ text, ...look, ...more });
  };
  let rest = markdown;
  for (;;) {
    const found = token.exec(rest);
    if (!found) break;
    const [whole, code, escaped, both, strong, em, strong2, em2, strike] = found;
    add(decoded(rest.slice(0, found.index)));
    rest = rest.slice(found.index + whole.length);
    if (code !== undefined) add(decoded(code), { code: true });
    else if (escaped !== undefined) add(escaped);
    else if (both !== undefined) runs.push(...runsOf(both, { ...look, bold: true, italic: true }));
    else if (strike !== undefined) runs.push(...runsOf(strike, { ...look, strike: true }));
    else if (strong !== undefined || strong2 !== undefined)
      runs.push(...runsOf(strong ?? strong2!, { ...look, bold: true }));
    else runs.push(...runsOf(em ?? em2!, { ...look, italic: true }));
  }
  add(decoded(rest));
  return joined(runs);
}

/** What is read of it. */
export const textOf = (markdown: string): string =>
  runsOf(markdown)
    .map(({ text }) => text)
    .join('');

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#8203;': '',
};
const decoded = (text: string) => text.replaceAll(/&(?:amp|lt|gt|quot|#8203);/g, found => entities[found]!);

function joined(runs: readonly Run[]): Run[] {
  const all: Run[] = [];
  for (const run of runs) {
    const last = all.at(-1);
    const same =
      last?.bold === run.bold &&
      last.italic === run.italic &&
      last.strike === run.strike &&
      last.code === run.code;
    if (same) last.text += run.text;
    else all.push({ ...run });
  }
  return all;
}
