import type { Model } from '../segmentation/model.ts';
import type { Readiness } from '../segmentation/readiness.ts';
import { capitalised, formatCount, formatSize, formatValue } from '../segmentation/wording.ts';
import { type Html, html } from './html.ts';

const share = (value: number) => formatValue(value, 'share', null);

/** What the page rests on: the data and its gaps, who was left out, and how to make it again. */
export function foundations(model: Model, readiness: Readiness): Html {
  return html`<div class="halves">
    <div><h3>The data</h3>${data(readiness)}</div>
    <div><h3>Who is not in a segment</h3>${leftOut(model)}</div>
  </div>
  <h3>Kinds of data</h3>
  ${kinds(readiness)}
  <h3>How to make this again</h3>
  ${origin(model)}
  <details><summary>${model.kind === 'clusters' ? 'What customers were compared by, and how full the data is' : 'How full the data is'}</summary>
    ${model.kind === 'clusters' && compared(model)}
    ${blanks(readiness)}
  </details>`;
}

function data({ imports, orders, notes }: Readiness): Html {
  return html`<ul class="facts">
    <li>${formatCount(orders.purchases)} orders${
      orders.notPurchases > 0 &&
      html`; ${formatCount(orders.notPurchases)} cancelled, voided or test orders do not count`
    }.</li>
    <li>${formatCount(imports.rowsIn)} rows came in ${imports.files === 1 ? 'one file' : `${formatCount(imports.files)} files`}:
      ${formatCount(imports.stored)} stored, ${formatCount(imports.rejected)} rejected, ${formatCount(imports.alreadyThere)} there already.</li>
    ${imports.reasons.slice(0, 6).map(({ reason, rows }) => html`<li>${formatCount(rows)} rejected: ${reason}.</li>`)}
    ${notes.map(note => html`<li>${withCode(note)}</li>`)}
  </ul>`;
}

/** What stands between backticks is a command. */
function withCode(text: string): Html[] {
  return text.split('`').map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}

function leftOut({ population: { setAside, withoutOrders } }: Model): Html {
  return html`<ul class="facts">
    <li>${
      setAside.count > 0
        ? html`${formatSize(setAside.count)} customers (${share(setAside.revenueShare)} of revenue) are set aside:
          ${setAside.why}.`
        : 'No customer is set aside.'
    }</li>
    <li>${
      withoutOrders > 0
        ? html`${formatSize(withoutOrders)} people without an order are not segmented.`
        : 'Nobody is without an order.'
    }</li>
  </ul>`;
}

function kinds({ classes }: Readiness): Html {
  return html`<dl class="origin">${classes.map(
    ({ class: name, available, missing, brings }) => html`<div>
      <dt>${capitalised(name)}: ${available.length} of ${available.length + missing.length} features</dt>
      <dd>${missing.length === 0 ? 'Nothing is missing.' : html`More would help. ${brings}`}</dd></div>`,
  )}</dl>`;
}

function origin({
  asOf,
  describedAsOf,
  recipe,
  fingerprint,
  dataFingerprint,
  catalogueVersion,
  kind,
}: Model): Html {
  const tried =
    typeof recipe.k === 'number'
      ? `${recipe.k} groups, as asked for`
      : `${recipe.k.min} to ${recipe.k.max} groups tried`;
  const code = (text: string) => html`<code>${text}</code>`;
  const made: [string, Html] = [
    'Segments made as of',
    html`${asOf}; customers are placed anew at each refresh`,
  ];
  const items: [string, Html][] = [
    ['As of', html`${describedAsOf}: what came later does not count`],
    ...(describedAsOf === asOf ? [] : [made]),
    ['Method', kind === 'clusters' ? html`k-means, ${tried}` : html`RFM cells`],
    ['Seed', html`${recipe.seed}`],
    ['Feature catalogue', code(catalogueVersion)],
    ['Fingerprint of the data', code(dataFingerprint)],
    ['Fingerprint of the result', code(fingerprint)],
  ];
  return html`<dl class="origin">${items.map(
    ([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`,
  )}</dl>`;
}

/** The columns that distances were taken in, and the features of the recipe that gave none. */
function compared({ transforms, recipe, segments }: Model): Html {
  const labels = new Map(segments[0]?.features.map(({ id, label }) => [id, label]));
  const nameOf = (id: string) => labels.get(id) ?? id.replace(/^category_mix_/, 'what they buy, direction ');
  const used = new Set(transforms.map(({ feature }) => feature));
  const unused = recipe.features.filter(({ id }) => !used.has(id)).map(({ id }) => nameOf(id));
  return html`<p>Each with its weight:</p>
  <ul class="columns">${transforms.map(
    ({ feature, weight }) => html`<li>${nameOf(feature)} × ${Number(weight.toFixed(2))}</li>`,
  )}</ul>
  ${
    unused.length > 0 &&
    html`<p>Left out, because they hardly vary or say what another one says: ${unused.join(', ')}.</p>`
  }`;
}

function blanks({ tables }: Readiness): Html {
  const held = tables.filter(({ rows }) => rows > 0);
  return html`<div class="scrolls" tabindex="0" role="region" aria-label="Tables and their blanks"><table class="wide">
    <thead><tr><th scope="col">Table</th><th scope="col">Rows</th><th scope="col">Blank</th></tr></thead>
    <tbody>${held.map(({ table, rows, blanks }) => {
      const some = blanks.filter(blank => blank.share > 0);
      return html`<tr><th scope="row">${table.replace('_', ' ')}</th><td>${formatCount(rows)}</td><td>${
        some.length === 0
          ? 'nothing'
          : some.map(blank => `${blank.column.replaceAll('_', ' ')} ${share(blank.share)}`).join(', ')
      }</td></tr>`;
    })}</tbody>
  </table></div>`;
}
