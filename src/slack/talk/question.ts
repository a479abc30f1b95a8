/**
 * The words of a message as a person reads them: Slack sends mentions, links and dates as codes between angle brackets,
 * and the three characters that it needs for them as entities. Whom it mentions is nobody's business but Slack's.
 */
export function questionOf(text: string, botUser: string): string {
  return text
    .replaceAll(`<@${botUser}>`, ' ')
    .replaceAll(new RegExp(`<@${botUser}\\|[^<>]*>`, 'g'), ' ')
    .replaceAll(code, (_, kind: string, body: string) => wordsOf(kind, body))
    .replaceAll(/&lt;/g, '<')
    .replaceAll(/&gt;/g, '>')
    .replaceAll(/&amp;/g, '&')
    .replaceAll(unseen, '')
    .replaceAll(/`+/g, '')
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

/** Whether it turns to somebody else before it turns to the bot, if it does at all. */
export function turnsToSomebodyElse(text: string, botUser: string): boolean {
  const first = /<(?:@([A-Z0-9]+)|!(?:subteam|here|channel|everyone))/.exec(text);
  return first !== null && first[1] !== botUser;
}

export const mentions = (text: string, user: string) =>
  text.includes(`<@${user}>`) || text.includes(`<@${user}|`);

const code = /<([@#!]?)([^<>]*)>/g;

/** Control characters but line breaks, and marks that turn the direction of what follows or have no width. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it takes out
const unseen = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

function wordsOf(kind: string, body: string): string {
  const bar = body.indexOf('|');
  const label = bar < 0 ? '' : body.slice(bar + 1);
  const target = bar < 0 ? body : body.slice(0, bar);
  switch (kind) {
    case '@':
      return 'somebody';
    case '#':
      return label === '' ? 'a channel' : `#${label}`;
    case '!':
      if (target.startsWith('date^')) return label;
      return target.startsWith('subteam') ? 'somebody' : 'everybody';
    default:
      return label === '' ? target.replace(/^(?:mailto|tel):/, '') : label;
  }
}
