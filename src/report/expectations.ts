import { daysAfter } from '../features/as-of.ts';
import type { Model } from '../segmentation/model.ts';
import { targetOrder, trackRecord, verdict } from '../segmentation/predictions/calibration/words.ts';
import type { Predictions, SegmentPredictions } from '../segmentation/predictions/predictions.ts';
import { churnDays } from '../segmentation/predictions/scores.ts';
import type { RefreshRecord } from '../segmentation/refresh/record.ts';
import {
  formatCount,
  formatMoney,
  formatSize,
  formatSizeShort,
  formatValue,
  SMALLEST_REPORTED,
} from '../segmentation/wording.ts';
import { calibrationAlt, calibrationPicture } from './calibration-picture.ts';
import { dateText } from './dates.ts';
import { type Html, html } from './html.ts';
import { picture } from './pictures.ts';

type Scored = Extract<Predictions, { kind: 'scored' }>;

/** What is expected of each segment and how far that can be believed; null where nothing was to be predicted. */
export function expectationsSection(model: Model, history: readonly RefreshRecord[]): Html | null {
  const last = history.at(-1);
  if (!last?.predictions) return null;
  const { predictions, asOf } = last;
  if (predictions.kind === 'none')
    return html`<p>Nothing is predicted as of ${dateText(asOf, 'long')}. ${predictions.reason}</p>`;
  const { calibration } = predictions;
  const { currency } = model.population;
  return html`<p>From ${dateText(asOf, 'long')} on, by what each customer did before. Values are revenue after returns, not margin.</p>
  ${table(model, predictions)}
  <p class="hint">At risk is what customers were worth on the day of their last order beyond what they are worth now: what is
  lost if nothing changes. Overdue is who has been silent for longer than three in four of their gaps should take.</p>
  <h3>How far that can be believed</h3>
  <p>The same was predicted as of ${dateText(calibration.from, 'long')}, knowing only what came before, and held against what
  happened until ${dateText(daysAfter(calibration.to, -1), 'long')}${
    calibration.part < 1 && html`, for a part of ${formatSize(calibration.customers)} customers`
  }.</p>
  ${picture(calibrationAlt, narrow => calibrationPicture(calibration, narrow))}
  <p class="hint">Where dots sit on the tops of the bars, predictions can be taken as they are.</p>
  <ul class="facts">${targetOrder.map(
    target => html`<li>${trackRecord(calibration, target, currency)} ${verdict(calibration, target)}</li>`,
  )}${calibration.notes.map(note => html`<li>${note}</li>`)}</ul>`;
}

/** "Next 90 days" of a segment for its card; null where that is not known, or tells of a few people. */
export function nextDays(
  { population: { currency } }: Model,
  key: string,
  history: readonly RefreshRecord[],
): string | null {
  const predictions = history.at(-1)?.predictions;
  if (predictions?.kind !== 'scored') return null;
  const own = predictions.segments.find(segment => segment.key === key);
  if (!own || own.customers < SMALLEST_REPORTED) return null;
  const orders = `${whole(own.expectedOrders90)} orders expected`;
  const risk = predictions.spend
    ? `, ${formatMoney(own.valueAtRisk, currency)} of yearly revenue at risk`
    : '';
  return `${orders}${risk}`;
}

function table({ segments, population: { currency } }: Model, predictions: Scored): Html {
  const share = (value: number | null) => (value === null ? '' : formatValue(value, 'share', null));
  const row = (own: SegmentPredictions | undefined, name: string, i: number) => {
    const told = own !== undefined && own.customers >= SMALLEST_REPORTED;
    return html`<tr><th scope="row">${i + 1} ${name}</th><td>${own ? formatSizeShort(own.customers) : ''}</td>
      <td>${told && whole(own.expectedOrders90)}</td><td>${told && share(own.churn)}</td>
      <td>${told && formatMoney(own.lifetimeValue, currency)}</td>
      <td>${told && predictions.spend !== null && formatMoney(own.valueAtRisk, currency)}</td><td>${told && share(own.overdue)}</td></tr>`;
  };
  return html`<div class="scrolls" tabindex="0" role="region" aria-label="What is expected of each segment"><table class="wide">
    <thead><tr><th scope="col">Segment</th><th scope="col">Customers</th><th scope="col">Orders in ${churnDays} days</th>
    <th scope="col">Will not order</th><th scope="col">Value of 12 months</th><th scope="col">At risk</th><th scope="col">Overdue</th></tr></thead>
    <tbody>${segments.map(({ key, persona }, i) =>
      row(
        predictions.segments.find(own => own.key === key),
        persona.name,
        i,
      ),
    )}</tbody>
  </table></div>`;
}

const whole = (orders: number) => formatCount(Math.round(orders));
