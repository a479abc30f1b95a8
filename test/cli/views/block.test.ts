import { expect, test } from 'vitest';
import { releasedView } from '../../../src/cli/views/block.ts';

test('what is released is not said to be used again where the lexicon keeps it out', () => {
  expect(releasedView('Baby slings', 500)).toContain('"Baby slings" may be used in filters from now on');
  const text = releasedView('Pregnancy tests', 500);
  expect(text).toContain('The lexicon still keeps it out');
  expect(text).not.toContain('may be used');
});
