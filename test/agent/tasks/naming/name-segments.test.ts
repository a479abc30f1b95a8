import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PersonaDraft } from '../../../../src/agent/tasks/naming/draft.ts';
import { nameSegments } from '../../../../src/agent/tasks/naming/name-segments.ts';
import type { Model } from '../../../../src/segmentation/model.ts';
import { bodyOf } from '../../../../src/segmentation/proposals/bodies.ts';
import type { OpenDatabase } from '../../../../src/state/database.ts';
import { openPglite } from '../../../../src/state/pglite.ts';
import { type State, stateOver } from '../../../../src/state/state.ts';
import type { ToolContext } from '../../../../src/tools/tool.ts';
import { exampleChange } from '../../../state/example-change.ts';
import { empty } from '../../../state/places.ts';
import {
  type ScriptedModel,
  type ScriptedReply,
  startScriptedModel,
  text,
} from '../../../support/scripted-model.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { storeless } from '../../parts.ts';
import { absent, bargains, madeModel, regulars } from './made-model.ts';
import { absentDraft, bargainsDraft, goodDrafts, regularsDraft } from './written.ts';

const usual = madeModel();
const folder = temporaryFolder();
let database: OpenDatabase;
let state: State;
let scripted: ScriptedModel;
beforeAll(async () => {
  database = await openPglite(folder.path);
  state = await stateOver(database);
});
beforeEach(() => empty(database));
afterEach(() => scripted?.stop());
afterAll(async () => {
  await state?.close();
  folder.remove();
});

const said = (personas: readonly PersonaDraft[]): ScriptedReply => text(JSON.stringify({ personas }));

async function name(
  replies: Parameters<typeof startScriptedModel>[0],
  { model = usual, changes = {} }: { model?: Model; changes?: Partial<ToolContext> } = {},
) {
  await state.apply(exampleChange(model));
  scripted = await startScriptedModel(replies);
  return nameSegments({ ...storeless(), state, ...changes }, scripted.access(), 'cli');
}

const changed = (draft: PersonaDraft, change: Partial<PersonaDraft>) => ({ ...draft, ...change });
const lastSaid = () => String(scripted.requests.at(-1)!.messages.at(-1)!.content);

