import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { lengthOf, longestResult, pageOf } from '../../../src/mcp/tools/paging.ts';
import { tool } from '../../../src/tools/tool.ts';
import { madeAudit } from '../../support/made-audit.ts';
import { appOver } from '../../support/mcp-app.ts';
import { type ConnectedClient, connectedClient, eras, person } from '../../support/mcp-client.ts';

interface Page {
  items: string[];
  page?: { number: number; of: number; list: string };
}

const pagesOf = (result: Record<string, unknown>, most: number) => {
  const first = pageOf(result, 1, most) as unknown as Page;
  const of = first.page?.of ?? 1;
  return Array.from({ length: of }, (_, i) => pageOf(result, i + 1, most) as unknown as Page);
};

describe('pages', () => {
  it('hold each item once, in their order, and each fits', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 60 }), { maxLength: 200 }),
        fc.integer({ min: 600, max: 3000 }),
        (items, most) => {
          const result = { asOf: '2026-11-01', items, notes: ['a', 'b'], more: 0 };
          const pages = pagesOf(result, most);
          expect(pages.flatMap(page => page.items)).toEqual(items);
          for (const page of pages) expect(lengthOf(page)).toBeLessThanOrEqual(most);
          for (const page of pages) expect(page).toMatchObject({ asOf: '2026-11-01', notes: ['a', 'b'] });
          if (pages.length === 1) expect(pages[0]).toEqual(result);
          else expect(pages.map(({ page }) => page!.number)).toEqual(pages.map((_, i) => i + 1));
        },
      ),
    );
  });

  it('end', () => {
    const result = { items: Array.from({ length: 100 }, () => 'x'.repeat(30)) };
    const { of } = (pageOf(result, 1, 1000) as unknown as Page).page!;
    expect(() => pageOf(result, of + 1, 1000)).toThrow(`There is no page ${of + 1}`);
    expect(() => pageOf({ items: ['x'] }, 2)).toThrow('the result has one page');
  });

  it('are not made of what cannot be cut', () => {
    expect(() => pageOf({ text: 'x'.repeat(2000) }, 1, 1000)).toThrow('too long');
    expect(() => pageOf({ items: ['x'.repeat(2000)] }, 1, 1000)).toThrow('too long');
  });
});

const shape = {
  input: z.object({ count: z.number().int().default(5000) }),
  output: z.object({ asOf: z.string(), items: z.array(z.object({ name: z.string() })), more: z.number() }),
  run: async (_: unknown, { count }: { count: number }) => ({
    asOf: '2026-11-01',
    items: Array.from({ length: count }, (_, i) => ({ name: `segment ${i} of a shop that has many` })),
    more: 0,
  }),
  title: 'List much',
  description: 'Lists more than a model can read.',
  effect: 'read',
  role: 'viewer',
} as const;
const registry = [tool({ ...shape, name: 'list_much' }), tool({ ...shape, name: 'fit_much', slow: true })];

describe.each(eras)('a huge result in the %s era', era => {
  let connected: ConnectedClient;
  beforeAll(async () => {
    connected = await connectedClient(appOver(madeAudit()), person(), { era, parts: { registry } });
  });
  afterAll(() => connected.close());
  const called = (args: Record<string, unknown>, name = 'list_much') =>
    connected.client.callTool({ name, arguments: args });

  it('comes in pages that a model can read, to the last item', async () => {
    await connected.client.listTools();
    const names: string[] = [];
    for (let page = 1, of = 1; page <= of; page++) {
      const { structuredContent, content, isError } = await called({ page });
      expect(isError).toBeFalsy();
      const [text] = content as { text: string }[];
      expect(text!.text.length).toBeLessThanOrEqual(longestResult);
      expect(JSON.parse(text!.text)).toEqual(structuredContent);
      const told = structuredContent as unknown as { items: { name: string }[]; page: { of: number } };
      names.push(...told.items.map(({ name }) => name));
      of = told.page.of;
      expect(of).toBeGreaterThan(2);
    }
    expect(names).toHaveLength(5000);
    expect(new Set(names).size).toBe(5000);
  });

  it('is whole where it is short, with or without a page', async () => {
    const whole = (await called({ count: 3 })).structuredContent as object;
    expect(whole).not.toHaveProperty('page');
    expect((await called({ count: 3, page: 1 })).structuredContent).toEqual(whole);
    expect((await called({ count: 3, page: null })).structuredContent).toEqual(whole);
  });

  it.each([{ page: 99 }, { page: 0 }, { page: 'two' }, { count: 3, page: 2 }])('refuses %j', async args => {
    const { isError, content } = await called(args);
    expect(isError).toBe(true);
    expect((content as { text: string }[])[0]!.text).toMatch(/page/);
  });

  it('is refused where a page would be computed for minutes again', async () => {
    const { isError, content } = await called({}, 'fit_much');
    expect(isError).toBe(true);
    expect((content as { text: string }[])[0]!.text).toContain('too long');
    expect((await called({ count: 2 }, 'fit_much')).isError).toBeFalsy();
  });
});
