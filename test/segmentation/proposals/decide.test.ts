import { readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silent } from '../../../src/progress.ts';
import { buildAudience } from '../../../src/segmentation/audiences/build-audience.ts';
import { currentModel } from '../../../src/segmentation/current.ts';
import type { PersonaTexts } from '../../../src/segmentation/proposals/bodies.ts';
import { approve, reject } from '../../../src/segmentation/proposals/decide.ts';
import { openFeature } from '../../../src/segmentation/proposals/open-feature.ts';
import { openPersonas, textsOf } from '../../../src/segmentation/proposals/open-personas.ts';
import { openRecipe } from '../../../src/segmentation/proposals/open-recipe.ts';
import { openSync } from '../../../src/segmentation/proposals/open-sync.ts';
import { rollback } from '../../../src/segmentation/recluster/promote.ts';
import { recluster } from '../../../src/segmentation/recluster/recluster.ts';
import { whatIf } from '../../../src/segmentation/what-if/what-if.ts';
import type { State } from '../../../src/state/state.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type LivedShop, livedShop } from '../refresh/lived-shop.ts';

const ada = { by: 'ada', reason: 'it fits the plan' };
const bob = { by: 'bob', reason: 'I was first' };

let shop: LivedShop;
const folder = temporaryFolder();
beforeAll(async () => {
  shop = await livedShop({ customers: 110, ahead: 3 });
}, 60_000);
afterAll(async () => {
  await shop.close();
  folder.remove();
});

const status = async (id: string) => (await shop.context.state.proposals.byId(id))?.status;
const actions = async () => (await shop.context.state.audit.list()).map(({ action }) => action);
/** The process ends when the state is about to write. */
const killedState = (): State => ({
  ...shop.context.state,
  proposals: {
    ...shop.context.state.proposals,
    approve: () => Promise.reject(new Error('killed')),
    byId: id => shop.context.state.proposals.byId(id),
  },
});