describe('naming all segments at once', () => {
  test('asks once, with a sheet of each, and proposes what the model wrote', async () => {
    const naming = await name([said(goodDrafts)]);
    expect(scripted.requests).toHaveLength(1);
    const [request] = scripted.requests;
    for (const { key } of goodDrafts) expect(request!.messages[0]!.content).toContain(`## ${key}\n`);
    expect(naming).toMatchObject({ author: 'model', why: null, asOf: '2011-12-17' });
    expect(naming.segments.map(({ before, after }) => [before.name, after?.name])).toEqual([
      ['Single-category loyalists', 'Every-three-weeks regulars'],
      ['Price-driven occasional buyers', 'Offer-time shoppers'],
      ['Lapsed but recoverable', 'Still looking, not buying'],
    ]);
    const proposal = await state.proposals.byId(naming.proposal!.id);
    expect(proposal).toMatchObject({ kind: 'persona', status: 'open', createdBy: 'tester' });
    expect(bodyOf(proposal!)).toMatchObject({ body: { texts: [{ key: goodDrafts[0]!.key }, {}, {}] } });
    // Nothing stands before a person has approved it.
    expect((await state.models.current())!.segments[0]!.persona.author).toBe('deterministic');
  });

  test('takes the figures of the evidence from the segment, and joins the parts of the action', async () => {
    const { segments } = await name([said(goodDrafts)]);
    expect(segments[1]!.after).toMatchObject({
      evidence: [
        { feature: 'discounted_order_share', direction: 'above', value: '90 %', overall: '60 %' },
        { feature: 'order_value', direction: 'below', value: '£21.72', overall: '£29.21' },
      ],
      action: 'Offer bundles in place of codes. Do it in quiet weeks.',
    });
  });

  test('reports what the model says no sentence covers, with what to try', async () => {
    const { segments } = await name([said(goodDrafts)]);
    expect(segments.map(({ misformed }) => misformed)).toEqual([null, bargainsDraft.misformed, null]);
  });

  const spoilt: [string, PersonaDraft, RegExp][] = [
    [
      'an invented number',
      changed(bargainsDraft, { sentence: 'Customers who wait for a discount on 97 % of orders.' }),
      /97 %/,
    ],
    ['a protected trait', changed(bargainsDraft, { name: 'Pregnant offer shoppers' }), /[Pp]regnan/],
    [
      'the wrong direction',
      changed(bargainsDraft, {
        evidence: [{ feature: 'order_value', direction: 'above', says: 'spend £21.72 an order' }],
      }),
      /order_value above/,
    ],
    [
      'a feature that is not there',
      changed(bargainsDraft, {
        action: { ...bargainsDraft.action, timing: { text: 'Do it soon.', feature: 'shoe_size' } },
      }),
      /shoe_size/,
    ],
    ['a name for ad platforms that tells', changed(bargainsDraft, { neutralName: 'Cheap buyers' }), /Cheap/],
    ['the name of another', changed(bargainsDraft, { name: absentDraft.name }), /name/],
    [
      'nothing to do',
      changed(bargainsDraft, { action: { channel: null, offer: null, timing: null } }),
      /nothing to do/,
    ],
  ];

  test.each(spoilt)('sends %s back with the reason, and takes what is mended', async (_, draft, reason) => {
    const naming = await name([said([regularsDraft, draft, absentDraft]), said(goodDrafts)]);
    expect(scripted.requests).toHaveLength(2);
    expect(lastSaid()).toContain(`- ${bargainsDraft.key}: `);
    expect(lastSaid()).toMatch(reason);
    expect(naming.segments.every(({ after }) => after !== null)).toBe(true);
  });

  test('keeps the text of a segment whose draft does not hold twice, and says why; the others take theirs', async () => {
    const [, bad] = spoilt[0]!;
    const answer = said([regularsDraft, bad, absentDraft]);
    const naming = await name([answer, answer]);
    expect(naming.why).toMatch(/97 %/);
    expect(naming.segments.map(({ after }) => after?.name ?? null)).toEqual([
      regularsDraft.name,
      null,
      absentDraft.name,
    ]);
    expect(naming.segments[1]!.kept).toMatch(/97 %/);
    const { body } = bodyOf((await state.proposals.byId(naming.proposal!.id))!);
    expect(body).toMatchObject({ texts: [{ key: regularsDraft.key }, { key: absentDraft.key }] });
    expect(await state.answers.list({ from: '2026-01-01', until: '2027-01-01' })).toMatchObject([
      { purpose: 'naming', outcome: 'fallback', turns: 2 },
    ]);
  });

  test('takes no name that a segment which keeps its texts has', async () => {
    const [, bad] = spoilt[0]!;
    const thief = changed(regularsDraft, { name: 'Price-driven occasional buyers' });
    const answer = said([thief, bad, absentDraft]);
    const { segments } = await name([answer, answer]);
    expect(segments.map(({ after }) => after?.name ?? null)).toEqual([null, null, absentDraft.name]);
  });

  test('proposes nothing where nothing can be used', async () => {
    const naming = await name([text('I would rather not.'), text('No.')]);
    expect(naming).toMatchObject({
      author: 'deterministic',
      proposal: null,
      why: 'What the model wrote could not be used: It is not one JSON object.',
    });
    expect(naming.segments.map(({ kept }) => kept)).toEqual(Array(3).fill('The model did not describe it.'));
    expect(await state.proposals.list()).toEqual([]);
  });

  test('asks again for a segment that was left out or told twice', async () => {
    await name([said([regularsDraft, absentDraft, absentDraft]), said(goodDrafts)]);
    expect(lastSaid()).toContain(`- "${bargainsDraft.key}" is not described.`);
    expect(lastSaid()).toContain(`- "${absentDraft.key}" is described 2 times.`);
  });

  test('without a model the names of the figures stand, and nothing is proposed', async () => {
    await state.apply(exampleChange(usual));
    const naming = await nameSegments({ ...storeless(), state }, null, 'cli');
    expect(naming).toMatchObject({ author: 'deterministic', proposal: null, why: null });
    expect(naming.segments.map(({ after, kept }) => [after, kept])).toEqual(Array(3).fill([null, null]));
  });

  test('tells nothing of fewer than ten customers, who keep their texts', async () => {
    const model = madeModel([regulars, bargains, { ...absent, size: 9 }]);
    const [first, second, few] = model.segments;
    const naming = await name(
      [
        said([
          { ...regularsDraft, key: first!.key },
          { ...bargainsDraft, key: second!.key },
        ]),
        text('{}'),
      ],
      { model },
    );
    const told = JSON.stringify(scripted.requests);
    expect(told).not.toContain(`## ${few!.key}`);
    expect(naming.segments[2]).toMatchObject({ after: null, kept: expect.stringMatching(/fewer than 10/) });
  });

  test('proposes nothing where the segments were looked at anew while the model wrote', async () => {
    const later = { ...usual, describedAsOf: '2011-12-24' };
    const naming = name(async () => {
      await state.apply(
        exampleChange(later, {
          kind: 'refresh',
          asOf: '2011-12-24',
          fingerprint: 'r-2',
          previous: '2011-12-10',
        }),
      );
      return said(goodDrafts);
    });
    await expect(naming).rejects.toThrow(/changed while the model wrote/);
    expect(await state.proposals.list()).toEqual([]);
  });

  test('holds the stores for moments only, and not while the model writes', async () => {
    const turns: string[] = [];
    let open = 0;
    let whileAsked = 0;
    const turn: ToolContext['turn'] = async (what, work) => {
      turns.push(what);
      open++;
      try {
        return await work();
      } finally {
        open--;
      }
    };
    await name(
      () => {
        whileAsked = Math.max(whileAsked, open);
        return said(goodDrafts);
      },
      { changes: { turn } },
    );
    expect(turns).toEqual(['name segments', 'propose names']);
    expect(whileAsked).toBe(0);
  });
});
