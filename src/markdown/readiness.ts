import { plain } from '../segmentation/markdown.ts';
import { formatCount, listed, number } from '../segmentation/wording.ts';
import { dayText, peopleText, sentenceText } from './figures.ts';
import { bullets, factTable, filledTable, page, section } from './page.ts';
import type { Overview } from './results.ts';

/** What the data can carry, what is missing, and what that would bring. */
export function readinessMarkdown({
  asOf,
  customers,
  withoutOrders,
  orders,
  span,
  readiness,
}: Overview): string {
  if (asOf === null || span === null)
    return page(
      'Readiness of the data',
      'There are no orders yet. Bring some in with `kindred import PATH`.',
    );
  const { enough, why, missing } = readiness;
  return page(
    'Readiness of the data',
    enough
      ? 'There is enough for groups of its own.'
      : 'There is too little for groups of its own. `kindred segment` makes classical segments of recency, frequency and money here.',
    bullets(why.map(sentenceText)),
    section(
      'What is there',
      factTable([
        ['As of', dayText(asOf)],
        ['Customers with an order', peopleText(customers)],
        ['Customers without one', peopleText(withoutOrders)],
        ['Orders', formatCount(orders)],
        ['First order', dayText(span.first)],
        ['Last order', dayText(span.last)],
        ['Months', number(span.months, 1)],
      ]),
    ),
    section(
      'What is missing, and what it would bring',
      missing.length === 0 ? 'Nothing that Kindred has a use for.' : '',
      filledTable(
        [{ head: 'Class' }, { head: 'Missing' }, { head: 'What it would bring' }],
        missing.map(each => [
          plain(each.class),
          plain(listed([...each.features, ...(each.more > 0 ? [`${each.more} more`] : [])])),
          sentenceText(each.brings),
        ]),
      ),
    ),
  );
}
