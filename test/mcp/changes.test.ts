import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { App } from '../../src/app.ts';
import { type Watch, watchSegments } from '../../src/mcp/changes.ts';
import { allUris } from '../../src/mcp/resources/uris.ts';
import type { OpenDatabase } from '../../src/state/database.ts';
import { openState, type State, stateOver } from '../../src/state/state.ts';
import { exampleChange, exampleRecord } from '../state/example-change.ts';
import { exampleModel } from '../state/example-model.ts';
import { empty, places } from '../state/places.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

// Watches look when the tests say so.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const decision = { at: '2026-01-10T00:00:00.000Z', by: 'ada', reason: '' };

describe.each(places)('changes of segments in $place', ({ open }) => {
  let database: OpenDatabase;
  let state: State;
  let watch: Watch;
  let told: (readonly string[])[];
  beforeAll(async () => {
    database = await open(folder.path);
    state = await stateOver(database);
  });
  const begin = () =>
    watchSegments({ state: async () => state } satisfies Pick<App, 'state'>, uris => told.push(uris));
  beforeEach(async () => {
    told = [];
    watch = begin();
    await watch.look();
  });
  afterEach(async () => {
    watch.stop();
    await empty(database);
  });
  afterAll(async () => state?.close());

  const seesNews = async (): Promise<boolean> => {
    const before = told.length;
    await watch.look();
    return told.length > before;
  };

  it('are not told of what stood when the watch began, nor twice', async () => {
    watch.stop();
    await state.apply(exampleChange());
    watch = begin();
    expect(await seesNews()).toBe(false);
    expect(await seesNews()).toBe(false);
  });

  it('are told from the moment on at which the watch began', async () => {
    let opened = 0;
    const early = watchSegments(
      {
        async state() {
          opened++;
          return state;
        },
      },
      () => {},
    );
    expect(opened).toBe(1);
    await early.look();
    early.stop();
  });

  it('a first fit is told, with the addresses of all that can be read', async () => {
    expect(await seesNews()).toBe(false);
    await state.apply(exampleChange());
    expect(await seesNews()).toBe(true);
    const keys = exampleModel().segments.map(({ key }) => key);
    expect(told).toEqual([allUris(keys)]);
    expect(told[0]).toContain(`kindred://segments/${keys[0]}`);
    expect(told[0]).toContain('kindred://digest');
    expect(await seesNews()).toBe(false);
  });

  it('a refresh, a promotion and a rollback are told', async () => {
    await state.apply(exampleChange());
    await watch.look();
    const refreshed = exampleRecord({ asOf: '2012-01-07', fingerprint: 'r-2' });
    await state.apply({ ...exampleChange(), record: refreshed });
    expect(await seesNews()).toBe(true);
    const other = exampleModel({ id: 'm-2' });
    await state.apply(exampleChange(other, { kind: 'promotion', fingerprint: 'p-2', asOf: '2012-01-07' }));
    expect(await seesNews()).toBe(true);
    await state.apply(
      exampleChange(exampleModel(), { kind: 'rollback', fingerprint: 'b-1', asOf: '2012-01-07' }),
    );
    expect(await seesNews()).toBe(true);
  });

  it('another text of a persona is told once it is approved, and not before', async () => {
    await state.apply(exampleChange());
    await watch.look();
    const { key, persona } = exampleModel().segments[0]!;
    const proposal = await state.proposals.open({
      kind: 'persona',
      subject: key,
      summary: 'x',
      body: {},
      createdAt: decision.at,
      createdBy: 'ada',
    });
    expect(await seesNews()).toBe(false);
    const effect = { kind: 'persona', modelId: 'm-1', personas: [{ key, persona }] } as const;
    expect(await state.proposals.approve(proposal.id, decision, effect)).toBe(true);
    expect(await seesNews()).toBe(true);
  });

  it('are noticed without being asked for', async () => {
    await state.apply(exampleChange());
    vi.advanceTimersByTime(10_000);
    await vi.waitFor(() => expect(told).toHaveLength(1), { timeout: 20_000 });
  });

  it('what else is written is not told', async () => {
    await state.apply(exampleChange());
    await watch.look();
    for (const subject of ['kindred://segments', 'list_segments'])
      await state.audit.append({
        at: decision.at,
        actor: 'ada',
        action: 'mcp.resource',
        subject,
        details: {},
      });
    expect(await seesNews()).toBe(false);
  });

  it('nothing is told any more once it was stopped', async () => {
    await state.apply(exampleChange());
    watch.stop();
    expect(await seesNews()).toBe(false);
  });
});

it('a change that another process wrote is told', async () => {
  const url = await freshDatabase();
  const [mine, theirs] = [await openState({ dataDir: '', url }), await openState({ dataDir: '', url })];
  const told: unknown[] = [];
  const watch = watchSegments({ state: async () => mine }, uris => told.push(uris));
  await watch.look();
  await theirs.apply(exampleChange());
  await watch.look();
  watch.stop();
  expect(told).toHaveLength(1);
  await mine.close();
  await theirs.close();
});

it('a state that cannot be read rejects the look, and the next one goes on', async () => {
  let answers = false;
  const models = { lastChange: async () => undefined, current: async () => undefined };
  const watch = watchSegments(
    {
      state: async () => {
        if (answers) return { models } as unknown as State;
        throw new Error('down');
      },
    },
    () => {},
  );
  await expect(watch.look()).rejects.toThrow('down');
  answers = true;
  await expect(watch.look()).resolves.toBeUndefined();
  watch.stop();
});
