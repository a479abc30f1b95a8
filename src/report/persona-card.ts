import type { Evidence, Model, Segment } from '../segmentation/model.ts';
import { churnDays } from '../segmentation/predictions/scores.ts';
import { formatMoney, formatSize, formatValue } from '../segmentation/wording.ts';
import { dateText } from './dates.ts';
import { type Html, html } from './html.ts';
import { segmentStyle } from './theme.ts';

const share = (value: number) => formatValue(value, 'share', null);

/**
 * One segment: who they are, what to do, and what shows it.
 *
 * @param next what is expected of them, in words; null where that is not known
 */
export function personaCard(model: Model, segment: Segment, position: number, next: string | null): Html {
  const { persona } = segment;
  const { currency } = model.population;
  const figures = [
    { name: 'Customers', value: formatSize(segment.size), note: share(segment.share) },
    { name: 'Revenue', value: formatMoney(segment.revenue, currency), note: share(segment.revenueShare) },
    ...(segment.size > 0
      ? [{ name: 'Per customer', value: formatMoney(segment.revenue / segment.size, currency), note: '' }]
      : []),
  ];
  return html`
<article class="card" id="${cardId(segment.key)}" style="${segmentStyle(position)}" aria-labelledby="${cardId(segment.key)}-name">
  <div class="who">
    <h3 id="${cardId(segment.key)}-name"><span class="badge" aria-hidden="true">${position + 1}</span> ${persona.name}</h3>
    <dl class="figures">${figures.map(
      ({ name, value, note }) =>
        html`<div><dt>${name}</dt><dd>${value}${note !== '' && html` <span>${note}</span>`}</dd></div>`,
    )}</dl>
    <p class="sentence">${persona.sentence}</p>
    ${next !== null && html`<p class="next"><strong>Next ${churnDays} days:</strong> ${next}.</p>`}
    <div class="action"><h4>What to do</h4><p>${persona.action}</p>${
      persona.avoid !== '' && html`<h4>What not to do</h4><p>${persona.avoid}</p>`
    }</div>
  </div>
  <div class="proof">
    ${persona.evidence.length > 0 && evidence(persona.evidence)}
    <details>
      <summary>More about them</summary>
      <p>${persona.paragraph}</p>
      ${more(model, segment)}
    </details>
  </div>
</article>`;
}

const cardId = (key: string) => `segment-${key}`;

function evidence(items: readonly Evidence[]): Html {
  return html`<table>
      <caption>What shows it</caption>
      <thead><tr><th scope="col">Typical customer</th><th scope="col">Here</th><th scope="col">All</th></tr></thead>
      <tbody>${items.map(
        ({ label, direction, value, overall }) => html`<tr><th scope="row">${label}</th>
        <td class="${direction}">${value}<span class="unseen"> (${direction} average)</span></td><td>${overall}</td></tr>`,
      )}</tbody>
    </table>`;
}

function more(model: Model, { rule, neighbours, confidence }: Segment): Html {
  const nearest = neighbours.slice(0, 2).flatMap(({ key }) => {
    const position = model.segments.findIndex(other => other.key === key);
    return position < 0 ? [] : [{ key, position, name: model.segments[position]!.persona.name }];
  });
  return html`<dl class="more">
      ${
        rule.text !== '' &&
        html`<div><dt>How to recognise them</dt><dd>${rule.text} Of the customers who fit this, ${share(rule.precision)}
        belong here; it finds ${share(rule.recall)} of the segment${
          model.describedAsOf !== model.asOf && html` (measured on ${dateText(model.asOf, 'long')})`
        }.</dd></div>`
      }
      ${
        nearest.length > 0 &&
        html`<div><dt>Nearest to</dt><dd>${nearest.map(
          ({ key, position, name }, i) =>
            html`${i > 0 && ' and '}<a href="#${cardId(key)}">${position + 1} ${name}</a>`,
        )}</dd></div>`
      }
      ${
        model.kind === 'clusters' &&
        html`<div><dt>How sure</dt><dd>${sureness(confidence)}: on average ${confidence.toFixed(2)}, where 0.5 lies on the
        border to another segment and 1 in the middle of this one.</dd></div>`
      }
    </dl>`;
}

function sureness(confidence: number): string {
  if (confidence >= 0.7) return 'Well inside';
  return confidence >= 0.6 ? 'Mostly inside, some near a border' : 'Many near a border';
}
