import { kChart } from '../charts/k-chart.ts';
import type { Model } from '../segmentation/model.ts';
import { formatSize } from '../segmentation/wording.ts';
import { type Html, html, trusted } from './html.ts';
import { picture } from './pictures.ts';

/** How the number of groups was chosen, how stable they are, and what the other numbers would have given. */
export function numberOfGroups({ choice }: Model): Html | null {
  if (!choice) return null;
  const { k, reason, table } = choice;
  const chosen = table.find(row => row.k === k);
  const points = table.map(row => ({ ...row, stability: row.jaccard, chosen: row === chosen }));
  const rows = table.map(
    row => html`<tr${row === chosen && trusted(' class="chosen"')}>
      <th scope="row">${row.k}${row === chosen && ' (chosen)'}</th><td>${row.delta.toFixed(3)}</td>
      <td>${percent(row.jaccard)}</td><td>${percent(Math.max(0, 1 - row.overlap))}</td>
      <td>${formatSize(row.smallestSize)}</td><td>${row.why}</td></tr>`,
  );
  return html`<p class="reason">${reason}</p>
  ${chosen !== undefined && html`<p>${stability(chosen.jaccard)}</p>`}
  ${
    points.length > 1 &&
    html`${picture('Bars: how clear and how stable the groups are for each number of them; the table below says the same', narrow => kChart(points, narrow))}
    <p class="hint">The strong bars are those of the number chosen; the pale ones were ruled out.</p>`
  }
  <details><summary>Every number of groups that was tried</summary>
  <div class="scrolls" tabindex="0" role="region" aria-label="Numbers of groups"><table class="wide">
    <thead><tr><th scope="col">Groups</th><th scope="col">Clearer than data without groups by</th>
    <th scope="col">Least stable group found again</th><th scope="col">Closest border emptier by</th>
    <th scope="col">Smallest group</th><th scope="col">Verdict</th></tr></thead>
    <tbody>${rows}</tbody>
  </table></div></details>`;
}

/** Hennig (2008): from 0.85 highly stable, from 0.75 a valid pattern. */
function stability(jaccard: number): string {
  const how =
    jaccard >= 0.85
      ? 'so the groups are very stable.'
      : jaccard >= 0.75
        ? 'so the groups are stable.'
        : 'so read at least that group with care: it may be an accident of this data.';
  return `How stable: when the groups are looked for again in parts of the data, even the least stable of them overlaps by ${percent(jaccard)} with what it was, ${how}`;
}

const percent = (share: number) => `${Math.round(100 * share)} %`;
