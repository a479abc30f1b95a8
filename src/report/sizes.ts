import { sizesChart } from '../charts/sizes-chart.ts';
import { type SizesOverTime, sizesOverTime } from '../segmentation/history/sizes.ts';
import type { Model } from '../segmentation/model.ts';
import type { RefreshRecord } from '../segmentation/refresh/record.ts';
import { formatSize, formatSizeShort } from '../segmentation/wording.ts';
import { dateText } from './dates.ts';
import { type Html, html } from './html.ts';
import { legend, picture } from './pictures.ts';

/** How many customers each segment had at each date; null where there is one date only. */
export function sizesSection(model: Model, history: readonly RefreshRecord[]): Html | null {
  if (history.length < 2) return null;
  const series = sizesOverTime(history);
  const position = new Map(model.segments.map(({ key }, i) => [key, i]));
  const chart = {
    dates: series.dates,
    replaced: series.replaced.map(({ asOf }) => series.dates.indexOf(asOf)),
    lines: series.segments.map(({ key, name, sizes, stands }) => ({
      name,
      position: stands ? (position.get(key) ?? null) : null,
      sizes,
      text: sizes.at(-1) == null ? '' : formatSizeShort(sizes.at(-1)!),
    })),
  };
  return html`<p>Customers of each segment from ${dateText(series.dates[0]!, 'long')} to ${dateText(series.dates.at(-1)!, 'long')}.
  ${series.replaced.map(({ asOf, kind }) => html`${took[kind]} on ${dateText(asOf, 'long')}. `)}
  ${series.segments.some(({ stands }) => !stands) && 'Segments that stand no more are grey.'}</p>
  ${picture('Lines: customers of each segment over time; the table below says the same', narrow => sizesChart(chart, narrow))}
  ${legend(model.segments, 'on-narrow')}
  <details><summary>The same as a table</summary>${table(series)}</details>`;
}

const took = {
  fit: 'The shop was segmented anew',
  promotion: 'Other segments took over',
  rollback: 'The segments before were taken back',
} as const;

function table({ dates, segments }: SizesOverTime): Html {
  return html`<div class="scrolls" tabindex="0" role="region" aria-label="Customers of each segment by date"><table class="wide">
    <thead><tr><th scope="col">As of</th>${segments.map(({ name }) => html`<th scope="col">${name}</th>`)}</tr></thead>
    <tbody>${dates.map(
      (date, d) =>
        html`<tr><th scope="row">${dateText(date, 'short')}</th>${segments.map(({ sizes }) => {
          const size = sizes[d];
          return html`<td>${size == null ? '' : formatSize(size)}</td>`;
        })}</tr>`,
    )}</tbody>
  </table></div>`;
}
