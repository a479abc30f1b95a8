import type { KnownBlock } from '@slack/types';
import type { Digest } from '../../agent/tasks/digest/digest.ts';
import { changeOf } from '../../agent/tasks/digest/sections.ts';
import { dateWords } from '../../charts/time-ticks.ts';
import { few } from '../../tools/results/values.ts';
import type { Cell } from '../blocks/table.ts';
import { filledTable, moneyCell, peopleCell, shareCell } from './figures.ts';

const arrows: Readonly<Record<string, string>> = { '+': '↗', '-': '↘' };

/** The segments with what changed, in words as short as on a phone. */
export function digestTable(digest: Digest): KnownBlock[] {
  const { asOf, since, currency, segments } = digest;
  return filledTable({
    caption: `Segments on ${dateWords(asOf)}${since === null ? '' : `, change since ${dateWords(since)}`}`,
    columns: ['Segment', 'Customers', 'Change', 'Revenue', 'At risk'],
    rows: segments.map(segment => [
      segment.name,
      segment.customers === few ? '<10' : peopleCell(segment.customers),
      changeCell(digest, segment),
      shareCell(segment.revenueShare),
      moneyCell(segment.valueAtRisk, currency),
    ]),
  });
}

/** By which it sorts, where it is told. */
function changeCell(digest: Digest, segment: Digest['segments'][number]): Cell {
  const text = changeText(digest, segment);
  const { grew, shrank } = segment;
  if (grew === few || shrank === few || text === '') return text;
  return { value: (grew ?? 0) - (shrank ?? 0), text };
}

/** "↗ +58", "↘ <10": the arrow is seen before the figure is read. */
function changeText(digest: Digest, segment: Digest['segments'][number]): string {
  const change = changeOf(digest, segment, { up: '+<10', down: '-<10' });
  const sign = change === '' ? '' : change[0]!;
  const figure = change.includes('<') ? '<10' : change.replace('-', '−');
  return change === '' ? '' : `${arrows[sign] ?? '→'} ${figure}`;
}
