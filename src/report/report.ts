import type { Model } from '../segmentation/model.ts';
import type { Readiness } from '../segmentation/readiness.ts';
import { formatMoney, formatSize, formatValue } from '../segmentation/wording.ts';
import { foundations } from './foundations.ts';
import { type Html, html, trusted } from './html.ts';
import { personaCard } from './persona-card.ts';
import { customerMap, differences, numberOfGroups, shares } from './pictures.ts';
import { styles } from './styles.ts';

export interface ReportInput {
  model: Model;
  readiness: Readiness;
  title: string;
  /** Where the data comes from, where its licence asks for it. */
  attribution?: string;
}

/** The segments as one HTML file that needs nothing but itself. Equal input gives equal text. */
export function renderReport({ model, readiness, title, attribution }: ReportInput): string {
  const page = html`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${trusted(styles)}</style>
</head>
<body>
<header>
  <p class="brand">Kindred</p>
  <h1>${title}</h1>
  <p class="lead">${headline(model)}</p>
  ${readiness.verdict.why.map(note => html`<p class="note"><strong>Before you read on.</strong> ${note}</p>`)}
</header>
<main>
  ${shares(model)}
  <section aria-labelledby="segments">
    <h2 id="segments">The segments</h2>
    <div class="cards">${model.segments.map((segment, i) => personaCard(model, segment, i))}</div>
  </section>
  ${differences(model)}
  ${customerMap(model)}
  ${numberOfGroups(model)}
  ${foundations(model, readiness)}
</main>
<footer>
  ${attribution ? html`<p>Data: ${attribution}</p>` : null}
  <p>Made by Kindred. Same rows, recipe and date give the same fingerprint: <code>${model.fingerprint}</code></p>
</footer>
</body>
</html>
`;
  return page.html;
}

function headline({ kind, segments, population, asOf }: Model): Html {
  const people = formatSize(population.customers);
  const money = formatMoney(population.revenue, population.currency);
  const best = segments.reduce((a, b) => (b.revenueShare > a.revenueShare ? b : a));
  const groups = kind === 'rfm' ? `${segments.length} RFM segments` : `${segments.length} groups`;
  return html`${people} customers with ${money} of revenue over ${String(population.months)} months fall into
    ${groups} as of ${longDate(asOf)}. “${best.persona.name}” bring ${formatValue(best.revenueShare, 'share', null)} of
    revenue with ${formatValue(best.share, 'share', null)} of customers.`;
}

function longDate(date: string): string {
  const format = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Date(`${date}T00:00:00Z`).toLocaleDateString('en-GB', format);
}
