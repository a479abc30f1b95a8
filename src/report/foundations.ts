import type { Model } from '../segmentation/model.ts';
import type { Readiness } from '../segmentation/readiness.ts';
import { formatValue } from '../segmentation/wording.ts';
import { type Html, html } from './html.ts';

const count = (value: number) => value.toLocaleString('en-GB');
const share = (value: number) => formatValue(value, 'share', null);

/** The columns that distances were taken in, and the features of the recipe that gave none. */
function compared({ transforms, recipe }: Model): Html {
  const used = new Set(transforms.map(({ feature }) => feature));
  const unused = recipe.features.filter(({ id }) => !used.has(id)).map(({ id }) => id);
  return html`<ul class="columns">${transforms.map(
    ({ feature, weight }) => html`<li>${feature} × ${Number(weight.toFixed(2))}</li>`,
  )}</ul>
  ${
    unused.length > 0 &&
    html`<p>Left out, because they hardly vary or say what another one says: ${unused.join(', ')}.</p>`
  }`;
}

/** What the page rests on: the data, its gaps, who was left out, and how to make it again. */
export function foundations(model: Model, readiness: Readiness): Html {
  const { imports, orders, classes } = readiness;
  const { setAside, withoutOrders } = model.population;
  const classRows = classes.map(
    each => html`<tr><th scope="row">${each.class}</th>
      <td>${each.available.length} of ${each.available.length + each.missing.length}</td>
      <td>${each.missing.length === 0 ? 'Nothing is missing.' : each.brings}</td></tr>`,
  );
  return html`<section aria-labelledby="data">
    <h2 id="data">What this rests on</h2>
    <ul class="facts">
      <li>${count(orders.purchases)} orders; ${count(orders.notPurchases)} cancelled, voided or test orders left out.</li>
      <li>${count(imports.rowsIn)} rows imported from ${count(imports.files)}
        ${imports.files === 1 ? 'file' : 'files'}: ${count(imports.stored)} stored, ${count(imports.rejected)} rejected,
        ${count(imports.alreadyThere)} there already.</li>
      ${imports.reasons.slice(0, 5).map(({ reason, rows }) => html`<li>${count(rows)} rejected: ${reason}.</li>`)}
      ${
        setAside.count > 0 &&
        html`<li>${count(setAside.count)} customers (${share(setAside.revenueShare)} of revenue) set aside:
        ${setAside.why}.</li>`
      }
      ${withoutOrders > 0 && html`<li>${count(withoutOrders)} people without an order are not segmented.</li>`}
      ${readiness.notes.map(note => html`<li>${note}</li>`)}
    </ul>
    <div class="scrolls" tabindex="0" role="region" aria-labelledby="data"><table class="wide">
      <caption>Kinds of data</caption>
      <thead><tr><th scope="col">Kind</th><th scope="col">Features</th>
        <th scope="col">What more would bring</th></tr></thead>
      <tbody>${classRows}</tbody>
    </table></div>
    <details><summary>How to make this again</summary>
      <p>As of ${model.asOf}, seed ${model.recipe.seed}, ${
        typeof model.recipe.k === 'number'
          ? html`${model.recipe.k} groups as asked for`
          : html`${model.recipe.k.min} to ${model.recipe.k.max} groups tried`
      }.
      ${model.kind === 'clusters' && 'Compared, each with its weight:'}</p>
      ${model.kind === 'clusters' && compared(model)}
    </details>
  </section>`;
}
