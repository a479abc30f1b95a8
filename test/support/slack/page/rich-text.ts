import { dateText } from './dates.ts';
import { emoji, withEmoji } from './emoji.ts';
import { escaped, type Html, html, type Json, type Looks, listOf, objectOf, raw, textOf } from './html.ts';
import { tokenHtml } from './mrkdwn.ts';

/** blocks/rich-text-block */
export function richTextHtml(block: Json, looks: Looks): Html {
  const inline = (elements: unknown) => listOf(elements).map(each => inlineHtml(each, looks));
  return html`<div class="rich">${listOf(block.elements).map(element => {
    switch (element.type) {
      case 'rich_text_list': {
        const items = listOf(element.elements).map(each => html`<li>${inline(each.elements)}</li>`);
        const indent = raw(`style="margin-left:${Number(element.indent ?? 0) * 22}px"`);
        return element.style === 'ordered'
          ? html`<ol start="${Number(element.offset ?? 0) + 1}" ${indent}>${items}</ol>`
          : html`<ul ${indent}>${items}</ul>`;
      }
      case 'rich_text_quote':
        return html`<blockquote>${inline(element.elements)}</blockquote>`;
      case 'rich_text_preformatted':
        return html`<pre>${inline(element.elements)}</pre>`;
      default:
        return html`<div class="said">${inline(element.elements)}</div>`;
    }
  })}</div>`;
}

function inlineHtml(element: Json, looks: Looks): Html {
  const style = objectOf(element.style);
  const inner = content(element, looks);
  return (['bold', 'italic', 'strike', 'code'] as const).reduce(
    (held, look) => (style[look] === true ? raw(`<${tags[look]}>${held.html}</${tags[look]}>`) : held),
    inner,
  );
}

const tags = { bold: 'b', italic: 'i', strike: 's', code: 'code' } as const;

function content(element: Json, looks: Looks): Html {
  switch (element.type) {
    case 'link':
      return html`<a title="${textOf(element.url)}">${textOf(element.text) || textOf(element.url)}</a>`;
    case 'emoji':
      return emoji(textOf(element.name));
    case 'user':
      return tokenHtml(`@${textOf(element.user_id)}`, looks);
    case 'channel':
      return tokenHtml(`#${textOf(element.channel_id)}`, looks);
    case 'broadcast':
      return tokenHtml(`!${textOf(element.range)}`, looks);
    case 'date':
      return html`<span class="date">${dateText(Number(element.timestamp), textOf(element.format), looks)}</span>`;
    default:
      return raw(withEmoji(escaped(textOf(element.text))).replaceAll('\n', '<br>'));
  }
}
