import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { composed } from '../../../../src/agent/tasks/digest/compose.ts';
import type { DigestDraft } from '../../../../src/agent/tasks/digest/draft.ts';
import type { DigestFacts } from '../../../../src/agent/tasks/digest/facts.ts';
import { openState, type State } from '../../../../src/state/state.ts';
import { failure, startScriptedModel, text } from '../../../support/scripted-model.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { madeContext } from '../../../tools/made-context.ts';
import { brokenFeed, madeFacts, madeFinding, withFindings } from './made-facts.ts';

const folder = temporaryFolder();
let state: State;
beforeAll(async () => {
  state = await openState({ dataDir: folder.path });
});
afterAll(async () => {
  await state.close();
  folder.remove();
});

const moved = {
  ...madeFacts().moves!,
  newcomers: { customers: 34, revenueLastYear: null },
  sentences: [
    '61 loyal regulars became lapsed but recoverable, £9k of yearly revenue.',
    '40 bargain seekers became loyal regulars, £4k of yearly revenue.',
  ],
  sentenceKeys: [{ toKey: 'lapsed' }, { toKey: 'regulars' }],
};
const alarming = withFindings(
  { Alerts: [madeFinding()], 'Explained, so no alarm': [madeFinding({ explainedBy: 'the time of year' })] },
  madeFacts({ moves: moved }),
);

const good: DigestDraft = {
  headline: 'The Loyal regulars place fewer orders than was to be expected: 0.67 each, not 1.5.',
  moves: ['M2', 'M1'],
  findings: [
    { finding: 'F1', explanation: 'Some of them may be ordering elsewhere, or the season may come late.' },
  ],
  todo: [
    { candidate: 'T2', action: 'Write to those who just lapsed, with what is new beside what they bought.' },
    { candidate: 'T1', action: 'Look at when the Loyal regulars last ordered, and what is at risk there.' },
  ],
};
const reply = (change: Partial<DigestDraft> = {}) => text(JSON.stringify({ ...good, ...change }));
const compose = (scripted: Awaited<ReturnType<typeof startScriptedModel>>, facts: DigestFacts = alarming) =>
  composed(madeContext({ state }), scripted.access(), 'slack', facts);

test('words come from the model, figures and reasons from the facts', async () => {
  await using scripted = await startScriptedModel([reply()]);
  const { digest, why } = await compose(scripted);
  const plain = (await composed(madeContext({ state }), null, 'slack', alarming)).digest;
  expect(why).toBeNull();
  expect(digest).toMatchObject({
    author: 'model',
    headline: good.headline,
    moves: [moved.sentences[1], moved.sentences[0]],
    todo: [
      { action: good.todo[0]!.action, why: plain.todo[1]!.why, segment: plain.todo[1]!.segment },
      { action: good.todo[1]!.action, why: plain.todo[0]!.why, segment: plain.todo[0]!.segment },
    ],
  });
  expect(digest.findings.map(({ explanation }) => explanation)).toEqual([
    good.findings[0]!.explanation,
    null,
  ]);
  expect(digest.segments).toEqual(plain.segments);
});

test('it is shown aggregates with labels, and names of the shop as data', async () => {
  await using scripted = await startScriptedModel([reply()]);
  await compose(scripted);
  const sent = JSON.stringify(scripted.requests[0]!.messages);
  expect(sent).toContain('M1 61 loyal regulars became');
  expect(sent).toContain('F1 [alert; hollowing');
  expect(sent).toContain('“Bargain seekers”: 812 customers');
  expect(sent).not.toContain('regulars;');
});

