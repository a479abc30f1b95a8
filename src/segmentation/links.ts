/**
 * What a surface would turn into something to click on, fetch as a picture, or announce to a channel: an address can carry
 * figures away, and a list of commands can be made to look like another. Names of sites by themselves ("amazon.com" as a
 * channel) stay.
 */
const links: readonly [RegExp, string][] = [
  // A picture is fetched by whoever looks at the text.
  [/!\[[^\]\n]*\](?:\([^)\n]*\)?|\[[^\]\n]*\])/g, '(a picture)'],
  [/\[([^\]\n]*)\]\([^)\n]*\)?/g, '$1'],
  // Slack: <https://… | words>, <!channel>, <@U123>.
  [/<(?:[a-z][\w+.-]*:|[!@#])[^>|\n]*\|([^>\n]*)>/gi, '$1'],
  [/<(?:[a-z][\w+.-]*:|[!@#])[^>\n]*>/gi, '(a link)'],
  [
    /<\/?(?:a|area|audio|base|embed|form|iframe|img|input|link|meta|object|script|style|svg|video)(?:[\s/][^>\n]*)?>/gi,
    '',
  ],
  [/(?:\b[a-z][a-z0-9+.-]{1,15}:)?\/\/[^\s/“”"'`<>()]+\.?[^\s“”"'`<>()]*/gi, '(a link)'],
  [/\b(?:javascript|vbscript|mailto|tel|data):[^\s“”"'`<>()]+/gi, '(a link)'],
  [/\bwww\.[^\s“”"'`<>()]+/gi, '(a link)'],
  [/\b(?:[a-z0-9-]+\.)+[a-z]{2,}[/?][^\s“”"'`<>()]+/gi, '(a link)'],
];

/** Marks that cannot be seen and turn letters around, and what a terminal would obey. */
const unseen = /[\p{Cc}\p{Cf}]/gu;

/** A text for people without links, pictures and marks that are not seen; lines stay lines. */
export function withoutLinks(text: string): string {
  const seen = text.replaceAll(unseen, mark => (mark === '\n' || mark === '\t' ? mark : ''));
  return links.reduce((left, [link, instead]) => left.replaceAll(link, instead), seen);
}

/** Why a text that a model wrote is refused, for the model; empty where it holds no link. */
export function linksRefused(texts: readonly string[]): string[] {
  return texts
    .filter(text => withoutLinks(text) !== text)
    .map(text => `"${text}" holds a link, a tag or a mark that is not seen: write plain words.`);
}