describe('texts of a segment', () => {
  const proposed = async (change: Partial<PersonaTexts>, at = 0) => {
    const { segments } = await currentModel(shop.context.state);
    const { key, persona } = segments[at]!;
    const after = { ...textsOf(persona), ...change };
    const texts = [{ key, after }];
    return {
      key,
      proposal: await openPersonas(shop.context, { texts, why: 'plainer\nwords', actor: 'ada' }),
    };
  };

  test('change on approval alone, by a model’s hand and a person’s decision; figures stay', async () => {
    const before = await currentModel(shop.context.state);
    const { key, proposal } = await proposed({ name: 'Steady visitors', avoid: 'Do not discount.' });
    expect(proposal).toMatchObject({ kind: 'persona', subject: key, body: { why: 'plainer words' } });
    expect(await currentModel(shop.context.state)).toEqual(before);

    expect(await approve(shop.context, { id: proposal.id, ...ada })).toMatchObject({
      kind: 'renamed',
      keys: [key],
    });
    const after = await currentModel(shop.context.state);
    const expected = structuredClone(before);
    Object.assign(expected.segments[0]!.persona, {
      name: 'Steady visitors',
      avoid: 'Do not discount.',
      author: 'model',
    });
    expect(after).toEqual(expected);
    expect((await shop.context.state.audit.list()).slice(-2)).toMatchObject([
      { actor: 'ada', action: 'proposal.approved', subject: proposal.id, details: { reason: ada.reason } },
      {
        actor: 'ada',
        action: 'personas.changed',
        subject: before.id,
        details: { proposal: proposal.id, segments: [key] },
      },
    ]);
    await expect(approve(shop.context, { id: proposal.id, ...bob })).rejects.toThrow(
      `${proposal.id} was approved by ada on 2026-11-22.`,
    );
    await expect(reject(shop.context, { id: proposal.id, ...bob })).rejects.toThrow('was approved by ada');
  });

  test('that were killed on their way are as they were, and can be approved again', async () => {
    const { proposal } = await proposed({ name: 'Often here' });
    const before = await currentModel(shop.context.state);
    const killed = { ...shop.context, state: killedState() };
    await expect(approve(killed, { id: proposal.id, ...ada })).rejects.toThrow('killed');
    expect(await currentModel(shop.context.state)).toEqual(before);
    expect(await status(proposal.id)).toBe('open');
    await approve(shop.context, { id: proposal.id, ...ada });
    expect((await currentModel(shop.context.state)).segments[0]!.persona.name).toBe('Often here');
  });

  test('take the place of those for the same segment only', async () => {
    const first = await proposed({ name: 'A first try' });
    const other = await proposed({ name: 'Another segment' }, 1);
    const second = await proposed({ name: 'A second try' });
    expect([await status(first.proposal.id), await status(other.proposal.id)]).toEqual([
      'superseded',
      'open',
    ]);
    await expect(approve(shop.context, { id: first.proposal.id, ...ada })).rejects.toThrow('superseded');
    expect(await reject(shop.context, { id: second.proposal.id, ...bob })).toMatchObject({
      status: 'rejected',
      decidedBy: 'bob',
      reason: bob.reason,
    });
  });

  test('are refused where the segment was described anew since, or its figures changed', async () => {
    const { proposal } = await proposed({ name: 'Written first' }, 2);
    const { key, persona } = (await currentModel(shop.context.state)).segments[2]!;
    const { key: other } = (await currentModel(shop.context.state)).segments[3]!;
    const both = [
      { key, after: { ...textsOf(persona), name: 'Written second' } },
      { key: other, after: { ...textsOf(persona), name: 'Beside it', neutralName: 'Beside it' } },
    ];
    const wider = await openPersonas(shop.context, { texts: both, why: 'both', actor: 'ada' });
    await approve(shop.context, { id: wider.id, ...ada });
    await expect(approve(shop.context, { id: proposal.id, ...ada })).rejects.toMatchObject({
      mender: 'asker',
      message: expect.stringContaining(`the texts of “${persona.name}” were changed since`),
    });
    expect(await status(proposal.id)).toBe('open');

    const late = await proposed({ name: 'Of last week' }, 2);
    await shop.refresh(1);
    await expect(approve(shop.context, { id: late.proposal.id, ...ada })).rejects.toThrow(
      `it was written from the figures of ${shop.asOf(0)}, and the segments stand as of ${shop.asOf(1)}`,
    );
    expect(await reject(shop.context, { id: late.proposal.id, ...ada })).toMatchObject({
      status: 'rejected',
    });
  });

  test.each([
    ['a number for a group', { name: 'Cluster 3' }, 'speaks of a group by a number'],
    ['a protected trait', { paragraph: 'Pregnant shoppers, mostly.' }, 'protected trait (health)'],
    ['a line break', { action: 'Write\u001b[31m to them.' }, 'control character'],
    ['what no list can hold', { neutralName: 'x'.repeat(41) }, 'more than 40 characters'],
    ['a line of its own', { action: 'Write\u2028to them.' }, 'a line break'],
    [
      'who is on a list of an ad platform',
      { neutralName: 'Lapsed buyers' },
      'the people on the list ("Lapsed")',
    ],
    ['nothing', { sentence: ' ' }, 'sentence is blank'],
  ])('are refused where they hold %s', async (_, change, why) => {
    const before = await shop.context.state.proposals.list();
    await expect(proposed(change)).rejects.toThrow(why);
    expect(await shop.context.state.proposals.list()).toEqual(before);
  });

  test('are refused where they name two segments alike, or say what stands already', async () => {
    const { segments } = await currentModel(shop.context.state);
    const { name } = segments[1]!.persona;
    await expect(proposed({ name: name.toUpperCase() })).rejects.toThrow('another segment has this name');
    await expect(proposed({})).rejects.toThrow('These texts stand already.');
  });

  test('that give two segments one name are approved for one of them', async () => {
    const first = await proposed({ name: 'One name' }, 0);
    const second = await proposed({ name: 'One name' }, 1);
    await approve(shop.context, { id: first.proposal.id, ...ada });
    await expect(approve(shop.context, { id: second.proposal.id, ...ada })).rejects.toThrow(
      `${second.proposal.id} can no longer be approved: the texts for "${second.key}" are refused: another segment has this name.`,
    );
    expect(await status(second.proposal.id)).toBe('open');
  });
});

