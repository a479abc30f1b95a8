/** Code; escaped characters; emphasis, the longest first, and of a length that keeps the search short. */
const token =
  /`([^`\n]+)`|\\([!-/:-@[-`{-~])|\*\*\*(?=\S)(.{1,500}?)(?<=[^\s\\])\*\*\*|\*\*(?=\S)(.{1,500}?)(?<=[^\s\\])\*\*(?!\*)|\*(?=[^\s*])(.{1,500}?)(?<=[^\s\\*])\*(?!\*)|(?<!\w)__(?=\S)(.{1,500}?)(?<=[^\s\\])__(?!\w)|(?<!\w)_(?=[^\s_])(.{1,500}?)(?<=[^\s\\_])_(?!\w)|~~(?=\S)(.{1,500}?)(?<=[^\s\\])~~/s;

/** A line of the Markdown that answers and pages are made of, as it is read. Links are text. */
export function textOf(markdown: string): string {
  let text = '';
  let rest = markdown;
  for (let found = token.exec(rest); found; found = token.exec(rest)) {
    const [whole, code, escaped, ...emphasised] = found;
    const inner = emphasised.find(held => held !== undefined);
    text += decoded(rest.slice(0, found.index));
    text += escaped ?? (code !== undefined ? decoded(code) : textOf(inner!));
    rest = rest.slice(found.index + whole.length);
  }
  return text + decoded(rest);
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#8203': '' };
const decoded = (text: string) =>
  text.replaceAll(/&(amp|lt|gt|quot|#8203);/g, (_, name: string) => entities[name]!);
