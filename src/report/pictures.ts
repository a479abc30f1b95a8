import { customerMapChart } from '../charts/customer-map.ts';
import { heatMapChart } from '../charts/heat-map.ts';
import { kChart } from '../charts/k-chart.ts';
import { faint, ink, paper, rule, segmentColour } from '../charts/palette.ts';
import { type ChartOption, type ChartSize, renderSvg } from '../charts/render.ts';
import { sharesChart } from '../charts/shares.ts';
import type { Model } from '../segmentation/model.ts';
import { formatValue } from '../segmentation/wording.ts';
import { type Html, html, trusted } from './html.ts';

interface Chart {
  option: ChartOption;
  size: ChartSize;
}

export function shares({ segments }: Model): Html {
  const bars = segments.map(({ persona, share, revenueShare }) => ({
    name: persona.name,
    share,
    revenueShare,
  }));
  return html`<section aria-labelledby="shares">
    <h2 id="shares">Customers and revenue</h2>
    ${both('shares', 'Share of customers and share of revenue of each segment', narrow => sharesChart(bars, narrow))}
  </section>`;
}

export function differences({ segments, carrying, population }: Model): Html | null {
  const features = carrying.flatMap(id => segments[0]?.features.find(feature => feature.id === id) ?? []);
  if (features.length === 0) return null;
  const cells = segments.map(segment =>
    features.map(({ id }) => {
      const { difference, median, unit } = segment.features.find(feature => feature.id === id)!;
      return { difference, value: formatValue(median, unit, population.currency) };
    }),
  );
  const map = {
    segments: segments.map(({ persona }) => persona.name),
    features: features.map(({ label }) => label),
    cells,
  };
  return html`<section aria-labelledby="differences">
    <h2 id="differences">What tells them apart</h2>
    <p>The features that carry the segmentation, strongest first. Purple is above the average customer, brown below;
    figures are the median of the segment.</p>
    ${both('heat', 'How far each segment lies from the average customer in each feature', narrow => heatMapChart(map, narrow))}
  </section>`;
}

export function customerMap({ segments, map, population }: Model): Html | null {
  if (map.length === 0) return null;
  const legend = segments.map(
    ({ persona }, i) => html`<li style="--segment:${segmentColour(i)}">${persona.name}</li>`,
  );
  return html`<section aria-labelledby="map">
    <h2 id="map">The map</h2>
    <p>A dot is a customer; those who behave alike lie near each other.
    ${map.length < population.customers && html`A sample of ${map.length.toLocaleString('en-GB')} is shown.`}</p>
    <figure role="img" aria-label="Customers in two dimensions, coloured by segment">
      ${draw(customerMapChart(map), 'map')}
    </figure>
    <ul class="legend">${legend}</ul>
  </section>`;
}

export function numberOfGroups({ choice }: Model): Html | null {
  if (!choice) return null;
  const points = choice.table.map(row => ({ ...row, chosen: row.k === choice.k }));
  const rows = choice.table.map(
    row => html`<tr${row.k === choice.k && trusted(' class="chosen"')}>
      <th scope="row">${row.k}</th><td>${row.delta.toFixed(3)}</td><td>${Math.round(100 * row.jaccard)} %</td>
      <td>${row.smallestSize.toLocaleString('en-GB')}</td><td>${row.why}</td></tr>`,
  );
  return html`<section aria-labelledby="number">
    <h2 id="number">Why this many groups</h2>
    <p>${choice.reason}</p>
    ${
      points.length > 1 &&
      both('k', 'How clear the groups are for each number of them', narrow => kChart(points, narrow))
    }
    <details><summary>The whole table</summary>
    <div class="scrolls" tabindex="0" role="region" aria-labelledby="number"><table class="wide">
      <thead><tr><th scope="col">Groups</th><th scope="col">Clearer than data without groups by</th>
      <th scope="col">Least stable found again</th><th scope="col">Smallest</th><th scope="col">Verdict</th></tr></thead>
      <tbody>${rows}</tbody>
    </table></div></details>
  </section>`;
}

/** The chart for a wide page and for a phone; the style sheet shows one of them. */
function both(id: string, label: string, chart: (narrow: boolean) => Chart): Html {
  return html`<figure role="img" aria-label="${label}">
    <div class="on-wide">${draw(chart(false), `${id}-wide`)}</div>
    <div class="on-narrow">${draw(chart(true), `${id}-narrow`)}</div>
  </figure>`;
}

/** Colours of words and lines become the page's own, so that they follow light and dark. */
function draw({ option, size }: Chart, id: string): Html {
  const svg = renderSvg(option, size, id)
    .replaceAll(ink, 'var(--ink)')
    .replaceAll(faint, 'var(--faint)')
    .replaceAll(rule, 'var(--rule)')
    .replaceAll(paper, 'var(--paper)');
  return trusted(svg);
}
