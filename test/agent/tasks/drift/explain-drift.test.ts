import { afterAll, beforeAll, expect, test } from 'vitest';
import { explainDrift } from '../../../../src/agent/tasks/drift/explain-drift.ts';
import type { DriftExplanation } from '../../../../src/agent/tasks/drift/explanation.ts';
import { explainedDriftView } from '../../../../src/cli/views/drift-explained.ts';
import type { Finding } from '../../../../src/segmentation/drift/finding.ts';
import type { RefreshRecord } from '../../../../src/segmentation/refresh/record.ts';
import { openState, type State } from '../../../../src/state/state.ts';
import { reportModel } from '../../../report/fixture.ts';
import { reportHistory } from '../../../report/history.ts';
import { failure, startScriptedModel, text } from '../../../support/scripted-model.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { madeContext } from '../../../tools/made-context.ts';

const model = reportModel(4);
const [, before, after] = reportHistory(model, 3) as [RefreshRecord, RefreshRecord, RefreshRecord];
const findings: Finding[] = [
  {
    kind: 'size',
    severity: 'watch',
    subject: model.segments[0]!.key,
    sentence: 'Price-driven occasional buyers shrank by 31 %, from 812 customers to 560.',
    measure: { name: 'change', value: 0.31, threshold: 0.3 },
    explainedBy: null,
    since: after.asOf,
  },
  {
    kind: 'hollowing',
    severity: 'alert',
    subject: model.segments[1]!.key,
    sentence: 'Each of the Loyal regulars brings £18.40 in 90 days where it was £31.20.',
    measure: { name: 'change', value: 0.41, threshold: 0.3 },
    explainedBy: null,
    since: after.asOf,
  },
  {
    kind: 'feature',
    severity: 'alert',
    subject: 'orders_per_month',
    sentence: 'A shift in orders per month, as in the same weeks a year before.',
    measure: { name: 'PSI', value: 0.3, threshold: 0.2 },
    explainedBy: 'calendar',
    since: after.asOf,
  },
];

const good: DriftExplanation = {
  headline: 'The Loyal regulars keep their number and bring much less than before.',
  matters: [
    { finding: 'F1', why: 'They bring £18.40 a head where it was £31.20: value goes before people do.' },
  ],
  causes: [{ cause: 'They may be ordering elsewhere.', because: ['F1'] }],
  check: ['Ask whether a competitor runs a promotion.'],
  rethink: { needed: true, why: 'One segment no longer is worth what it was made for.' },
};

const folder = temporaryFolder();
let state: State;

beforeAll(async () => {
  state = await openState({ dataDir: folder.path });
  const change = { model: { ...model, id: after.modelId }, actor: 'ada', proposal: null };
  await state.apply({ ...change, record: before });
  await state.apply({ ...change, record: { ...after, findings } });
});
afterAll(async () => {
  await state.close();
  folder.remove();
});

const context = () => madeContext({ state });
const reply = (change: Partial<DriftExplanation> = {}) => text(JSON.stringify({ ...good, ...change }));

test('without a model the worst finding leads, and what explains itself is left out', async () => {
  const { explanation, author, why, findings: labelled } = await explainDrift(context(), null, 'cli');
  expect({ author, why }).toEqual({ author: 'deterministic', why: null });
  expect(labelled.map(({ label, finding }) => [label, finding.kind])).toEqual([
    ['F1', 'hollowing'],
    ['F2', 'size'],
    ['F3', 'feature'],
  ]);
  expect(explanation.headline).toBe(findings[1]!.sentence);
  expect(explanation.matters.map(({ finding }) => finding)).toEqual(['F1', 'F2']);
  expect(explanation.rethink.needed).toBe(true);
});

test('a model is told findings and sizes, and its text is taken where it holds', async () => {
  await using scripted = await startScriptedModel([reply()]);
  const explained = await explainDrift(context(), scripted.access(), 'cli');
  expect(explained).toMatchObject({ author: 'model', why: null, explanation: good });
  const sent = JSON.stringify(scripted.requests[0]!.messages);
  for (const { sentence } of findings) expect(sent).toContain(sentence.slice(0, 40));
  expect(sent).toContain('explained by the time of year');
  const shown = explainedDriftView(explained, 80);
  expect(shown).toContain('likely, not measured');
  expect(shown).not.toContain('F1');
});

test.each<[string, Partial<DriftExplanation>, string]>([
  ['invents a number', { headline: 'The Loyal regulars bring 64 % less than they did.' }, '64 %'],
  [
    'tells a cause as a fact',
    { causes: [{ cause: 'A competitor took them.', because: ['F1'] }] },
    'told as a fact',
  ],
  [
    'refers to what is not there',
    { matters: [{ finding: 'F9', why: 'It matters very much.' }] },
    'no finding F9',
  ],
  ['names a protected trait', { check: ['Look whether they are pregnant customers.'] }, 'health'],
])('a text that %s goes back with the reason, and the plain one stands in', async (_, change, reason) => {
  await using scripted = await startScriptedModel([reply(change), reply(change)]);
  const explained = await explainDrift(context(), scripted.access(), 'cli');
  expect(explained.author).toBe('deterministic');
  expect(explained.why).toContain(reason);
  expect(JSON.stringify(scripted.requests[1]!.messages.at(-1))).toContain(reason);
});

test('a text that is mended after it went back is taken', async () => {
  await using scripted = await startScriptedModel([reply({ headline: 'They bring 64 % less.' }), reply()]);
  expect(await explainDrift(context(), scripted.access(), 'cli')).toMatchObject({ author: 'model' });
});

test('where a cap is reached or the service fails the plain one stands in, and says why', async () => {
  await using scripted = await startScriptedModel([failure(529)]);
  const failed = await explainDrift(context(), scripted.access(), 'cli');
  expect(failed).toMatchObject({ author: 'deterministic', why: expect.stringContaining('overloaded') });
  expect(explainedDriftView(failed, 200)).toContain('overloaded');
  const limits = { turns: 9, tokens: 1e9, cost: 1, dayCost: 0.001 };
  const capped = await explainDrift(context(), scripted.access({ limits }), 'cli');
  expect(capped).toMatchObject({
    author: 'deterministic',
    why: expect.stringContaining('may be spent in a day'),
    explanation: failed.explanation,
  });
  expect(scripted.requests).toHaveLength(1);
});