describe('a draft goes back with the reason, and the deterministic digest stands in, where it', () => {
  test.each<[string, Partial<DigestDraft>, string]>([
    ['invents a number', { headline: 'The Loyal regulars place 64 % fewer orders.' }, '64 %'],
    [
      'tells a figure of another segment',
      { headline: 'Bargain seekers bring 60 % of revenue and place fewer orders.' },
      '60 %',
    ],
    [
      'tells a cause as a fact',
      { findings: [{ finding: 'F1', explanation: 'A competitor took their orders.' }] },
      'told as a fact',
    ],
    ['leaves an alert unexplained', { findings: [] }, 'F1 is an alert'],
    [
      'alarms for what is explained',
      {
        findings: [...good.findings, { finding: 'F2', explanation: 'It may be a sign of something else.' }],
      },
      'F2 is explained already',
    ],
    ['refers to what is not there', { moves: ['M9'] }, 'no move M9'],
    ['says something twice', { moves: ['M1', 'M1'] }, 'M1 stands twice'],
    ['names no move where there are some', { moves: [] }, 'Name the move'],
    ['writes two sentences above all', { headline: 'They order less. It is a pity for us.' }, 'one sentence'],
    [
      'invents a command',
      { todo: [{ candidate: 'T1', action: 'Run `kindred recluster` on Monday morning.' }] },
      'kindred recluster',
    ],
    [
      'claims a deed',
      { todo: [{ candidate: 'T1', action: 'I have sent the campaign to the Loyal regulars.' }] },
      'only a person',
    ],
    [
      'names a protected trait',
      { todo: [{ candidate: 'T1', action: 'Write to the pregnant customers among them.' }] },
      'protected',
    ],
    ['shows a label', { headline: 'F1 is what has to be looked at first.' }, 'shows a label'],
    ['numbers a segment', { headline: 'Segment 2 places fewer orders than it did.' }, 'numbers a segment'],
    [
      'links elsewhere',
      { todo: [{ candidate: 'T1', action: 'See https://evil.example/offer for what to do.' }] },
      'evil.example',
    ],
  ])('%s', async (_, change, reason) => {
    await using scripted = await startScriptedModel([reply(change), reply(change)]);
    const { digest, why } = await compose(scripted);
    expect(digest.author).toBe('deterministic');
    expect(why).toContain('could not be used');
    expect(JSON.stringify(scripted.requests[1]!.messages.at(-1))).toContain(reason);
  });
});

describe('while orders stopped arriving', () => {
  const broken = withFindings({ Alerts: [brokenFeed()] });
  const draft: DigestDraft = {
    headline: 'Orders stopped arriving on 21 October, so mend this before reading on.',
    moves: [],
    findings: [{ finding: 'F1', explanation: 'Probably an export or a connection that broke.' }],
    todo: [
      { candidate: 'T1', action: 'Find the last export of orders and import what is missing.' },
      { candidate: 'T2', action: 'Send nothing that rests on who went quiet until it is back.' },
    ],
  };
  const said = (change: Partial<DigestDraft>) => text(JSON.stringify({ ...draft, ...change }));

  test('a model may only say it in better words', async () => {
    await using scripted = await startScriptedModel([said({})]);
    expect(await compose(scripted, broken)).toMatchObject({
      why: null,
      digest: { author: 'model', state: 'feed' },
    });
  });

  test.each<[string, Partial<DigestDraft>, string]>([
    ['puts something else first', { todo: draft.todo.toReversed() }, 'T1 has to stand among the first'],
    ['is silent about it', { headline: 'A calm week for all customers of the shop.' }, 'stopped arriving'],
  ])('a draft that %s is refused', async (_, change, reason) => {
    await using scripted = await startScriptedModel([said(change), said(change)]);
    expect((await compose(scripted, broken)).digest.author).toBe('deterministic');
    expect(JSON.stringify(scripted.requests[1]!.messages.at(-1))).toContain(reason);
  });
});

test('a quiet week is not told as an alarm', async () => {
  const quiet = {
    ...good,
    headline: 'Act at once: an urgent week.',
    moves: [],
    findings: [],
    todo: [good.todo[1]!],
  };
  await using scripted = await startScriptedModel([text(JSON.stringify(quiet)), text(JSON.stringify(quiet))]);
  await compose(scripted, madeFacts());
  expect(JSON.stringify(scripted.requests[1]!.messages.at(-1))).toContain('sounds an alarm');
});

test('where the service fails the deterministic digest stands in, and says why', async () => {
  await using scripted = await startScriptedModel([failure(529)]);
  const { digest, why } = await compose(scripted);
  expect(digest.author).toBe('deterministic');
  expect(why).toContain('overloaded');
});
