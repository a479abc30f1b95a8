import { expect, test } from 'vitest';
import { refuseReplacing, throughModel } from '../../../src/segmentation/proposals/opened-by.ts';
import type { Proposal } from '../../../src/state/proposals.ts';

const proposal = (change: Partial<Proposal>): Proposal => ({
  id: 'p-1',
  kind: 'promotion',
  subject: 'm-1',
  status: 'open',
  summary: '',
  body: {},
  createdAt: '2026-01-01T00:00:00Z',
  createdBy: 'ada',
  decidedAt: null,
  decidedBy: null,
  reason: null,
  ...change,
});
const holding = (...list: Proposal[]) => ({ proposals: { list: async () => list } as never });
const model = throughModel('bob', 'a-model');

test('a model supersedes no candidate that a person opened, whatever made it one', async () => {
  const state = holding(proposal({}));
  await expect(refuseReplacing(state, { kind: 'weights', subject: 'm-2' }, model)).rejects.toThrow(
    'p-1 waits for a decision',
  );
  await refuseReplacing(state, { kind: 'weights', subject: 'm-2' }, 'bob');
  await refuseReplacing(state, { kind: 'feature', subject: 'recency' }, model);
});

test('nor other proposals of the same subject; what is decided, or a model opened, it may replace', async () => {
  const state = holding(
    proposal({ id: 'p-4', kind: 'persona', subject: 'loyal' }),
    proposal({ id: 'p-3', createdBy: throughModel('ada', 'a-model') }),
    proposal({ id: 'p-2', status: 'rejected' }),
  );
  await expect(refuseReplacing(state, { kind: 'persona', subject: 'loyal' }, model)).rejects.toThrow('p-4');
  await refuseReplacing(state, { kind: 'persona', subject: 'lapsed' }, model);
  await refuseReplacing(state, { kind: 'promotion' }, model);
});
