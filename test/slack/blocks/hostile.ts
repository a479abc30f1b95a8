import fc from 'fast-check';

/** Texts that would do something where they were read as anything but text. */
const alive = [
  '<!channel>',
  '<!here|here>',
  '<@U012AB3CD>',
  '<#C012AB3CD|general>',
  '<!subteam^S1|team>',
  '<https://evil.example|Approve>',
  '<mailto:a@evil.example>',
  '<!date^1^{date}^https://evil.example|x>',
  'https://evil.example/a?b=c&d',
  'www.evil.example',
  'evil.example/pay',
  'mailto:a@evil.example',
  'tel:+4912345',
  '[Approve](https://evil.example)',
  '![x](https://evil.example/x.png)',
  '[a][b]',
  '[b]: https://evil.example',
  '\\[a](b)',
  '@here',
  '@channel',
  '@everyone',
  '#general',
  ':tada:',
  '*bold*',
  '_it_',
  '~gone~',
  '`code`',
  '```',
  '**',
  '__x__',
  '> quote',
  '# head',
  '---',
  '| a | b |\n| --- | ---: |\n| 1 | 2 |',
  '- item',
  '1. one',
  '&lt;!channel&gt;',
  '&#60;!channel&#62;',
  '&#8203;',
  '&amp;lt;!here&amp;gt;',
  '\u202eRTL\u202c',
  '\u2066x\u2069',
  '\u0000\u0007\u001b[31m',
  '\ud800',
  '\udc00',
  '\ufeff',
  '\u{e0041}',
  '😀',
  '👩‍👩‍👧‍👦',
  'עברית',
  '\n',
  '\n\n',
  '\r\n',
  '\t',
  ' ',
  '\\',
  '|',
  '&',
  '<',
  '>',
  'Wort',
  '1,234',
  '€1.2k',
];

const bit = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...alive) },
  fc.string({ unit: 'binary', maxLength: 8 }),
);

/** Of such pieces, short and long. */
export const hostile = fc.oneof(
  { weight: 8, arbitrary: fc.array(bit, { maxLength: 30 }).map(bits => bits.join('')) },
  { weight: 4, arbitrary: fc.array(bit, { maxLength: 30 }).map(bits => bits.join(' ')) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(bit, fc.integer({ min: 1, max: 20_000 }))
      .map(([held, times]) => held.repeat(times).slice(0, 100_000)),
  },
);

/** What would be alive in any text of Slack: its own `<…>`, addresses, names. */
export const living =
  /<|:\/\/|(?:mailto|tel|slack):[\w+]|\bwww\.\w|[@#][\p{L}\p{N}_]|[\p{L}\p{N}]\.\p{L}{2}/iu;

/** Links of Markdown. */
export const links = /\][([:]/;

/** Letters in their order, of a text in which entities stand for what would be alive. */
export function lettersOf(text: string): string {
  return text
    .replaceAll('\u200b', '')
    .replaceAll(/&(amp|lt|gt);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>' })[name]!)
    .replaceAll(/[^A-Za-z]/g, '');
}
