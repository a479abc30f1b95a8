import { featureById } from '../features/catalogue.ts';
import { code, plain } from '../segmentation/markdown.ts';
import { listed, number } from '../segmentation/wording.ts';
import { counted, dayText, moneyText, peopleText, sentenceText, shareText } from './figures.ts';
import { factTable, filledTable, page, section } from './page.ts';
import type { ModelCard } from './results.ts';
import { setAsideText } from './segments.ts';

/** How the standing segments were found, for whoever has to judge or repeat it. */
export function modelCardMarkdown(card: ModelCard): string {
  const { population, choice, recipe } = card;
  const score = (value: number | null) => (value === null ? '' : number(value, 2));
  return page(
    'Model card',
    card.kind === 'rfm'
      ? `Classical cells of recency, frequency and money, made as of ${dayText(card.fittedAsOf)}; figures are as of ${dayText(card.asOf)}.`
      : `Groups found in the data as of ${dayText(card.fittedAsOf)}; figures are as of ${dayText(card.asOf)}.`,
    section(
      'Whom it speaks of',
      factTable([
        ['Customers with an order', peopleText(population.customers)],
        ['Customers without one, in no segment', peopleText(population.withoutOrders)],
        ['Revenue after returns', moneyText(population.revenue, population.currency)],
        ['Months of orders', number(population.months, 1)],
      ]),
      setAsideText(population.setAside),
    ),
    section(
      'How many groups, and why',
      choice === null ? '' : sentenceText(choice.reason),
      choice === null
        ? ''
        : factTable([
            ['Distance from chance (delta; below 0.04 there are no groups)', score(choice.delta)],
            ['The least stable group, found again on half of the customers', shareText(choice.stability)],
          ]),
      filledTable(
        [
          { head: 'Groups', right: true },
          { head: 'Silhouette', right: true },
          { head: 'Delta', right: true },
          { head: 'Stability', right: true },
          { head: 'Overlap', right: true },
          { head: 'Smallest', right: true },
          { head: 'Verdict' },
        ],
        (choice?.table ?? []).map(row => [
          row.k === choice?.k ? `**${row.k}**` : `${row.k}`,
          score(row.silhouette),
          score(row.delta),
          shareText(row.stability),
          score(row.overlap),
          peopleText(row.smallest),
          sentenceText(row.why),
        ]),
      ),
    ),
    section(
      'What it looks at',
      weights(recipe.features),
      recipe.more > 0 ? `And ${counted(recipe.more, 'feature')} with less weight.` : '',
      card.carrying.length === 0
        ? ''
        : `The groups are told apart most by ${listed(card.carrying.map(labelOf))}.`,
      recipe.askedWeights ? 'Some weights were asked for by a person; the others follow from the data.' : '',
    ),
    section(
      'To find it again',
      filledTable(
        [{ head: 'What' }, { head: 'Value' }],
        [
          ['Model', code(card.id)],
          ['Made on', dayText(card.fittedOn)],
          ['Sector', plain(recipe.overlay)],
          ['Numbers of groups tried', plain(recipe.groups)],
          ['Seed', code(recipe.seed)],
          ['Weights of classes', classWeights(recipe.classWeights)],
          ['Fingerprint of the model', code(card.fingerprint)],
          ['Fingerprint of the data', code(card.dataFingerprint)],
          ['Version of the catalogue', code(card.catalogueVersion)],
        ].filter(([, value]) => value !== ''),
      ),
    ),
  );
}

/** Heaviest first. */
function weights(of: Readonly<Record<string, number>>): string {
  return filledTable(
    [{ head: 'Feature' }, { head: 'What it says' }, { head: 'Weight', right: true }],
    Object.entries(of).map(([id, weight]) => [code(id), labelOf(id), number(weight, 2)]),
  );
}

const labelOf = (id: string) => plain(featureById(id)?.label ?? id);

function classWeights(of: Readonly<Record<string, number>>): string {
  return Object.entries(of)
    .toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([name, weight]) => `${plain(name)} ${number(weight, 2)}`)
    .join(', ');
}
