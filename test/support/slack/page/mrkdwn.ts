import { dateText } from './dates.ts';
import { emoji, withEmoji } from './emoji.ts';
import { escaped, type Html, html, type Looks, raw } from './html.ts';

/**
 * mrkdwn as Slack reads it (messaging/formatting-message-text): also what somebody smuggled in would come alive here, so
 * that it is seen.
 */
export function mrkdwnHtml(text: string, looks: Looks, verbatim = false): Html {
  const code = /```\n?([\s\S]+?)\n?```/g;
  return raw(
    split(
      text,
      code,
      ([, held]) => html`<pre>${decoded(held!)}</pre>`.html,
      rest => quotes(rest, looks, verbatim),
    ),
  );
}

function quotes(text: string, looks: Looks, verbatim: boolean): string {
  const lines = text.split('\n');
  let out = '';
  for (let i = 0; i < lines.length; i++) {
    const held: string[] = [];
    while (i < lines.length && /^(?:&gt;|>) ?/.test(lines[i]!))
      held.push(lines[i++]!.replace(/^(?:&gt;|>) ?/, ''));
    if (held.length > 0)
      out += `<blockquote>${held.map(line => inline(line, looks, verbatim)).join('<br>')}</blockquote>`;
    if (i < lines.length) out += inline(lines[i]!, looks, verbatim) + (i < lines.length - 1 ? '<br>' : '');
  }
  return out;
}

function inline(line: string, looks: Looks, verbatim: boolean): string {
  return split(
    line,
    /`([^`]+)`/g,
    ([, held]) => html`<code>${decoded(held!)}</code>`.html,
    rest =>
      split(
        rest,
        /<([^<>]+)>/g,
        ([, held]) => tokenHtml(held!, looks).html,
        plain => {
          const shown = withEmoji(escaped(decoded(plain)));
          return named(styled(verbatim ? shown : linked(shown)));
        },
      ),
  );
}

/** Markers that hold text between non-words. Markup that a token became stands between the texts, and is not looked into. */
function styled(text: string): string {
  return [
    ['*', 'b'],
    ['_', 'i'],
    ['~', 's'],
  ].reduce(
    (held, [mark, tag]) =>
      held.replaceAll(
        new RegExp(
          `(?<![\\w${mark}])\\${mark}(?![\\s${mark}])([^${mark}\\n]*[^\\s${mark}])\\${mark}(?![\\w${mark}])`,
          'g',
        ),
        `<${tag}>$1</${tag}>`,
      ),
    text,
  );
}

const named = (markup: string) =>
  markup.replaceAll(/(?<![\w"#;&/]):([a-z0-9_+'-]+):(?!\w)/g, (_, name: string) => emoji(name).html);

const linked = (markup: string) =>
  markup.replaceAll(/\b(?:https?:\/\/|www\.)[^\s<>&]+/g, url => `<a>${url}</a>`);

/** What stands in angle brackets. */
export function tokenHtml(token: string, looks: Looks): Html {
  const [head = '', label] = token.split('|', 2);
  if (/^[@#]/.test(head))
    return html`<span class="mention">${head[0]}${label ?? looks.names[head.slice(1)] ?? head.slice(1)}</span>`;
  if (head.startsWith('!date^')) {
    const [, seconds, format = ''] = head.split('^');
    const text = Number.isFinite(Number(seconds)) ? dateText(Number(seconds), format, looks) : (label ?? '');
    return html`<span class="date">${text}</span>`;
  }
  if (head.startsWith('!')) return html`<span class="mention loud">@${label ?? head.slice(1)}</span>`;
  return html`<a title="${head}">${decoded(label ?? head)}</a>`;
}

export const decoded = (text: string): string =>
  text.replaceAll(/&(amp|lt|gt);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>' })[name]!);

/** Parts that a pattern finds, and what is between them, each in its way. */
export function split(
  text: string,
  pattern: RegExp,
  found: (match: RegExpExecArray) => string,
  between: (rest: string) => string,
): string {
  let out = '';
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    out += between(text.slice(from, match.index)) + found(match);
    from = match.index + match[0].length;
  }
  return out + between(text.slice(from));
}
