import { withEmoji } from './emoji.ts';
import { escaped, type Html, html, type Looks, raw } from './html.ts';
import { decoded, split, tokenHtml } from './mrkdwn.ts';

/** Standard Markdown as blocks/markdown-block shows it: all headings of one size, pictures as links, Slack's own tokens alive. */
export function markdownHtml(text: string, looks: Looks): Html {
  const lines = text.split('\n');
  const out: string[] = [];
  let at = 0;
  const run = (holds: RegExp): string[] => {
    const from = at;
    while (at < lines.length && holds.test(lines[at]!)) at++;
    return lines.slice(from, at);
  };
  const line = (held: string) => inline(held, looks);
  while (at < lines.length) {
    const now = lines[at]!;
    const heading = /^ {0,3}#{1,6} +(.*)$/.exec(now);
    if (now.trim() === '') at++;
    else if (heading) {
      out.push(`<h3>${line(heading[1]!)}</h3>`);
      at++;
    } else if (/^ {0,3}```/.test(now)) {
      at++;
      const held = run(/^(?! {0,3}```)/);
      at++;
      out.push(html`<pre>${decoded(held.join('\n'))}</pre>`.html);
    } else if (/^ {0,3}(?:-{3,}|\*{3,}|_{3,})\s*$/.test(now)) {
      out.push('<hr>');
      at++;
    } else if (/^ {0,3}\|/.test(now) && /^ {0,3}\|[\s|:-]+$/.test(lines[at + 1] ?? ''))
      out.push(tableHtml(run(/^ {0,3}\|/), line));
    else if (/^ {0,3}>/.test(now))
      out.push(
        `<blockquote>${
          markdownHtml(
            run(/^ {0,3}>/)
              .map(each => each.replace(/^ {0,3}> ?/, ''))
              .join('\n'),
            looks,
          ).html
        }</blockquote>`,
      );
    else if (item.test(now)) out.push(listHtml(run(/^(?:\s*(?:[-*+]|\d+[.)])\s+\S|\s+\S)/), line));
    else {
      at++;
      const more = run(/^(?!\s*$| {0,3}(?:#{1,6} |>|```|\|)|\s*(?:[-*+]|\d+[.)])\s+\S)/);
      out.push(`<p>${[now, ...more].map(line).join('<br>')}</p>`);
    }
  }
  return raw(out.join(''));
}

const item = /^(\s*)([-*+]|(\d+)[.)])\s+(.*)$/;

function listHtml(lines: readonly string[], line: (text: string) => string): string {
  let out = '';
  const open: { depth: number; tag: string }[] = [];
  for (const each of lines) {
    const [, before = '', , number, text] = item.exec(each) ?? [];
    if (text === undefined) {
      out = `${out.replace(/<\/li>$/, '')}<br>${line(each.trim())}</li>`;
      continue;
    }
    while (open.length > 1 && open.at(-1)!.depth > before.length) out += `</${open.pop()!.tag}>`;
    if (open.length === 0 || open.at(-1)!.depth < before.length) {
      const tag = number === undefined ? 'ul' : 'ol';
      out += number === undefined ? '<ul>' : `<ol start="${Number(number)}">`;
      open.push({ depth: before.length, tag });
    }
    out += `<li>${line(text)}</li>`;
  }
  return out + open.map(({ tag }) => `</${tag}>`).join('');
}

function tableHtml(
  [head = '', rule = '', ...rows]: readonly string[],
  line: (text: string) => string,
): string {
  const right = cells(rule).map(cell => cell.endsWith(':'));
  const row = (held: string, tag: string) =>
    `<tr>${cells(held)
      .map((cell, i) => `<${tag}${right[i] ? ' class="number"' : ''}>${line(cell)}</${tag}>`)
      .join('')}</tr>`;
  return `<div class="table"><table>${row(head, 'th')}${rows.map(each => row(each, 'td')).join('')}</table></div>`;
}

const cells = (row: string): string[] =>
  row
    .trim()
    .replace(/^\||(?<!\\)\|$/g, '')
    .split(/(?<!\\)\|/)
    .map(cell => cell.trim());

function inline(text: string, looks: Looks): string {
  return split(
    text,
    /(?<!\\)`([^`]+)`/g,
    ([, held]) => html`<code>${decoded(held!)}</code>`.html,
    rest =>
      split(
        rest,
        /<([^<>\s][^<>]*)>/g,
        ([, held]) => tokenHtml(held!, looks).html,
        between =>
          split(
            between,
            /!?(?<!\\)\[([^\]]*)\]\(([^)\s]*)\)/g,
            ([, label, url]) => html`<a title="${url}">${label || url}</a>`.html,
            emphasised,
          ),
      ),
  );
}

/** Escaped characters are put away while emphasis is looked for. */
function emphasised(text: string): string {
  const away: string[] = [];
  const held = text.replaceAll(
    /\\([!-/:-@[-`{-~])/g,
    (_, mark: string) => `\u{f0000}${away.push(mark) - 1}\u{f0001}`,
  );
  const pair = (markup: string, mark: string, tag: string, word: string) =>
    markup.replaceAll(
      new RegExp(`${word && '(?<!\\w)'}${mark}(?=\\S)([\\s\\S]+?)(?<=\\S)${mark}${word && '(?!\\w)'}`, 'g'),
      `<${tag}>$1</${tag}>`,
    );
  let markup = withEmoji(escaped(decoded(held)));
  for (const [mark, tag, word] of [
    ['\\*\\*', 'b', ''],
    ['__', 'b', 'word'],
    ['~~', 's', ''],
    ['\\*', 'i', ''],
    ['_', 'i', 'word'],
  ] as const)
    markup = pair(markup, mark, tag, word);
  return markup
    .replaceAll(/\b(?:https?:\/\/|www\.)[^\s<>&]+/g, url => `<a>${url}</a>`)
    .replaceAll(/\u{f0000}(\d+)\u{f0001}/gu, (_, at: string) => escaped(away[Number(at)]!));
}
