import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ToolCall } from '../../../src/agent/loop/loop.ts';
import type { ChartData } from '../../../src/charts/chart-data.ts';
import { answerExtras } from '../../../src/slack/views/answer-extras.ts';
import { answerText } from '../../../src/slack/views/answer-text.ts';
import { segmentTable } from '../../../src/slack/views/segment-table.ts';
import { runTool } from '../../../src/tools/run-tool.ts';
import { type LivedShop, livedShop } from '../../segmentation/refresh/lived-shop.ts';
import { checkMessage } from '../../support/slack/block-kit/check.ts';
import { madeContext } from '../../tools/made-context.ts';

let shop: LivedShop;
let keys: string[];
beforeAll(async () => {
  shop = await livedShop({ customers: 110, ahead: 2 });
  await shop.refresh(1);
  keys = (await shop.context.state.models.current())!.segments.map(({ key }) => key);
}, 60_000);
afterAll(() => shop.close());

async function called(name: string, input: Record<string, unknown> = {}): Promise<ToolCall> {
  const { output } = await runTool(madeContext(shop.context), name, input);
  return { name, input, output, error: null };
}

/** What stands under an answer that rests on these calls. */
async function under(question: string, calls: ToolCall[], role: 'viewer' | 'analyst' = 'analyst') {
  const extras = answerExtras({ calls, reply: 3, sources: [], author: 'model' }, { question, role });
  expect(checkMessage({ text: 'x', blocks: [...extras.shown, ...extras.ending] })).toEqual([]);
  return { ...extras, types: extras.shown.map(({ type }) => type), all: JSON.stringify(extras.shown) };
}

const someMove = {
  from: 'Regulars',
  fromKey: 'regulars',
  to: 'Gone',
  toKey: 'gone',
  customers: 40,
  revenueLastYear: 1200,
};

describe('under an answer', () => {
  it('stands what it is most about, by the words of the question, else what was looked up last', async () => {
    const [list, moves, drift] = [
      await called('list_segments'),
      await called('show_moves'),
      await called('show_drift'),
    ];
    expect((await under('Who are our segments?', [list])).picture).toBe('sizes');
    expect((await under('Which segments are alike?', [list])).picture).toBe('map');
    // Nobody moved in this shop: of that there is no picture.
    expect((await under('Who moved, and what changed?', [list, moves, drift])).picture).toBeNull();
    const moved = { ...moves, output: { ...Object(moves.output), moves: [someMove] } };
    expect((await under('Who moved, and what changed?', [list, moved, drift])).picture).toBe('moves');
    expect((await under('How are things?', [moves, drift, list])).picture).toBe('sizes');
    const { types, all } = await under('How large are the segments?', [list]);
    expect(types).toEqual(['data_table']);
    for (const key of keys) expect(all).not.toContain(key);
  });

  it('stands the chart that the model chose', async () => {
    const chart = await called('show_chart', { chart: 'map' });
    const { picture } = await under('Who moved?', [await called('show_moves'), chart]);
    expect((picture as ChartData).chart).toBe('map');
  });

  it('stands one segment as a card, several side by side, and each once', async () => {
    const [one, other] = [
      await called('show_segment', { segment: keys[0] }),
      await called('show_segment', { segment: keys[1] }),
    ];
    expect((await under('Tell me', [one, one])).types).toContain('actions');
    expect((await under('Tell me', [one, other, one])).types).toEqual(['carousel']);
  });

  it('stands an audience with its list for those who may have it, and where its members stand', async () => {
    const audience = await called('build_audience', { filter: { field: 'orders', atLeast: 1 } });
    const seen = await under('Who ordered?', [audience], 'analyst');
    expect(seen.all).toContain('Export for me');
    const { chart, segments, alt } = seen.picture as ChartData;
    expect(chart).toBe('sizes');
    for (const { name, customers } of segments) expect(alt).toContain(`${name} ${customers}`);
    expect((await under('Who ordered?', [audience], 'viewer')).all).not.toContain('Export');
  });

  it('stands nothing of a call that failed, or of which nothing is known', async () => {
    const failed = { name: 'show_moves', input: {}, output: null, error: 'No.' };
    const odd = { name: 'show_moves', input: {}, output: { moves: 'none' }, error: null };
    const { shown, picture } = await under('Who moved?', [failed, odd]);
    expect({ shown, picture }).toEqual({ shown: [], picture: null });
  });

  it('offers no evidence and no verdict where the answer could not be kept', () => {
    const { ending } = answerExtras(
      { calls: [], reply: null, sources: [], author: 'model' },
      { question: 'x', role: 'approver' },
    );
    expect(ending).toEqual([]);
  });
});

describe('a table', () => {
  it('says of a few that they are few, also in cells, and holds keys nowhere', () => {
    const [table] = segmentTable({
      asOf: '2026-11-01',
      currency: 'GBP',
      segments: [
        {
          name: 'Champions',
          customers: 120,
          share: 0.3,
          revenueShare: 0.6,
          trend: 'growing',
          valueAtRisk: 1200,
        },
        {
          name: 'Rare',
          customers: 'fewer than 10',
          share: null,
          revenueShare: null,
          trend: null,
          valueAtRisk: null,
        },
      ],
    }) as unknown as [{ rows: { type: string; text: string; value?: number }[][] }];
    expect(table.rows.map(row => row.map(({ text }) => text))).toEqual([
      ['Segment', 'Customers', 'Share', 'Share of revenue', 'Trend', 'Value at risk'],
      ['Champions', '120', '30 %', '60 %', '↗ growing', '£1.2k'],
      ['Rare', 'fewer than 10', '–', '–', '–', '–'],
    ]);
    expect(table.rows[1]![1]).toMatchObject({ type: 'raw_number', value: 120 });
  });
});

describe('an answer that was found without a model', () => {
  it('says dates as people do, and no next step of a terminal', () => {
    expect(
      answerText(
        'As of 2026-11-01.\n\n**Next:** For **A**: write to them. And `kindred moves` lists them all.',
      ),
    ).toBe('As of 1 November 2026.\n\n**Next:** For **A**: write to them.');
    expect(answerText('Text.\n\n**Next:** `kindred drift` says it.')).toBe('Text.');
    expect(answerText('1. `kindred recluster` finds the segments anew.')).toBe(
      '1. Ask whoever runs Kindred to find the segments anew.',
    );
  });
});
