import { expect, test } from 'vitest';
import { proposalSummary } from '../../../src/tools/results/shown-proposal.ts';

const stored = { summary: 'The 4,938 members of a-3f9c21d0 (Late) would be written to a file.' };

test('tells of a list that is to be written whose it is, and not how many there are to a person', () => {
  const body = {
    destination: 'file',
    handle: 'a-3f9c21d0',
    name: 'Late {now} “ones”',
    customers: 4938,
  };
  expect(proposalSummary({ kind: 'sync', body: body as never, ...stored })).toBe(
    'The members of a-3f9c21d0 (Late now ones) would be written to a file for whoever approves it.',
  );
});

test('leaves what counts nobody as it is', () => {
  const summary = '“Lapsed” would be “Gone quiet”. Who is in which segment stays.';
  expect(proposalSummary({ kind: 'persona', body: {} as never, summary })).toBe(summary);
});
