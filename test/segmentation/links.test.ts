import { describe, expect, it } from 'vitest';
import { linksRefused, withoutLinks } from '../../src/segmentation/links.ts';

describe('what a surface would open, fetch or announce', () => {
  it.each([
    ['see [the list](https://elsewhere.example/?n=1,234)', 'see the list'],
    ['![x](https://elsewhere.example/p.png?c=32) it is', '(a picture) it is'],
    ['![x][1]\n[1]: http://elsewhere.example/p', '(a picture)\n[1]: (a link)'],
    ['<https://elsewhere.example/a|click here>', 'click here'],
    ['<!channel> <@U123> look', '(a link) (a link) look'],
    ['at https://elsewhere.example/a.', 'at (a link)'],
    ['www.elsewhere.example/x and elsewhere.example/x?y=1', '(a link) and (a link)'],
    ['//elsewhere.example/x', '(a link)'],
    ['<img src="https://elsewhere.example/p">a', 'a'],
    ['mailto:someone javascript:alert', '(a link) (a link)'],
    ['approve p-\u202e3\u200b\u001b[31m', 'approve p-3[31m'],
  ])('%s', (text, shown) => {
    expect(withoutLinks(text)).toBe(shown);
    expect(linksRefused([text])).toHaveLength(1);
  });
});

it.each([
  '**Champions**: 1,234 customers (12 %), £41k\n- and/or 3/4 of them',
  '`kindred audience export a-3f9c21d0 --to a-3f9c21d0.csv`, `kindred approve <id>`',
  'the channel amazon.com, e.g. 5 < 7 > 3, fewer than 10 [of these] (see the data: it says)',
])('but plain text stays as it is: %s', text => {
  expect(withoutLinks(text)).toBe(text);
  expect(linksRefused([text])).toEqual([]);
});
