import type { WrittenAnswer } from '../question.ts';

const numbered = [
  /\b(?:cluster|segment|group|persona|cohort)s?\s*(?:no\.?|number|id|#)?\s*\d+\b(?!\s*(?:%|customers))/i,
  /\b(?:[Cc]luster|[Ss]egment|[Gg]roup|[Pp]ersona|[Cc]ohort) [A-H]\b/,
  /(?:^|\s)#\d+\b/m,
  /\bclusters?\b|\bcentroids?\b|\bk-?means\b|\bz-?scores?\b|\bstandard deviations?\b/i,
];
const code = /`[^`\n]*`/g;
const snake = /\b[a-z]+(?:_[a-z0-9]+)+\b/;

/** Names where cluster numbers, feature ids or words of the computation could stand. */
export function idFailures({ text, question }: WrittenAnswer): string[] {
  const prose = text.replaceAll(code, ' ');
  const [id] = snake.exec(prose) ?? [];
  return [
    ...numbered.flatMap(pattern => {
      const [found] = pattern.exec(prose) ?? [];
      return found === undefined || question.includes(found.trim()) ? [] : [`"${found.trim()}" is no name.`];
    }),
    ...(id === undefined ? [] : [`"${id}" is an id and no word.`]),
  ];
}

/** The prompt asks for fewer than 200 words and for two sentences where it declines; a little more is borne. */
const mostWords = { answer: 220, decline: 90, 'cannot-know': 150 } as const;
/** A reply of a word or two says nothing. */
const LEAST_WORDS = 6;

export function lengthFailures({ text, expected }: WrittenAnswer): string[] {
  const words = text.split(/\s+/).filter(word => /[\p{L}\p{N}]/u.test(word)).length;
  const most = mostWords[expected.does];
  if (words < LEAST_WORDS) return [`It has ${words} words.`];
  return words > most ? [`It has ${words} words, and ${most} are enough.`] : [];
}

/** What neither a terminal nor Slack shows. */
export function formFailures({ text }: WrittenAnswer): string[] {
  return [
    ...(/^#{1,6} /m.test(text) ? ['It has a heading.'] : []),
    ...(/^\s*\|.*\|\s*$/m.test(text) ? ['It has a table.'] : []),
    ...(/!\[|\]\(/.test(text) ? ['It has a picture or a link.'] : []),
  ];
}
