import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LivedShop, livedShop } from '../../segmentation/refresh/lived-shop.ts';
import { appOver } from '../../support/mcp-app.ts';
import { connectedClient, eras, person } from '../../support/mcp-client.ts';

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
