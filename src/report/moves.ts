import { type MoveEnd, movesChart } from '../charts/moves-chart.ts';
import type { Model } from '../segmentation/model.ts';
import { type MovesBetween, movesBetween } from '../segmentation/moves/between.ts';
import { lapsedKeys } from '../segmentation/moves/lapsed.ts';
import { namedMoves } from '../segmentation/moves/named.ts';
import { namesOf } from '../segmentation/moves/names.ts';
import { gone, newcomer, type RefreshRecord, setAsideKey } from '../segmentation/refresh/record.ts';
import {
  formatCount,
  formatMoneyShort,
  formatSize,
  formatSizeShort,
  SMALLEST_REPORTED,
} from '../segmentation/wording.ts';
import { dateText } from './dates.ts';
import { type Html, html } from './html.ts';
import { legend, picture } from './pictures.ts';

/** A month of weekly refreshes: a single one moves few. */
const REFRESHES = 4;

/** Who moved at the last refreshes since the segments were made or replaced; null where there was none. */
export function movesSection(model: Model, history: readonly RefreshRecord[]): Html | null {
  const start = history.findLastIndex(({ kind }) => kind !== 'refresh');
  const first = history[Math.max(start, history.length - 1 - REFRESHES)];
  if (start === history.length - 1 || !first) return null;
  const between = movesBetween(history, { from: first.asOf }, lapsedKeys(model));
  const named = namedMoves(between, history, model);
  const names = namesOf(history);
  return html`<p>From ${dateText(between.from, 'long')} to ${dateText(between.to, 'long')}${
    between.refreshes.length > 1 &&
    `, in ${between.refreshes.length} refreshes joined; a customer who moved at several of them counts at each`
  }.</p>
  ${
    named.length > 0 &&
    html`<h3>The moves that matter</h3><ul class="facts">${named.map(({ sentence }) => html`<li>${sentence}</li>`)}</ul>`
  }
  ${sankey(model, between, names)}
  <h3>What each segment won and lost</h3>
  ${flows(between)}
  <details><summary>All moves as a table</summary>${table(model, between, names)}</details>`;
}

function sankey(model: Model, { moves }: MovesBetween, names: ReadonlyMap<string, string>): Html | null {
  const drawn = moves.filter(({ customers }) => customers >= SMALLEST_REPORTED);
  if (drawn.length === 0) return null;
  const position = new Map(model.segments.map(({ key }, i) => [key, i]));
  const places = [...model.segments.map(({ key }) => key), newcomer, setAsideKey, gone];
  const ends = (side: 'from' | 'to') =>
    places.flatMap((key): MoveEnd[] => {
      const own = drawn.filter(move => move[side] === key);
      const at = position.get(key);
      if (own.length === 0) return [];
      return [
        {
          key,
          name: names.get(key)!,
          short: at === undefined ? shortNames[key]! : String(at + 1),
          position: at ?? null,
          text: formatCount(own.reduce((sum, { customers }) => sum + customers, 0)),
        },
      ];
    });
  const chart = { left: ends('from'), right: ends('to'), flows: drawn };
  return html`${picture(
    'Bands from the segments that customers left to those that they came to; the tables below say the same',
    narrow => movesChart(chart, narrow),
  )}
  <p class="hint">Left: where they were; right: where they are now. Those who stayed are not drawn, nor are moves of fewer than
  ${SMALLEST_REPORTED} customers.</p>
  ${legend(model.segments, 'on-narrow')}`;
}

const shortNames: Readonly<Record<string, string>> = {
  [newcomer]: 'New',
  [setAsideKey]: 'Aside',
  [gone]: 'Gone',
};

function flows({ segments }: MovesBetween): Html {
  return html`<div class="scrolls" tabindex="0" role="region" aria-label="What each segment won and lost"><table class="wide">
    <thead><tr><th scope="col">Segment</th><th scope="col">Before</th><th scope="col">First-time buyers</th>
    <th scope="col">From other segments</th><th scope="col">Left</th><th scope="col">Lapsed</th><th scope="col">Now</th></tr></thead>
    <tbody>${segments.map(
      ({ name, before, after, entered, left }, i) => html`<tr><th scope="row">${i + 1} ${name}</th>
      <td>${known(before)}</td><td>${few(entered.newcomers.customers)}</td>
      <td>${few(entered.fromSegments.customers + entered.fromSetAside.customers)}</td>
      <td>${few(left.toSegments.customers + left.toSetAside.customers + left.gone.customers)}</td>
      <td>${few(left.toLapsed.customers)}</td><td>${known(after)}${
        before !== null &&
        after !== null &&
        Math.min(before, after) >= SMALLEST_REPORTED &&
        html` <small>${signed(after - before)}</small>`
      }</td></tr>`,
    )}</tbody>
  </table></div>`;
}

function table(model: Model, { moves }: MovesBetween, names: ReadonlyMap<string, string>): Html {
  const { currency } = model.population;
  return html`<div class="scrolls" tabindex="0" role="region" aria-label="All moves"><table class="wide">
    <thead><tr><th scope="col">From</th><th scope="col">To</th><th scope="col">Customers</th><th scope="col">Yearly revenue</th></tr></thead>
    <tbody>${moves.map(
      ({
        from,
        to,
        customers,
        revenueLastYear,
      }) => html`<tr><td>${names.get(from) ?? from}</td><td>${names.get(to) ?? to}</td>
      <td>${formatSize(customers)}</td><td>${
        customers >= SMALLEST_REPORTED && to !== gone && formatMoneyShort(revenueLastYear, currency)
      }</td></tr>`,
    )}</tbody>
  </table></div>`;
}

const known = (size: number | null) => (size === null ? '' : formatSizeShort(size));
const few = (customers: number) => (customers === 0 ? '' : formatSizeShort(customers));

const signed = (change: number) =>
  change === 0 ? 'unchanged' : `${change > 0 ? '+' : '−'}${formatCount(Math.abs(change))}`;
