import { afterAll, beforeAll, expect, test } from 'vitest';
import { enqueueAdvised } from '../../src/schedule/advised.ts';
import type { Finding } from '../../src/segmentation/drift/finding.ts';
import { openState, type State } from '../../src/state/state.ts';
import { freshDatabase } from '../support/fresh-database.ts';

let state: State;
beforeAll(async () => {
  state = await openState({ dataDir: '', url: await freshDatabase() });
});
afterAll(() => state.close());

const finding = (kind: Finding['kind'], severity: Finding['severity']): Finding => ({
  kind,
  severity,
  subject: 'champions',
  sentence: 'Champions have changed.',
  measure: { name: 'share', value: 1, threshold: 0.5 },
  explainedBy: null,
  since: '2026-03-02',
});
const day = (date: string) => new Date(`${date}T06:00:00Z`);
const asked = (findings: Finding[], date: string) => enqueueAdvised(state, { findings }, day(date));

test('drift that segments cannot follow has them found anew, and not every week again', async () => {
  expect(await asked([], '2026-03-02')).toBe(false);
  expect(await asked([finding('price', 'alert'), finding('centroid', 'watch')], '2026-03-02')).toBe(false);
  const lasting = [finding('centroid', 'alert')];
  expect(await asked(lasting, '2026-03-02')).toBe(true);
  expect(await asked(lasting, '2026-03-09')).toBe(false);
  expect(await asked(lasting, '2026-04-06')).toBe(true);
  expect((await state.jobs.list(5)).map(({ kind, dueAt }) => [kind, dueAt])).toEqual([
    ['recluster', '2026-04-06T06:00:00.000Z'],
    ['recluster', '2026-03-02T06:00:00.000Z'],
  ]);
});

test('who has yet to decide is not asked again', async () => {
  await state.proposals.open({
    kind: 'promotion',
    subject: 'm-1',
    summary: 'Two segments become one.',
    body: {},
    createdAt: '2026-05-04T07:00:00.000Z',
    createdBy: 'kindred',
  });
  const lasting = [finding('emerging', 'watch')];
  expect(await asked(lasting, '2026-09-07')).toBe(false);
  await state.proposals.reject('p-1', { at: '2026-09-01T07:00:00.000Z', by: 'Ada', reason: 'not yet' });
  expect(await asked(lasting, '2026-09-07')).toBe(true);
});
