import { expect, test } from 'vitest';
import { nearestNames, plainName } from '../../../../src/segmentation/audiences/filter/nearest-names.ts';

const names = [
  'churn_probability',
  'recency',
  'lifetime_value',
  'orders',
  'orders_last_90_days',
  'Outerwear',
];

test.each([
  ['churn_probabilty', ['churn_probability']],
  ['Probability of churn', ['churn_probability']],
  ['recnecy', ['recency']],
  ['lifetimeValue', ['lifetime_value']],
  ['ordrs', ['orders', 'orders_last_90_days']],
  ['outer wear', ['Outerwear']],
  ['xyzzy', []],
  ['', []],
])('names near "%s"', (wanted, near) => {
  expect(nearestNames(wanted, names)).toEqual(near);
});

test('a name is near to itself first, and what is equally near is in the order of letters', () => {
  expect(nearestNames('aab', ['aad', 'aac', 'aab'])).toEqual(['aab', 'aac', 'aad']);
  expect(nearestNames('aab', ['aac', 'aad', 'aab'])).toEqual(['aab', 'aac', 'aad']);
});

test('many names and long ones take no time', () => {
  const many = Array.from({ length: 20_000 }, (_, i) => `product ${i} ${'x'.repeat(500)}`);
  expect(nearestNames('x'.repeat(100_000), many).length).toBeLessThanOrEqual(3);
});

test('case and marks between words make no difference', () => {
  expect(['Email_Link-Clicked', 'emailLinkClicked', ' EMAIL  link clicked '].map(plainName)).toEqual(
    Array(3).fill('email link clicked'),
  );
});
