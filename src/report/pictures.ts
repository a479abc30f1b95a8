import { customerMapChart } from '../charts/customer-map.ts';
import { heatMapChart } from '../charts/heat-map.ts';
import { stepOf, steps } from '../charts/palette.ts';
import type { Chart } from '../charts/render.ts';
import { sharesChart } from '../charts/shares.ts';
import type { Model } from '../segmentation/model.ts';
import { formatSize, formatValue } from '../segmentation/wording.ts';
import { dateText } from './dates.ts';
import { type Html, html } from './html.ts';
import { colourOf, draw, segmentStyle } from './theme.ts';

const share = (value: number) => formatValue(value, 'share', null);

export function shares({ segments }: Model): Html {
  const bars = segments.map(segment => ({
    name: segment.persona.name,
    share: segment.share,
    revenueShare: segment.revenueShare,
    shareText: share(segment.share),
    revenueShareText: share(segment.revenueShare),
  }));
  return html`<p>Where the strong bar is the longer one, a segment is worth more than its number of customers says.</p>
  ${picture(
    'Bars: each segment’s share of customers and of revenue; the figures follow with each segment',
    narrow => sharesChart(bars, narrow),
  )}`;
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
  return html`<p>The features that separate the segments most, strongest first. Colours compare a segment with the average
  customer; figures are those of its typical (median) customer.</p>
  <ul class="scale" aria-label="Colours">${steps.map(
    ({ words, mark, ground, ink }) =>
      html`<li><span class="swatch" style="background:${colourOf(ground)};color:${colourOf(ink)}">${mark}</span>${words}</li>`,
  )}</ul>
  ${picture('Heat map of segments and features; the table below says the same', narrow => heatMapChart(map, narrow))}
  ${legend(segments, 'on-narrow')}
  <details><summary>The same as a table</summary>${table(map)}</details>`;
}

function table({ segments, features, cells }: Parameters<typeof heatMapChart>[0]): Html {
  return html`<div class="scrolls" tabindex="0" role="region" aria-label="Segments and features"><table class="wide">
    <thead><tr><th scope="col">Segment</th>${features.map(name => html`<th scope="col">${name}</th>`)}</tr></thead>
    <tbody>${cells.map(
      (row, s) =>
        html`<tr><th scope="row">${s + 1} ${segments[s]!}</th>${row.map(
          ({ difference, value }) =>
            html`<td>${value} <small>${steps[stepOf(difference)]!.words}</small></td>`,
        )}</tr>`,
    )}</tbody>
  </table></div>`;
}

export function customerMap({ segments, map, population, asOf, describedAsOf }: Model): Html | null {
  if (map.length === 0) return null;
  return html`<p>A dot is a customer, and a number stands in the middle of its segment. Customers who behave alike lie near
  each other, as far as two dimensions can show it.
  ${map.length < population.customers && html`A sample of ${formatSize(map.length)} is shown.`}
  ${describedAsOf !== asOf && html`It was drawn when the segments were made, as of ${dateText(asOf, 'long')}.`}</p>
  ${picture('Map of customers in two dimensions, coloured by segment', narrow => customerMapChart(map, narrow))}
  ${legend(segments, '')}`;
}

/** Numbers, colours and names of the segments. */
export function legend(segments: Model['segments'], where: string): Html {
  return html`<ol class="legend ${where}">${segments.map(
    ({ persona }, i) =>
      html`<li style="${segmentStyle(i)}"><span class="badge" aria-hidden="true">${i + 1}</span>${persona.name}</li>`,
  )}</ol>`;
}

/** A chart drawn for a wide page and for a phone; the style sheet shows one of the two. */
export function picture(label: string, chart: (narrow: boolean) => Chart): Html {
  return html`<figure role="img" aria-label="${label}">
    <div class="on-wide">${draw(chart(false))}</div>
    <div class="on-narrow">${draw(chart(true))}</div>
  </figure>`;
}
