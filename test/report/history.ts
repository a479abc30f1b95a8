import type { Finding } from '../../src/segmentation/drift/finding.ts';
import type { Model } from '../../src/segmentation/model.ts';
import {
  gone,
  type Move,
  newcomer,
  type RefreshRecord,
  setAsideKey,
} from '../../src/segmentation/refresh/record.ts';
import { madeDriver, madeHistory, madeMove } from '../segmentation/moves/made-history.ts';

/** Weekly refreshes of the model's segments, with moves of all kinds and sizes. */
export function reportHistory({ segments }: Model, weeks: number): RefreshRecord[] {
  const names = Object.fromEntries(segments.map(({ key, persona }) => [key, persona.name]));
  const keys = Object.keys(names);
  const at = (position: number) => keys[position % keys.length]!;
  const moves = Array.from({ length: weeks }, (_, week) => [
    ...keys.flatMap((key, s): Move[] => {
      const drivers = [madeDriver('orders_per_month', 1.2, 2.9), madeDriver('recency', 40, 12, 0.3)];
      const next = at(s + 1 + ((week + s) % 2));
      return [
        madeMove(key, next === key ? at(s + 1) : next, 8 + ((s * 13 + week * 7) % 40), { drivers }),
        madeMove(newcomer, key, 4 + ((s * 5 + week) % 30)),
      ];
    }),
    madeMove(at(1), setAsideKey, 3),
    madeMove(at(2), gone, 12),
  ]);
  const sizes = segments.map(({ size }) => 500 + Math.round(size / 2));
  const records = madeHistory(names, sizes, moves, '2025-11-02');
  const last = records.at(-1)!;
  return [...records.slice(0, -1), { ...last, findings: last.kind === 'refresh' ? findings(last.asOf) : [] }];
}

const measure = { name: 'change', value: 0.4, threshold: 0.3 };

function findings(asOf: string): Finding[] {
  return [
    {
      kind: 'new-category',
      severity: 'alert',
      subject: '<b>garden</b>',
      sentence: 'A new category: “garden” made 12 % of the order lines of the last 7 days.',
      measure,
      explainedBy: null,
      since: asOf,
    },
    {
      kind: 'size',
      severity: 'watch',
      subject: 'segment-a',
      sentence: 'Price-driven occasional buyers shrank by 31 %, from 812 customers to 560.',
      measure,
      explainedBy: null,
      since: '2025-11-09',
    },
    {
      kind: 'feature',
      severity: 'note',
      subject: 'orders_per_month',
      sentence: 'A shift in orders per month, as in the same weeks a year before.',
      measure,
      explainedBy: 'calendar',
      since: asOf,
    },
  ];
}
