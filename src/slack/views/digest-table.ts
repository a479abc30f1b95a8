import type { KnownBlock } from '@slack/types';
import type { Digest } from '../../agent/tasks/digest/digest.ts';
import { changeOf } from '../../agent/tasks/digest/sections.ts';
import { dayText } from '../../markdown/figures.ts';
import { few } from '../../tools/results/values.ts';
import { filledTable, moneyCell, peopleCell, shareCell } from './figures.ts';

const arrows = { growing: '↗', steady: '→', shrinking: '↘' } as const;
const small = { up: '+<10', down: '-<10' };

/** The segments with what changed, in words as short as on a phone. */
export function digestTable(digest: Digest): KnownBlock[] {
  const { asOf, since, currency, segments } = digest;
  return filledTable({
    caption: `Segments on ${dayText(asOf)}${since === null ? '' : `, with the change since ${dayText(since)}`}`,
    columns: [
      { head: 'Segment', kind: 'text' },
      { head: 'Customers', kind: 'number' },
      { head: 'Change', kind: 'text' },
      { head: 'Revenue', kind: 'number' },
      { head: 'At risk', kind: 'number' },
    ],
    rows: segments.map(segment => [
      segment.name,
      segment.customers === few ? '<10' : peopleCell(segment.customers),
      changeText(digest, segment),
      shareCell(segment.revenueShare),
      moneyCell(segment.valueAtRisk, currency),
    ]),
  });
}

/** "↗ +58"; the arrow is the trend over some weeks. */
function changeText(digest: Digest, segment: Digest['segments'][number]): string {
  const { trend } = segment;
  const change = changeOf(digest, segment, small).replace('-', '−');
  return [trend === null ? '' : arrows[trend], change].filter(part => part !== '').join(' ');
}
