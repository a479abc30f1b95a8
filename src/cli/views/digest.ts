import { customersText } from '../../agent/answer/plain/figures.ts';
import type { Digest } from '../../agent/tasks/digest/digest.ts';
import {
  changeOf,
  datesOf,
  type Item,
  type Section,
  sectionsOf,
  todoSection,
} from '../../agent/tasks/digest/sections.ts';
import { formatCount, formatMoneyShort, formatValue } from '../../segmentation/wording.ts';
import { few, type People } from '../../tools/results/values.ts';
import { textTable } from './table.ts';
import { indent, wrap } from './text.ts';

/** The week in one page. */
export function digestView(digest: Digest, width: number): string {
  return [
    `${datesOf(digest)}\n\n${wrap(digest.headline, width)}\n`,
    sectionText(todoSection(digest), width),
    segmentsTable(digest, width),
    ...sectionsOf(digest).map(section => sectionText(section, width)),
  ]
    .filter(part => part !== '')
    .join('\n');
}

function sectionText({ title, items }: Section, width: number): string {
  if (items.length === 0) return '';
  return `${title}\n${items.map(item => itemText(item, width)).join('')}`;
}

/** Its figures in lines of their own. */
function itemText({ about, text, why }: Item, width: number): string {
  const lines = [about === null ? text : `${about}: ${text}`, ...(why === null ? [] : [why])];
  const wrapped = lines.map(line => indent(whole(line, width - 4), 4)).join('\n');
  return `${wrapped.replace(/^ {4}/, '  - ')}\n`;
}

/** Commands stay in one line, to be copied. */
function whole(text: string, width: number): string {
  const kept = text.replaceAll(/`[^`]*`/g, code => code.replaceAll(' ', '\0'));
  return wrap(kept, width).replaceAll('\0', ' ');
}

const arrows = { growing: '↗', steady: '→', shrinking: '↘' } as const;
const small = { up: '+<10', down: '-<10' };
const sizeText = (customers: People) => (customers === few ? '<10' : formatCount(customers));

function segmentsTable(digest: Digest, width: number): string {
  const { segments, setAside, currency, since } = digest;
  const right = (head: string) => ({ head, align: 'right' as const });
  const share = (value: number | null) =>
    value === null ? '' : formatValue(value, 'share', null).replace(/^under /, '<');
  const compared = since !== null;
  const predicted = segments.some(({ valueAtRisk }) => valueAtRisk !== null);
  const table = textTable(
    [
      { head: 'Segment', grows: true },
      right('Customers'),
      right('Share'),
      ...(compared ? [right('Change'), { head: 'Trend' }] : []),
      right('Revenue'),
      ...(predicted ? [right('At risk')] : []),
    ],
    segments.map(segment => [
      segment.name,
      sizeText(segment.customers),
      share(segment.share),
      ...(compared
        ? [changeOf(digest, segment, small), segment.trend === null ? '' : arrows[segment.trend]]
        : []),
      share(segment.revenueShare),
      ...(predicted
        ? [segment.valueAtRisk === null ? '' : formatMoneyShort(segment.valueAtRisk, currency)]
        : []),
    ]),
    width,
  );
  const aside =
    setAside === null ? '' : `Besides, ${customersText(setAside)} of unusual volume stand in no segment.\n`;
  return `${table}${aside}`;
}
