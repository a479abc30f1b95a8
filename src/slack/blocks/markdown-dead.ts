import { apart, tidy, zeroWidth } from './text.ts';

/**
 * Markdown in which its formatting lives and nothing else: no link, mention, image or address, whoever wrote it. In a
 * `markdown` block and in a stream Slack reads its own `<…>` besides Markdown's links; `&lt;` it shows as text, and does not
 * read again. Applied twice it changes nothing more.
 */
export function deadMarkdown(text: string): string {
  return tidy(text)
    .replaceAll('&#8203;', zeroWidth)
    .replaceAll('<', '&lt;')
    .replaceAll(/\](?=[([:])/g, `]${zeroWidth}`)
    .replaceAll(/^(?: {0,3}>)+|>/gm, (found, at: number, whole: string) =>
      at === 0 || whole[at - 1] === '\n' ? found : '&gt;',
    )
    .split(code)
    .map((part, i) => (i % 2 === 1 ? deadCode(part) : deadText(part)))
    .join('');
}

/** Code, not begun by an escaped backtick. */
const code = /((?<!\\)```[\s\S]*?(?:```|$)|(?<![\\`])`[^`\n]+`(?!`))/;

function deadText(text: string): string {
  return apart(text.replaceAll(/&(?!(?:amp|lt|gt);)/g, '&amp;'));
}

/**
 * As it stands but for addresses, which Slack may look for here too. What looks like code here may be none to Slack, as where
 * a text comes in pieces: nothing that is left in it may do more than look like something.
 */
function deadCode(text: string): string {
  return text.replaceAll(
    /(?<=(?:https?|ftp)):(?=\/\/)|(?<=(?:mailto|tel|slack)):(?=[^\s\u200b])/gi,
    `:${zeroWidth}`,
  );
}
