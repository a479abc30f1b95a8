import type { MrkdwnElement, PlainTextElement } from '@slack/types';
import { limits } from './limits.ts';

/** What stands where there is nothing: Slack refuses a blank text. */
export const blank = '–';

/** Not seen, and holds apart what would mean something together. */
export const zeroWidth = '\u200b';

/** Without what is not seen but acts: control characters, direction marks, tags, halves of characters. */
export function tidy(text: string): string {
  return text
    .replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(
      /(?!\n)\p{Cc}|\p{Cs}|\p{Co}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff0-\uffff\u{e0000}-\u{e0fff}]/gu,
      '',
    );
}

/** One line. */
const line = (text: string) => tidy(text).replaceAll(/\s+/g, ' ').trim();

/**
 * Text from people, data or a model as text of mrkdwn: one line in which nothing formats, mentions, links or becomes an
 * emoji. Its markers cannot be escaped: where they would format, marks of the same look stand for them.
 */
export function mrkdwn(text: string): string {
  return apart(
    line(text)
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('`', 'ˋ')
      .replaceAll(/(?<![A-Za-z0-9])[*_~]|[*_~](?![A-Za-z0-9])/g, mark => lookalikes[mark]!),
  );
}

const lookalikes: Record<string, string> = { '*': '∗', _: 'ˍ', '~': '∼' };

/** Addresses, names and emoji codes are recognised by their look: this changes nothing that is seen and keeps them text. */
export function apart(text: string): string {
  return text
    .replaceAll(/:(?=\\?\/\\?\/)|(?<=(?:mailto|tel|sms|slack)):(?=[^\s\u200b])/gi, `$&${zeroWidth}`)
    .replaceAll(/(?<=[\p{L}\p{N}-]\\?)\.(?=\p{L}{2})/gu, `$&${zeroWidth}`)
    .replaceAll(/[@#](?=\\?[\p{L}\p{N}_])/gu, `$&${zeroWidth}`)
    .replaceAll(/(?<!\d):(?=[\w+][\w+'-]*:)/g, `$&${zeroWidth}`);
}

/** Text from data, bold. */
export function bold(text: string): string {
  const held = mrkdwn(text).replaceAll('*', '∗');
  return held === '' ? '' : `*${held}*`;
}

/** A moment in the zone of who reads it. */
export function moment(at: string, format = '{date_short_pretty} at {time}'): string {
  const seconds = Math.floor(Date.parse(at) / 1000);
  const fallback = `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `<!date^${seconds}^${format}|${fallback}>`;
}

/** At most so many characters, with an ellipsis where some were left out; nothing that is one is cut in two. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = text
    .slice(0, most - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .replace(/&#?\w{0,6}$/, '')
    .replace(/<[^<>]*$/, '');
  return `${kept.trimEnd()}…`;
}

/** Text from anywhere for where nothing formats: one line of at least one character. */
export function plain(text: string, most: number): string {
  return clip(line(text), most) || blank;
}

/** The `text` beside the blocks of a message: what notifications and screen readers tell. */
export function messageText(text: string): string {
  return clip(mrkdwn(text), limits.message.text) || blank;
}

export function plainText(text: string, most: number): PlainTextElement {
  return { type: 'plain_text', text: plain(text, most), emoji: false };
}

/** Markup of ours. Verbatim: Slack then looks for no addresses and names in it. */
export function markup(text: string, most: number): MrkdwnElement {
  return { type: 'mrkdwn', text: clip(tidy(text).trim(), most) || blank, verbatim: true };
}
