import type { Model } from '../segmentation/model.ts';
import type { Readiness } from '../segmentation/readiness.ts';
import type { RefreshRecord } from '../segmentation/refresh/record.ts';
import { capitalised, formatCount, formatMoney, formatSize, formatValue } from '../segmentation/wording.ts';
import { dateText } from './dates.ts';
import { driftSection } from './drift.ts';
import { expectationsSection, nextDays } from './expectations.ts';
import { foundations } from './foundations.ts';
import { numberOfGroups } from './group-count.ts';
import { type Html, html, trusted } from './html.ts';
import { movesSection } from './moves.ts';
import { personaCard } from './persona-card.ts';
import { customerMap, differences, shares } from './pictures.ts';
import { sizesSection } from './sizes.ts';
import { styles } from './styles.ts';
import { themeStyles } from './theme.ts';

export interface ReportInput {
  model: Model;
  readiness: Readiness;
  title: string;
  /** Oldest first; with a refresh among them the page tells of moves, sizes over time and drift. */
  history?: readonly RefreshRecord[];
  /** Where the data comes from, where its licence asks for it. */
  attribution?: string;
}

/** The segments as one HTML file that needs nothing but itself, and no script. Equal input gives equal text. */
export function renderReport({ model, readiness, title, history = [], attribution }: ReportInput): string {
  const sections = [
    { id: 'overview', name: 'Customers and revenue', body: shares(model) },
    { id: 'segments', name: 'The segments', body: cards(model, history) },
    { id: 'expect', name: 'What to expect', body: expectationsSection(model, history) },
    { id: 'drift', name: 'What has changed', body: driftSection(history) },
    { id: 'moves', name: 'Who moved', body: movesSection(model, history) },
    { id: 'sizes', name: 'Sizes over time', body: sizesSection(model, history) },
    { id: 'differences', name: 'What tells them apart', body: differences(model) },
    { id: 'map', name: 'The map', body: customerMap(model) },
    { id: 'number', name: 'Why this many groups', body: numberOfGroups(model) },
    { id: 'basis', name: 'What this rests on', body: foundations(model, readiness) },
  ].filter(({ body }) => body !== null);
  const page = html`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${trusted(themeStyles + styles)}</style>
</head>
<body>
<a class="skip" href="#overview">Skip to the segments</a>
<header>
  <p class="brand">Kindred</p>
  <h1>${title}</h1>
  <p class="lead">${headline(model)}</p>
  ${figures(model, readiness)}
  ${warnings(model, readiness)}
  <nav aria-label="Parts of this page"><ul>${sections.map(
    ({ id, name }) => html`<li><a href="#${id}">${name}</a></li>`,
  )}</ul></nav>
</header>
<main>
${sections.map(
  ({ id, name, body }) => html`<section id="${id}" aria-labelledby="${id}-title">
  <h2 id="${id}-title">${name}</h2>
  ${body}
</section>
`,
)}</main>
<footer>
  ${attribution ? html`<p>Data: ${attribution}</p>` : null}
  <p>Made by Kindred. The same rows, recipe and date give the same segments.</p>
</footer>
</body>
</html>
`;
  return page.html;
}

/** What happened, and the one thing to remember. */
function headline({ kind, segments, population, describedAsOf }: Model): Html {
  const what = kind === 'rfm' ? 'classical RFM segment' : 'group';
  const groups = `${segments.length} ${what}${segments.length === 1 ? '' : 's'}`;
  const best = segments.reduce((a, b) => (worth(b) > worth(a) ? b : a));
  return html`<strong>${capitalised(formatSize(population.customers))} customers fall into ${groups}</strong>, as of ${dateText(describedAsOf, 'long')}.
    ${
      worth(best) > 0 &&
      html`“${best.persona.name}” are ${share(best.share)} of them and bring ${share(best.revenueShare)} of the revenue.`
    }`;
}

const worth = (segment: { share: number; revenueShare: number }) => segment.revenueShare - segment.share;

function figures({ population }: Model, { orders }: Readiness): Html {
  const period =
    orders.span && `${dateText(orders.span.first, 'short')} to ${dateText(orders.span.last, 'short')}`;
  const items: [string, string][] = [
    ['Customers', formatSize(population.customers)],
    ['Orders', formatCount(orders.purchases)],
    ['Revenue', formatMoney(population.revenue, population.currency)],
    ...(period ? [['Orders from', period] satisfies [string, string]] : []),
  ];
  return html`<dl class="figures">${items.map(
    ([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`,
  )}</dl>`;
}

/** What a reader should know before trusting the rest. */
function warnings({ kind }: Model, { verdict }: Readiness): Html | null {
  if (kind === 'clusters' && verdict.enough) return null;
  const what =
    kind === 'rfm'
      ? 'These segments follow fixed rules of recency, frequency and money (RFM); they were not found in the behaviour.'
      : 'The groups were looked for all the same; take them as a first sketch.';
  return html`<aside class="note" aria-label="Before you read on"><strong>Before you read on.</strong>
    ${verdict.why.join(' ')} ${what}</aside>`;
}

function cards(model: Model, history: readonly RefreshRecord[]): Html {
  return html`<div class="cards">${model.segments.map((segment, i) =>
    personaCard(model, segment, i, nextDays(model, segment.key, history)),
  )}</div>`;
}

const share = (value: number) => formatValue(value, 'share', null);
