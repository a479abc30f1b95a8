import { segmentColour } from '../charts/palette.ts';
import type { Model, Segment } from '../segmentation/model.ts';
import { formatMoney, formatSize, formatValue } from '../segmentation/wording.ts';
import { type Html, html } from './html.ts';

const share = (value: number) => formatValue(value, 'share', null);

/** One segment: who they are, what shows it, what to do. */
export function personaCard(model: Model, segment: Segment, position: number): Html {
  const { persona, rule } = segment;
  const nameOf = (key: string) => model.segments.find(other => other.key === key)?.persona.name ?? key;
  const nearest = segment.neighbours[0];
  return html`
<article class="card" id="${segment.key}" style="--segment:${segmentColour(position)}">
  <h3>${persona.name}</h3>
  <dl class="figures">
    <div><dt>Customers</dt><dd>${formatSize(segment.size)} <span>${share(segment.share)}</span></dd></div>
    <div><dt>Revenue</dt><dd>${formatMoney(segment.revenue, model.population.currency)}
      <span>${share(segment.revenueShare)}</span></dd></div>
  </dl>
  <p class="sentence">${persona.sentence}</p>
  <div class="action"><h4>What to do</h4><p>${persona.action}</p></div>
  ${
    persona.evidence.length > 0 &&
    html`<table>
    <caption>What shows it</caption>
    <thead><tr><th scope="col">Typical customer</th><th scope="col">Here</th><th scope="col">All</th></tr></thead>
    <tbody>${persona.evidence.map(
      item =>
        html`<tr><th scope="row">${item.label}</th><td class="${item.direction}">${item.value}</td><td>${item.overall}</td></tr>`,
    )}</tbody>
  </table>`
  }
  <details>
    <summary>More about them</summary>
    <p>${persona.paragraph}</p>
    ${
      rule.text !== '' &&
      html`<p><strong>In short:</strong> ${rule.text} Of those who fit this, ${share(rule.precision)} belong here, and
      it finds ${share(rule.recall)} of the segment.</p>`
    }
    ${nearest !== undefined && html`<p><strong>Closest to:</strong> ${nameOf(nearest.key)}.</p>`}
    ${
      model.kind === 'clusters' &&
      html`<p><strong>How sure:</strong> on average ${segment.confidence.toFixed(2)}, where 0.5 lies on the border to
      another segment and 1 in the middle of this one.</p>`
    }
  </details>
</article>`;
}
