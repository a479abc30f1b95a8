import { elementHtml, imageHtml, textHtml } from './elements.ts';
import { type Html, html, type Json, type Looks, listOf, nothing, objectOf, raw, textOf } from './html.ts';
import { markdownHtml } from './markdown.ts';
import { richTextHtml } from './rich-text.ts';

/** Blocks one below the other. */
export function blocksHtml(blocks: unknown, looks: Looks): Html {
  return html`${listOf(blocks).map(block => html`<div class="block ${textOf(block.type)}">${blockHtml(block, looks)}</div>`)}`;
}

function blockHtml(block: Json, looks: Looks): Html {
  const elements = () => listOf(block.elements).map(element => elementHtml(element, looks));
  switch (block.type) {
    case 'header':
      return textHtml(block.text, looks);
    case 'section':
      return html`<div class="beside"><div class="said">${block.text ? textHtml(block.text, looks) : nothing}</div>${
        block.accessory ? elementHtml(objectOf(block.accessory), looks) : nothing
      }</div>${
        block.fields
          ? html`<div class="fields">${listOf(block.fields).map(text => html`<div>${textHtml(text, looks)}</div>`)}</div>`
          : nothing
      }`;
    case 'context':
      return html`${listOf(block.elements).map(element =>
        element.type === 'image'
          ? imageHtml(element, looks, 'tiny')
          : html`<span>${textHtml(element, looks)}</span>`,
      )}`;
    case 'divider':
      return raw('<hr>');
    case 'actions':
    case 'context_actions':
      return html`${elements()}`;
    case 'image':
      return html`${block.title ? html`<div class="title">${textHtml(block.title, looks)} <span class="chevron open"></span></div>` : nothing}${imageHtml(
        block,
        looks,
        'picture',
      )}`;
    case 'markdown':
      return markdownHtml(textOf(block.text), looks);
    case 'rich_text':
      return richTextHtml(block, looks);
    case 'alert':
      return html`<div class="${textOf(block.level) || 'default'}">${textHtml(block.text, looks)}</div>`;
    case 'card':
      return cardHtml(block, looks);
    case 'carousel':
      return html`${listOf(block.elements).map(card => cardHtml(card, looks))}`;
    case 'container':
      return containerHtml(block, looks);
    case 'data_table':
    case 'table':
      return tableHtml(block, looks);
    case 'task_card':
      return taskHtml(block, looks);
    case 'plan':
      return html`<div class="title">${textOf(block.title)}</div>${listOf(block.tasks).map(task => taskHtml(task, looks))}`;
    case 'input':
      return html`<div class="label">${textHtml(block.label, looks)}${
        block.optional === true ? html` <span class="hint">(optional)</span>` : nothing
      }</div>${elementHtml(objectOf(block.element), looks)}${
        block.hint ? html`<div class="hint">${textHtml(block.hint, looks)}</div>` : nothing
      }`;
    default:
      return html`<div class="unknown">${textOf(block.type)}</div>`;
  }
}

function cardHtml(card: Json, looks: Looks): Html {
  const part = (name: string) =>
    card[name] ? html`<div class="${`card-${name}`}">${textHtml(card[name], looks)}</div>` : nothing;
  const actions = listOf(card.actions);
  return html`<div class="frame">${card.hero_image ? imageHtml(objectOf(card.hero_image), looks, 'hero') : nothing}${part(
    'title',
  )}${part('subtitle')}${part('body')}${
    actions.length > 0
      ? html`<div class="row">${actions.map(each => elementHtml(each, looks))}</div>`
      : nothing
  }</div>`;
}

function containerHtml(block: Json, looks: Looks): Html {
  const folded = block.is_collapsible === true && block.default_collapsed === true;
  const arrow =
    block.is_collapsible === true ? html`<span class="chevron ${!folded && 'open'}"></span> ` : nothing;
  return html`<div class="frame"><div class="card-title">${arrow}${textHtml(block.title, looks)}</div>${
    block.subtitle ? html`<div class="card-subtitle">${textHtml(block.subtitle, looks)}</div>` : nothing
  }${folded ? nothing : blocksHtml(block.child_blocks, looks)}</div>`;
}

function tableHtml(block: Json, looks: Looks): Html {
  const [head = [], ...rows] = Array.isArray(block.rows) ? block.rows.map(listOf) : [];
  const size = block.type === 'data_table' ? Number(block.page_size ?? 5) : rows.length;
  const settings = Array.isArray(block.column_settings) ? block.column_settings.map(objectOf) : [];
  const isRight = (i: number) =>
    settings[i]?.align === 'right' || rows.some(row => row[i]?.type === 'raw_number');
  const cell = (held: Json) =>
    held.type === 'rich_text' ? richTextHtml(held, looks) : textHtml({ text: held.text }, looks);
  const row = (cells: readonly Json[], tag: 'th' | 'td') =>
    html`<tr>${cells.map((held, i) => {
      const number = isRight(i) ? 'number' : '';
      return tag === 'th'
        ? html`<th class="${number}">${cell(held)}</th>`
        : html`<td class="${number || (textOf(held.text).length <= 16 && 'short')}">${cell(held)}</td>`;
    })}</tr>`;
  const shown = Math.min(size, rows.length);
  return html`<div class="table"><table>${
    block.caption ? html`<caption>${textOf(block.caption)}</caption>` : nothing
  }<thead>${row(head, 'th')}</thead><tbody>${rows.slice(0, size).map(cells => row(cells, 'td'))}</tbody></table>${
    shown < rows.length
      ? html`<div class="pager"><span>1–${shown} of ${rows.length}</span> <b>‹</b> <b>›</b></div>`
      : nothing
  }</div>`;
}

const states: Readonly<Record<string, string>> = {
  pending: 'open',
  in_progress: 'going',
  complete: 'done',
  error: 'failed',
};

function taskHtml(task: Json, looks: Looks): Html {
  const state = states[textOf(task.status)] ?? 'open';
  return html`<div class="task ${state}"><span class="mark"></span><div>${textOf(task.title)}${(
    ['details', 'output'] as const
  ).map(part =>
    task[part] ? html`<div class="hint">${richTextHtml(objectOf(task[part]), looks)}</div>` : nothing,
  )}</div></div>`;
}
