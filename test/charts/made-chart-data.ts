import { type ChartData, type ChartKind, chartKinds } from '../../src/charts/chart-data.ts';

/** Names that try to break a picture, or that are hard to fit in. */
export const hostileNames = [
  'Champions',
  `<image href="x" onerror="alert(1)"/> & "co" id='zr0-c0'`,
  'Buyers of everything that is large, costly, seasonal and new at once, who come back for more of it',
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
  'العملاء الذين يشترون كثيرًا',
  'לקוחות ותיקים {a|b} שחזרו',
  'Gifts 🎁🎄 & treats 👩‍👩‍👧',
  '{a|b} {name|c}',
  '#ffffff',
  'Покупатели со скидкой',
  '節約志向のお客様',
  ']]> --> </svg><script>alert(1)</script>',
];

export function madeSegments(count: number, names: readonly string[] = hostileNames): ChartData['segments'] {
  return Array.from({ length: count }, (_, i) => ({
    key: `segment-${i}`,
    name: names[i % names.length]!,
    customers: i === 11 ? 'fewer than 10' : Math.round(4000 / (1 + i * i * 0.6)),
  }));
}

/** One of the charts, of so many segments; segments of fewer than ten are not placed. */
export function madeChartData(
  kind: ChartKind,
  count: number,
  change: Partial<ChartData> & { names?: readonly string[] } = {},
): ChartData {
  const { names, ...rest } = change;
  const segments = madeSegments(count, names);
  const told = segments.map(({ customers }) => typeof customers === 'number');
  const charts: Pick<ChartData, ChartKind> = {
    map: {
      places: segments.map((_, i) =>
        told[i]
          ? {
              x: 3 * Math.cos(i * 2.4) * (1 + (i % 3)),
              y: 2 * Math.sin(i * 2.4) * (1 + (i % 3)),
              long: 1.4 - 0.05 * i,
              short: 0.7,
              tilt: i,
            }
          : null,
      ),
      across: { feature: 'share of products bought before', rises: true },
      up: { feature: 'time since the last order against the usual gap', rises: false },
    },
    profile: {
      features: [
        'visits in the last 180 days',
        'time since the last order against the usual gap',
        'order value',
        'share of “Kitchenware & co, as it was called before” in what they buy',
        'days since the last order',
        'share of visits that lead to an order',
        'spread over categories',
      ],
      rows: segments.map((_, s) =>
        told[s]
          ? Array.from({ length: 7 }, (_, f) => ({
              difference: ((s * 5 + f * 3) % 13) / 4 - 1.5,
              value: [
                '£1,234',
                '62 %',
                '0.36 times',
                '1.8 a month',
                '309 days',
                'not known',
                '£1.21 million',
              ][(s + f) % 7]!,
            }))
          : null,
      ),
    },
    moves: {
      from: '2026-09-28',
      flows: segments
        .flatMap(({ key }, i) => [
          { from: key, to: segments[(i + 1) % count]!.key, customers: 10 + ((i * 37) % 90) },
          {
            from: i % 3 === 0 ? 'new' : key,
            to: i % 4 === 1 ? 'gone' : segments[(i + 5) % count]!.key,
            customers: 15 + i,
          },
        ])
        .filter(({ from, to }) => from !== to),
    },
    sizes: {
      dates: Array.from({ length: 9 }, (_, i) => `2026-0${i + 1}-07`),
      replaced: ['2026-03-07'],
      lines: segments.map(({ customers }, s) =>
        Array.from({ length: 9 }, (_, i) =>
          i < 2
            ? null
            : typeof customers === 'number'
              ? 10 * Math.round((customers + i * 7 * (s - 4)) / 10)
              : customers,
        ),
      ),
      earlier: [
        { name: 'Those who came before', sizes: [900, 800, ...Array.from({ length: 7 }, () => null)] },
      ],
    },
  };
  const empty = Object.fromEntries(chartKinds.map(each => [each, null])) as unknown as Pick<
    ChartData,
    ChartKind
  >;
  return {
    asOf: '2026-11-01',
    chart: kind,
    title: 'What tells the segments apart',
    note: 'How it is read. Left out, too few customers to place: a segment.',
    alt: 'What is seen.',
    segments,
    ...empty,
    [kind]: charts[kind],
    ...rest,
  };
}
