import type { WrittenAnswer } from '../question.ts';
import { type Fault, rewritten, saying, whereAnswered } from './fault.ts';

/** A figure as it is written, with the one that takes its place. */
function replaced(pattern: RegExp, change: (digits: string) => string): Fault['spoil'] {
  return whereAnswered(
    rewritten(text => text.replace(pattern, (all, digits) => all.replace(digits, change(digits)))),
  );
}

const people = /\b(\d+) (?:of them |new )?customers/;
const count = (change: (value: number) => number) => (digits: string) =>
  String(change(Number(digits.replaceAll(',', ''))));

/** Numbers of customers of two segments, each told of the other. */
function swapped({ text, expected }: WrittenAnswer): Partial<WrittenAnswer> | null {
  const [a, b] = expected.segments.filter(name => text.includes(`**${name}**`));
  if (!a || !b || expected.figures.every(({ of }) => of !== a && of !== b)) return null;
  const held = text.replaceAll(`**${a}**`, '\0').replaceAll(`**${b}**`, `**${a}**`);
  return { text: held.replaceAll('\0', `**${b}**`) };
}

/** A wanted figure taken out with its line, so that it is told no more. */
function without({ text, expected }: WrittenAnswer): Partial<WrittenAnswer> | null {
  if (expected.figures.length === 0) return null;
  const shorter = text.replaceAll(/£?\b\d[\d,.]*k?\b(?: ?%)?/g, 'some');
  return { text: shorter };
}

/** Wrong figures, and figures of nothing. */
export const figureFaults: readonly Fault[] = [
  {
    id: 'a wrong number of customers',
    metric: 'supported',
    spoil: replaced(
      people,
      count(value => value + 37),
    ),
  },
  {
    id: 'the number that was asked for is wrong',
    metric: 'figures',
    spoil: good =>
      good.expected.figures.some(
        ({ unit, value }) =>
          unit === 'people' && value >= 10 && people.exec(good.text)?.[1] === String(value),
      )
        ? replaced(
            new RegExp(people.source, 'g'),
            count(value => value + 37),
          )(good)
        : null,
  },
  {
    id: 'a wrong share',
    metric: 'supported',
    spoil: replaced(/(\d[\d.]*) %/, () => '71.3'),
  },
  {
    id: 'a wrong amount',
    metric: 'supported',
    spoil: replaced(/£(\d[\d,.]*k?)/, () => '98,765'),
  },
  {
    id: 'an amount a thousand times too large',
    metric: 'supported',
    spoil: replaced(/£(\d[\d.]*k)\b/, digits => digits.replace('k', 'm')),
  },
  { id: 'segments swapped', metric: 'figures', spoil: swapped },
  {
    id: 'figures told of another segment',
    metric: 'supported',
    spoil: good => (/^- \*\*/m.test(good.text) ? swapped(good) : null),
  },
  { id: 'no figures at all', metric: 'figures', spoil: without },
  {
    id: 'figures of last week',
    metric: 'supported',
    spoil: replaced(
      new RegExp(people.source, 'g'),
      count(value => value - 3),
    ),
  },
  {
    id: 'the date of last week',
    metric: 'sources',
    spoil: whereAnswered(
      rewritten(text =>
        text
          .replaceAll('2026-11-01', '2026-10-25')
          .replaceAll('1 November 2026', '25 October 2026')
          .replaceAll('2026-07-27', '2026-07-20'),
      ),
    ),
  },
  {
    id: 'no date of the figures',
    metric: 'sources',
    spoil: whereAnswered(
      rewritten(text => text.replaceAll(/(?:, )?(?:as of |to )?(?:2026-\d\d-\d\d|1 November 2026)/g, '')),
    ),
  },
  {
    id: 'nothing looked up',
    metric: 'sources',
    spoil: whereAnswered(() => ({ calls: [] })),
  },
  {
    id: 'an invented date',
    metric: 'supported',
    spoil: saying('Nothing like it was seen since 2024-02-17.'),
  },
  {
    id: 'the number of a group that is too small, guessed',
    metric: 'supported',
    spoil: rewritten(text => text.replace(/fewer than 10 customers/i, '7 customers')),
  },
  {
    id: 'the number of a group that is too small, in words',
    metric: 'figures',
    spoil: good =>
      good.expected.figures.some(({ value }) => value < 10)
        ? rewritten(text => text.replace(/fewer than 10 customers/i, 'Seven customers'))(good)
        : null,
  },
  {
    id: 'an invented discount',
    metric: 'supported',
    spoil: whereAnswered(rewritten(text => `${text} Give them 15 % off.`)),
  },
  {
    id: 'a promised result',
    metric: 'supported',
    spoil: saying('The campaign will bring back £12,345.'),
  },
  {
    id: 'a promised result where none can be known',
    metric: 'unknowable',
    spoil: good =>
      good.expected.does === 'cannot-know'
        ? {
            text: 'It will bring in a good part of what is at risk, as such campaigns do.\n\n**Next:** start it.',
          }
        : null,
  },
  {
    id: 'an audience that there is not',
    metric: 'supported',
    spoil: rewritten(text => text.replaceAll(/\ba-[0-9a-f]{8}\b/g, 'a-00c0ffee')),
  },
];