describe('a feature that may not be used', () => {
  const block = () =>
    shop.context.state.decisions.record({
      feature: 'evening_share',
      effect: 'block',
      lawfulBasis: null,
      decidedBy: 'bob',
      at: '2026-11-20T00:00:00.000Z',
      reason: 'tells of working hours',
    });
  const propose = () =>
    openFeature(shop.context, {
      feature: 'evening_share',
      lawfulBasis: 'legitimate-interests',
      why: 'timing of mails',
      actor: 'ada',
    });

  test('may be used after a person said why, on the basis that was proposed', async () => {
    await expect(propose()).rejects.toThrow('may be used already');
    await block();
    const { id } = await propose();
    await expect(approve(shop.context, { id, by: 'ada', reason: ' ' })).rejects.toMatchObject({
      next: 'Say with --reason why it is lawful and fair to use.',
    });
    expect(await status(id)).toBe('open');
    expect(await approve(shop.context, { id, ...ada })).toMatchObject({ kind: 'allowed' });
    expect((await shop.context.state.decisions.list()).at(-1)).toEqual({
      feature: 'evening_share',
      effect: 'allow',
      lawfulBasis: 'legitimate-interests',
      decidedBy: 'ada',
      at: '2026-11-22T12:00:00.000Z',
      reason: ada.reason,
    });
    await expect(propose()).rejects.toThrow('may be used already');
  });

  test('is decided once, however many decide at once', async () => {
    await block();
    const { id } = await propose();
    const decisions = (await shop.context.state.decisions.list()).length;
    const results = await Promise.allSettled([
      approve(shop.context, { id, ...ada }),
      approve(shop.context, { id, ...bob }),
    ]);
    expect(results.map(result => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await shop.context.state.decisions.list()).toHaveLength(decisions + 1);
  });

  test('is not decided by nobody', async () => {
    await block();
    const { id } = await propose();
    await expect(approve(shop.context, { id, by: ' ', reason: 'x' })).rejects.toThrow('Nobody is named');
    await expect(reject(shop.context, { id, by: '', reason: 'x' })).rejects.toThrow('Nobody is named');
    expect(await status(id)).toBe('open');
  });
});

describe('an audience that is to be handed out', () => {
  const propose = async () => {
    const filter = { field: 'orders', atLeast: 2 };
    const built = await buildAudience(shop.context, { filter, actor: 'ada' });
    return openSync(shop.context, {
      built,
      destination: 'file',
      purpose: 'winter mailing',
      actor: 'ada',
    });
  };

  test('is written for who approves it, to a file that nobody else can read', async () => {
    const proposal = await propose();
    const { id, subject } = proposal;
    expect(JSON.stringify(proposal)).not.toMatch(/@|shop\//);
    await expect(approve(shop.context, { id, ...ada })).rejects.toMatchObject({
      next: 'Say where with --to FILE.',
    });
    const file = folder.file('list.csv');
    const approved = await approve(shop.context, { id, ...ada, file });
    if (approved.kind !== 'written') throw new Error(approved.kind);
    expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(approved.rows + 1);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await shop.context.state.audit.list()).slice(-2)).toMatchObject([
      { actor: 'ada', action: 'proposal.approved', subject: id },
      { actor: 'ada', action: 'audience.exported', subject },
    ]);
  });

  test('is not written for who comes second, nor where it was killed before it was decided', async () => {
    const { id } = await propose();
    const files = () => readdir(folder.path);
    const before = await files();
    const killed = { ...shop.context, state: killedState() };
    await expect(approve(killed, { id, ...ada, file: folder.file('a.csv') })).rejects.toThrow('killed');
    expect(await files()).toEqual(before);
    expect(await status(id)).toBe('open');

    // Another server decides while the file is being written.
    const { proposals } = shop.context.state;
    const slower: State = {
      ...shop.context.state,
      proposals: {
        ...killedState().proposals,
        async approve(...ruling) {
          await reject({ ...shop.context, warehouse: await idle() }, { id, ...bob });
          return proposals.approve(...ruling);
        },
      },
    };
    await expect(
      approve({ ...shop.context, state: slower }, { id, ...ada, file: folder.file('b.csv') }),
    ).rejects.toThrow(`${id} was rejected by bob`);
    expect(await files()).toEqual(before);
    expect((await actions()).filter(action => action === 'audience.exported')).toHaveLength(1);
  });

  /** Of a server that has a connection of its own; it finds nothing to settle. */
  const idle = async () => {
    const { openDuckDb } = await import('../../../src/warehouse/duckdb.ts');
    const warehouse = await openDuckDb({ file: ':memory:', threads: 1 });
    return warehouse;
  };
});

