import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inSteps, type Told } from '../../../src/mcp/tools/progress.ts';
import type { ProgressEvent } from '../../../src/progress.ts';
import { tool } from '../../../src/tools/tool.ts';
import { type LivedShop, livedShop } from '../../segmentation/refresh/lived-shop.ts';
import { madeAudit } from '../../support/made-audit.ts';
import { appOver } from '../../support/mcp-app.ts';
import { connectedClient, eras, person } from '../../support/mcp-client.ts';

/** What is told of events, of which each comes so many milliseconds after the one before. */
function told(events: readonly ProgressEvent[], apart: number): Told[] {
  const heard: Told[] = [];
  let clock = 0;
  const progress = inSteps(
    step => heard.push(step),
    () => clock,
  );
  for (const event of events) {
    progress(event);
    clock += apart;
  }
  return heard;
}

describe('progress', () => {
  it('grows over all stages, and has a total where the stage has one', () => {
    expect(
      told(
        [
          { stage: 'Reading' },
          { stage: 'Trying', done: 0, total: 4 },
          { stage: 'Trying', done: 2, total: 4 },
          { stage: 'Trying', done: 4, total: 4 },
          { stage: 'Naming' },
        ],
        1000,
      ),
    ).toEqual([
      { progress: 0, message: 'Reading' },
      { progress: 1, total: 5, message: 'Trying' },
      { progress: 3, total: 5, message: 'Trying' },
      { progress: 5, total: 5, message: 'Trying' },
      { progress: 6, message: 'Naming' },
    ]);
  });

  it('only ever grows, whatever is told, and is never above its total', () => {
    const event = fc.record({
      stage: fc.constantFrom('a', 'b', 'c'),
      done: fc.option(fc.nat(100), { nil: undefined }),
      total: fc.option(fc.nat(100), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(event), fc.nat(400), (events, apart) => {
        const heard = told(events as ProgressEvent[], apart);
        heard.forEach(({ progress, total }, i) => {
          if (i > 0) expect(progress).toBeGreaterThan(heard[i - 1]!.progress);
          if (total !== undefined) expect(progress).toBeLessThanOrEqual(total);
        });
      }),
    );
  });

  it('tells of a stage some times a second', () => {
    const events = Array.from({ length: 10_000 }, (_, done) => ({ stage: 'Trying', done, total: 10_000 }));
    // Ten seconds of steps, a thousand a second.
    expect(told(events, 1).length).toBeLessThanOrEqual(41);
    expect(told(events, 1).length).toBeGreaterThan(20);
    expect(told(events, 0)).toHaveLength(1);
  });

  it('tells the end of a stage, however soon it comes', () => {
    const events = [0, 1, 2, 3].map(done => ({ stage: 'Trying', done, total: 3 }));
    expect(told([...events, { stage: 'Naming' }], 1)).toEqual([
      { progress: 0, total: 3, message: 'Trying' },
      { progress: 3, total: 3, message: 'Trying' },
      { progress: 4, message: 'Naming' },
    ]);
  });
});

/** Steps until it is told to stop, and says how far it came. */
function stepping(steps: number) {
  const ran = { steps: 0, stopped: false };
  const step = tool({
    name: 'take_steps',
    title: 'Take steps',
    description: 'Takes steps.',
    input: z.object({}),
    output: z.object({ asOf: z.string() }),
    effect: 'read',
    role: 'viewer',
    slow: true,
    async run({ progress }) {
      try {
        for (; ran.steps < steps; ran.steps++) {
          progress({ stage: `Step ${ran.steps}`, done: 1, total: 1 });
          await new Promise(resolve => setImmediate(resolve));
        }
      } catch (error) {
        ran.stopped = true;
        throw error;
      }
      return { asOf: '2026-11-01' };
    },
  });
  return { ran, registry: [step] };
}

describe.each(eras)('a slow tool in the %s era', era => {
  it('tells its steps to whoever asked for them', async () => {
    const { registry } = stepping(3);
    const { client, close } = await connectedClient(appOver(madeAudit()), person(), {
      era,
      parts: { registry },
    });
    const heard: unknown[] = [];
    const request = { name: 'take_steps', arguments: {} };
    await client.callTool(request, { onprogress: step => heard.push(step) });
    expect(heard).toEqual([
      { progress: 1, total: 1, message: 'Step 0' },
      { progress: 3, total: 3, message: 'Step 1' },
      { progress: 5, total: 5, message: 'Step 2' },
    ]);
    await expect(client.callTool(request)).resolves.toMatchObject({ structuredContent: expect.anything() });
    await close();
  });

  it('says what it waits for, where somebody else has the stores', async () => {
    const { registry } = stepping(1);
    const app = appOver(madeAudit());
    const { client, close } = await connectedClient(app, person(), { era, parts: { registry } });
    let end = () => {};
    const other = app.turns.take('refresh', () => new Promise<void>(resolve => (end = resolve)));
    const heard: unknown[] = [];
    await client.callTool(
      { name: 'take_steps', arguments: {} },
      {
        onprogress({ message }) {
          heard.push(message);
          end();
        },
      },
    );
    await other;
    expect(heard).toEqual(['Waiting for refresh to end', 'Step 0']);
    await close();
  });

  it('ends at its next step where the client takes the call back, and the next call is answered', async () => {
    const { ran, registry } = stepping(1_000_000);
    const app = appOver(madeAudit());
    const { client, close } = await connectedClient(app, person(), { era, parts: { registry } });
    const controller = new AbortController();
    const call = client.callTool(
      { name: 'take_steps', arguments: {} },
      { signal: controller.signal, onprogress: () => controller.abort('no longer wanted') },
    );
    await expect(call).rejects.toThrow();
    // The turn of the call ends before another begins.
    await app.turns.take('after', async () => {});
    expect(ran.stopped).toBe(true);
    expect(ran.steps).toBeLessThan(1_000_000);
    await expect(client.callTool({ name: 'review_proposal', arguments: { page: 0 } })).resolves.toMatchObject(
      {
        isError: true,
      },
    );
    await close();
  });
});

let shop: LivedShop;
beforeAll(async () => {
  shop = await livedShop({ customers: 80, past: 40, ahead: 0 });
}, 60_000);
afterAll(() => shop.close());

const changing = (k: number) => ({ name: 'what_if', arguments: { k } });

/** Each once: what was found is kept, and the same question is answered without a step. */
const finished = { legacy: changing(2), modern: changing(5) };

describe.each(eras)('a what-if in the %s era', era => {
  it('ends at its next step where it is taken back, and leaves the stores to the next call', async () => {
    const app = appOver(shop.context);
    const { client, close } = await connectedClient(app, person(), { era });
    const stages: string[] = [];
    const controller = new AbortController();
    const call = client.callTool(changing(3), {
      signal: controller.signal,
      onprogress({ message }) {
        stages.push(message ?? '');
        controller.abort();
      },
    });
    await expect(call).rejects.toThrow();
    const before = stages.length;
    await app.turns.take('after', async () => {});
    expect(stages).toHaveLength(before);
    expect(app.turns.current()).toBeUndefined();
    const { structuredContent } = await client.callTool({ name: 'shop_overview', arguments: {} });
    expect(structuredContent).toMatchObject({ openProposals: [] });
    await close();
  });

  it('tells how far it is, and then what it found', async () => {
    const { client, close } = await connectedClient(appOver(shop.context), person(), { era });
    const told: { progress: number; message?: string | undefined }[] = [];
    const { structuredContent, isError } = await client.callTool(finished[era], {
      onprogress: step => told.push(step),
    });
    expect(isError).toBeFalsy();
    expect(structuredContent).toMatchObject({ summary: expect.any(String), recipe: [expect.any(String)] });
    expect(told.length).toBeGreaterThan(3);
    expect(told.map(({ progress }) => progress)).toEqual(
      told.map(({ progress }) => progress).toSorted((a, b) => a - b),
    );
    expect(told.map(({ message }) => message)).toContain('Finding the groups');
    await close();
  });
});
