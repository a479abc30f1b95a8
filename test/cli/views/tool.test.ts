import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { toolResultView, toolsView } from '../../../src/cli/views/tool.ts';
import { tools } from '../../../src/tools/registry.ts';
import { count, day, days, few, money, people, share } from '../../../src/tools/results/values.ts';
import { type Tool, tool } from '../../../src/tools/tool.ts';

const made: Tool = tool({
  name: 'show_things',
  title: 'Show things',
  description: 'Shows things.',
  input: z.object({}),
  output: z.object({
    asOf: day,
    currency: z.string().nullable(),
    customers: people,
    share: share.nullable(),
    revenuePerCustomer: money,
    ordersNext90Days: count,
    open: z.boolean(),
    words: z.array(z.string()),
    segments: z.array(z.object({ name: z.string(), customers: people, gap: days.nullable() })),
    each: z.array(z.object({ name: z.string(), notes: z.array(z.string()) })),
    byKind: z.record(z.string(), share),
    none: z.object({ inner: z.string() }).nullable(),
    empty: z.array(z.string()),
  }),
  effect: 'read',
  role: 'viewer',
  run: async () => {
    throw new Error('not called');
  },
});

const value = {
  asOf: '2026-11-01',
  currency: 'GBP',
  customers: 12_345,
  share: null,
  revenuePerCustomer: 48.2,
  ordersNext90Days: 1234,
  open: true,
  words: ['A short sentence.', 'One that is long enough to be broken into two lines at this width.'],
  segments: [
    { name: 'Loyal regulars', customers: 1234, gap: 24 },
    { name: 'Lost', customers: few, gap: null },
  ],
  each: [{ name: 'one', notes: ['a', 'b'] }],
  byKind: { cart: 0.62 },
  none: null,
  empty: [],
};

describe('the result of a tool', () => {
  it('is told in words, figures by their units, and tables where there is room', () => {
    expect(toolResultView(made, value, 48)).toBe(`as of: 2026-11-01
customers: 12,345
share: –
revenue per customer: £48.20
orders next 90 days: 1,234
open: yes
words:
  - A short sentence.
  - One that is long enough to be broken into
    two lines at this width.
segments:
  name                customers      gap
  Loyal regulars          1,234  24 days
  Lost            fewer than 10        –
each:
  - name: one
    notes:
      - a
      - b
by kind:
  cart: 62 %
none: –
empty: none
`);
  });

  it('keeps to the width', () => {
    for (const width of [40, 60, 100]) {
      const lines = toolResultView(made, value, width).split('\n');
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
    }
  });
});

it('the list of tools names each with what it answers', () => {
  const view = toolsView(tools, 100);
  for (const { name } of tools) expect(view).toContain(name);
  for (const line of view.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
});