describe('another recipe', () => {
  const tried = async (k: number) => {
    const outcome = await whatIf(shop.context, { k }, silent);
    if (outcome.kind !== 'fitted') throw new Error('no groups');
    return outcome;
  };
  const propose = async (k: number) =>
    openRecipe(shop.context, { kind: 'recipe', whatIf: await tried(k), why: 'fewer', actor: 'ada' });

  test('stands once it is approved, and is what the next re-clustering asks for', async () => {
    const names = new Map(
      (await currentModel(shop.context.state)).segments.map(({ key, persona }) => [key, persona.name]),
    );
    const proposal = await propose(3);
    expect(proposal.summary).toMatch(/^3 groups instead of 4: /);
    const approved = await approve(shop.context, { id: proposal.id, ...ada });
    if (approved.kind !== 'promoted') throw new Error(approved.kind);
    const { model, record } = approved;
    expect(model).toMatchObject({ id: proposal.subject, asked: { k: 3, weights: null } });
    expect(record).toMatchObject({ kind: 'promotion', asOf: shop.asOf(1) });
    for (const { key, persona } of model.segments)
      if (names.has(key)) expect(persona.name).toBe(names.get(key));
    const again = await recluster(shop.context, { actor: 'ada' }, silent);
    if (!('proposal' in again)) throw new Error('no groups');
    expect(again.comparison.candidate.groups).toBe(3);
  });

  test('takes the place of whatever candidate is open, and texts of segments before go with those', async () => {
    const open = (await shop.context.state.proposals.list()).find(({ kind }) => kind === 'promotion');
    const first = await propose(2);
    expect(await status(open!.id)).toBe('superseded');
    const { key, persona } = (await currentModel(shop.context.state)).segments[0]!;
    const texts = [{ key, after: { ...textsOf(persona), name: 'Soon of the past' } }];
    const naming = await openPersonas(shop.context, { texts, why: 'x', actor: 'ada' });
    const second = await propose(4);
    expect(await status(first.id)).toBe('superseded');
    await approve(shop.context, { id: second.id, ...ada });
    expect(await status(naming.id)).toBe('superseded');
    await expect(approve(shop.context, { id: naming.id, ...ada })).rejects.toThrow(
      'a newer proposal took its place, or the segments changed',
    );
  });

  test('cannot be proposed beside segments that stand no longer', async () => {
    const whatIfBefore = await tried(2);
    const { id } = await propose(3);
    await approve(shop.context, { id, ...ada });
    const late = openRecipe(shop.context, {
      kind: 'weights',
      whatIf: whatIfBefore,
      why: 'late',
      actor: 'ada',
    });
    await expect(late).rejects.toThrow('Other segments stand by now.');
  });

  test('a segment that was renamed while a candidate was open keeps its new name', async () => {
    const proposal = await propose(4);
    const { segments } = await currentModel(shop.context.state);
    const candidate = await shop.context.state.models.byId(proposal.subject);
    const kept = segments.find(({ key }) => candidate!.segments.some(segment => segment.key === key))!;
    const texts = [{ key: kept.key, after: { ...textsOf(kept.persona), name: 'Renamed meanwhile' } }];
    const naming = await openPersonas(shop.context, { texts, why: 'x', actor: 'ada' });
    await approve(shop.context, { id: naming.id, ...ada });
    const approved = await approve(shop.context, { id: proposal.id, ...ada });
    if (approved.kind !== 'promoted') throw new Error(approved.kind);
    const after = approved.model.segments.find(({ key }) => key === kept.key)!;
    expect(after.persona.name).toBe('Renamed meanwhile');
    expect(approved.record.segments.find(({ key }) => key === kept.key)!.name).toBe('Renamed meanwhile');
  });

  test('a segment that was given the name of a new one meanwhile keeps it, and the new one gets another', async () => {
    const proposal = await propose(6);
    const { segments } = await currentModel(shop.context.state);
    const candidate = (await shop.context.state.models.byId(proposal.subject))!;
    const standing = (key: string) => segments.find(segment => segment.key === key);
    const fresh = candidate.segments.find(({ key }) => !standing(key))!;
    const kept = standing(candidate.segments.find(({ key }) => standing(key))!.key)!;
    const { name, neutralName } = fresh.persona;
    const texts = [{ key: kept.key, after: { ...textsOf(kept.persona), name, neutralName } }];
    const naming = await openPersonas(shop.context, { texts, why: 'x', actor: 'ada' });
    await approve(shop.context, { id: naming.id, ...ada });
    await approve(shop.context, { id: proposal.id, ...ada });
    const after = (await currentModel(shop.context.state)).segments;
    expect(after.find(({ key }) => key === kept.key)!.persona).toMatchObject({ name, neutralName });
    expect(after.map(({ key }) => key)).toEqual(candidate.segments.map(({ key }) => key));
    expect(new Set(after.map(({ persona }) => persona.name)).size).toBe(after.length);
    expect(new Set(after.map(({ persona }) => persona.neutralName)).size).toBe(after.length);
  });

  test('a segment that was renamed keeps its new name where the segments of before are brought back', async () => {
    const { segments } = await currentModel(shop.context.state);
    const promoted = (await shop.context.state.audit.list()).findLast(
      ({ action }) => action === 'model.promoted',
    );
    const stood = (await shop.context.state.models.byId(String(promoted!.details.supersedes)))!;
    const { key, persona } = segments.find(one => stood.segments.some(other => other.key === one.key))!;
    const texts = [{ key, after: { ...textsOf(persona), name: 'Renamed since' } }];
    const naming = await openPersonas(shop.context, { texts, why: 'x', actor: 'ada' });
    await approve(shop.context, { id: naming.id, ...ada });
    const { model } = await rollback(shop.context, ada);
    expect(model.segments.map(one => one.key)).toEqual(stood.segments.map(one => one.key));
    expect(model.segments.find(one => one.key === key)!.persona.name).toBe('Renamed since');
    expect(new Set(model.segments.map(one => one.persona.name)).size).toBe(model.segments.length);
  });
});
