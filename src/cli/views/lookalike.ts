import { type LookalikeSeed, leastSeed } from '../../segmentation/lookalike/seed.ts';
import type { GroupMeans } from '../../segmentation/lookalike/seed-rows.ts';
import { formatCount, formatMoney, formatValue } from '../../segmentation/wording.ts';
import { textTable } from './table.ts';
import { counted, wrap } from './text.ts';

const right = (head: string) => ({ head, align: 'right' as const });

const chosenBy = {
  lifetime_value: 'the most valuable by what is expected of them over the next 12 months.',
  revenue: 'the most valuable by what they have spent so far: nothing better is known of each.',
  none: 'the most typical: the orders carry no money by which to tell their worth.',
};

/** What was written, how it was chosen, and how it compares with the segment. */
export function seedView(written: LookalikeSeed, file: string, width: number): string {
  const { asOf, asked, currency, segment, value, members, usable, seed } = written;
  const row = (name: string, { customers, confidence, value: mean }: GroupMeans) => [
    name,
    formatCount(customers),
    confidence === null ? '' : formatValue(confidence, 'share', null),
    mean === null ? '' : formatMoney(mean, currency),
  ];
  const table = textTable(
    [{ head: '' }, right('Customers'), right('Typical'), right('Value each')],
    [row('The segment', members), row('Could be taken', usable), row('In the file', seed)],
    width,
  );
  const notes = [
    'Could be taken: those with an e-mail address of their own who did not unsubscribe, refuse consent or decline marketing.',
    `In the file: of the more typical half of these${2 * asked > usable.customers ? ' (or as many as it takes)' : ''}, ${chosenBy[value ?? 'none']} Typical is how surely a customer belongs to the segment.`,
    seed.customers < asked ? `${formatCount(asked)} were asked for; there are no more.` : '',
    seed.customers < leastSeed
      ? `Most platforms want at least ${formatCount(leastSeed)} people whom they recognise, and recognise a part of any list only: take a larger segment or size.`
      : '',
    'The column email_sha256 is the SHA-256 of the address in lower case without blanks, as advertising platforms take it; upload that one and leave out `email` where the platform does not need it. The column value is for platforms that weigh people by it.',
    `On the platform, call the list “${segment.neutralName}”: names there can reach the people in it, and must not say what is known of them.`,
    'It names people: upload it only where your customers were told that you do, and keep it no longer than you need it.',
    `As of ${asOf}.`,
  ];
  const told = notes.filter(note => note !== '').map(note => `${wrap(note, width)}\n`);
  return `Wrote ${counted(seed.customers, 'row')} of ${segment.name} (${segment.key}) to ${file}\n\n${table}\n${told.join('')}`;
}
