import { expect, test } from 'vitest';
import { textTable } from '../../src/cli/views/table.ts';
import { counted, wrap } from '../../src/cli/views/text.ts';

test('lines break at spaces, within the width, and never before a per cent sign', () => {
  expect(wrap('of those who fit 97 % belong', 19)).toBe('of those who fit\n97 % belong');
  expect(wrap('a verylongword b', 5)).toBe('a\nverylongword\nb');
});

test('counts of one are singular', () => {
  expect([0, 1, 1234].map(value => counted(value, 'order'))).toEqual(['0 orders', '1 order', '1,234 orders']);
});

test('a table keeps to the width, and wraps the column that grows', () => {
  const columns = [{ head: 'Key' }, { head: 'Words', grows: true }];
  const table = textTable(columns, [['a', 'word '.repeat(30).trim()]], 40);
  expect(Math.max(...table.split('\n').map(line => line.length))).toBeLessThanOrEqual(40);
  expect(table.match(/word/g)).toHaveLength(30);
});
