import { expect, test } from 'vitest';
import { deedsClaimed, withoutDeeds } from '../../../src/agent/answer/deeds.ts';

test.each([
  'I approved p-1 for you.',
  "I've just sent the list to Klaviyo.",
  'I have exported the audience.',
  'We have already launched the campaign.',
  'Kindred sent it on Monday.',
  'The e-mail has been sent to all of them.',
])('%s claims what only a person does', sentence => {
  const answer = `They are 120 customers. ${sentence} What next?`;
  expect(deedsClaimed(answer, [])).toEqual([sentence]);
  expect(withoutDeeds(answer, [sentence])).toMatch(
    /^They are 120 customers\. \(A sentence claimed .*\) What next\?$/,
  );
});

test.each([
  'I cannot approve p-1; `kindred approve p-1` does.',
  'I opened p-2, which a person decides.',
  'They have been away for 200 days.',
  'Somebody has to send the list.',
])('%s claims nothing', sentence => {
  expect(deedsClaimed(sentence, [])).toEqual([]);
});

test('what a result tells of the past may be repeated', () => {
  const answer = 'The audience has been exported by Ada.';
  expect(deedsClaimed(answer, [{ name: 'shop_overview' }])).toEqual([]);
  expect(deedsClaimed(answer, [{ name: 'list_segments' }])).toEqual([answer]);
});
