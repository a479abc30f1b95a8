import { describe, expect, test } from 'vitest';
import { checkChunks, checkMessage, checkView } from './check.ts';

const long = (length: number) => 'x'.repeat(length);
const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const times = <T>(number: number, make: (i: number) => T): T[] =>
  Array.from({ length: number }, (_, i) => make(i));
const button = (more: object = {}) => ({ type: 'button', action_id: 'a', text: plain('Press'), ...more });
const actions = (...elements: unknown[]) => ({ type: 'actions', elements });
const confirm = (more: object) =>
  actions(
    button({
      confirm: { title: plain('t'), text: mrkdwn('t'), confirm: plain('y'), deny: plain('n'), ...more },
    }),
  );
const option = (more: object = {}) => ({ text: plain('o'), value: 'v', ...more });
const menu = (options: unknown[]) => actions({ type: 'overflow', action_id: 'm', options });
const card = (more: object) => ({ type: 'card', title: mrkdwn('t'), ...more });
const image = (more: object) => ({ type: 'image', slack_file: { id: 'F1' }, alt_text: 'a', ...more });
const cell = (text: string) => ({ type: 'raw_text', text });
const table = (rows: unknown[][], more: object = {}) => ({
  type: 'data_table',
  caption: 'c',
  rows,
  ...more,
});
const rows = (number: number, width: number) => times(number, () => times(width, () => cell('x')));
const section = (more: object = {}) => ({ type: 'section', text: mrkdwn('t'), ...more });
const feedback = (good: object) => ({
  type: 'context_actions',
  elements: [
    {
      type: 'feedback_buttons',
      action_id: 'f',
      positive_button: { text: plain('Good'), value: 'g', ...good },
      negative_button: { text: plain('Bad'), value: 'b' },
    },
  ],
});
const container = (more: object) => ({
  type: 'container',
  title: plain('t'),
  child_blocks: [section()],
  ...more,
});

/** A block at a limit and the same one beyond it, and what is said of that one. */
const atLimits: [what: string, block: (size: number) => object, limit: number, problem: string][] = [
  ['header', n => ({ type: 'header', text: plain(long(n)) }), 150, '/text/text'],
  ['section', n => section({ text: mrkdwn(long(n)) }), 3000, '/text/text'],
  ['field', n => section({ fields: [mrkdwn(long(n))] }), 2000, '/fields/0/text'],
  ['fields', n => section({ fields: times(n, () => plain('f')) }), 10, '/fields'],
  ['context', n => ({ type: 'context', elements: times(n, () => mrkdwn('c')) }), 10, '/elements'],
  ['context text', n => ({ type: 'context', elements: [mrkdwn(long(n))] }), 3000, '/elements/0/text'],
  ['actions', n => actions(...times(n, i => button({ action_id: `a${i}` }))), 25, '/elements'],
  ['button', n => actions(button({ text: plain(long(n)) })), 75, '/elements/0/text/text'],
  ['value', n => actions(button({ value: long(n) })), 2000, '/elements/0/value'],
  ['url', n => actions(button({ url: long(n) })), 3000, '/elements/0/url'],
  ['label', n => actions(button({ accessibility_label: long(n) })), 75, '/elements/0/accessibility_label'],
  ['action_id', n => actions(button({ action_id: long(n) })), 255, '/elements/0/action_id'],
  ['block_id', n => section({ block_id: long(n) }), 255, '/block_id'],
  ['confirm title', n => confirm({ title: plain(long(n)) }), 100, '/elements/0/confirm/title/text'],
  ['confirm text', n => confirm({ text: plain(long(n)) }), 300, '/elements/0/confirm/text/text'],
  ['confirm yes', n => confirm({ confirm: plain(long(n)) }), 30, '/elements/0/confirm/confirm/text'],
  ['confirm no', n => confirm({ deny: plain(long(n)) }), 30, '/elements/0/confirm/deny/text'],
  ['menu', n => menu(times(n, i => option({ value: `${i}` }))), 5, '/elements/0/options'],
  ['option', n => menu([option({ text: plain(long(n)) }), option()]), 75, '/elements/0/options/0/text/text'],
  ['option value', n => menu([option({ value: long(n) }), option()]), 150, '/elements/0/options/0/value'],
  ['card title', n => card({ title: mrkdwn(long(n)) }), 150, '/title/text'],
  ['card subtitle', n => card({ subtitle: mrkdwn(long(n)) }), 150, '/subtitle/text'],
  ['card body', n => card({ body: mrkdwn(long(n)) }), 200, '/body/text'],
  ['card actions', n => card({ actions: times(n, i => button({ action_id: `a${i}` })) }), 3, '/actions'],
  ['carousel', n => ({ type: 'carousel', elements: times(n, () => card({})) }), 10, '/elements'],
  ['alt text', n => image({ alt_text: long(n) }), 2000, '/alt_text'],
  ['image title', n => image({ title: plain(long(n)) }), 2000, '/title/text'],
  ['container title', n => container({ title: plain(long(n)) }), 150, '/title/text'],
  ['container', n => container({ child_blocks: times(n, () => section()) }), 10, '/child_blocks'],
  ['table rows', n => table(rows(n, 1)), 101, '/rows'],
  ['table page', n => table(rows(2, 1), { page_size: n }), 100, '/page_size'],
  ['feedback', n => feedback({ value: long(n) }), 2000, '/elements/0/positive_button/value'],
  [
    'feedback label',
    n => feedback({ accessibility_label: long(n) }),
    75,
    '/elements/0/positive_button/accessibility_label',
  ],
];

describe('blocks of a message', () => {
  const check = (...blocks: unknown[]) => checkMessage({ text: 't', blocks });

  test.each(atLimits)('%s: takes its limit and refuses one more', (_, block, limit, at) => {
    expect(check(block(limit))).toEqual([]);
    expect(check(block(limit + 1)).some(problem => problem.endsWith(`[json-pointer:/blocks/0${at}]`))).toBe(
      true,
    );
  });

  test('says what Slack says', () => {
    expect(check({ type: 'header', text: plain(long(151)) })).toEqual([
      'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
    ]);
    expect(check({ type: 'header' })).toEqual(['missing required field: text [json-pointer:/blocks/0/text]']);
    expect(check({ type: 'shout' })).toEqual(['unsupported type [json-pointer:/blocks/0/type]']);
    expect(check(...times(51, () => ({ type: 'divider' })))).toEqual([
      'no more than 50 items allowed [json-pointer:/blocks]',
    ]);
  });

  test.each<[what: string, block: object]>([
    ['a blank header', { type: 'header', text: plain('') }],
    ['mrkdwn in a header', { type: 'header', text: mrkdwn('t') }],
    ['an unknown field', { type: 'divider', colour: 'red' }],
    ['a section of nothing', { type: 'section' }],
    ['no fields', section({ fields: [] })],
    ['no buttons', actions()],
    ['a button without text', actions({ type: 'button', action_id: 'a' })],
    ['an unknown style', actions(button({ style: 'blue' }))],
    ['a menu of one', menu([option()])],
    ['a confirmation without text', confirm({ text: undefined })],
    ['a picture without words', { type: 'image', slack_file: { id: 'F1' } }],
    ['a picture from nowhere', { type: 'image', alt_text: 'a' }],
    ['a picture from two places', image({ image_url: 'https://example.com/a.png' })],
    ['a file by ID and URL', image({ slack_file: { id: 'F1', url: 'u' } })],
    ['a card of nothing', { type: 'card', subtitle: mrkdwn('t') }],
    ['no cards', { type: 'carousel', elements: [] }],
    ['an alert in a message', { type: 'alert', text: mrkdwn('t') }],
    ['a frame without title', container({ title: undefined })],
    ['a table in a frame', container({ child_blocks: [table(rows(2, 1))] })],
    ['what is folded and cannot be', container({ default_collapsed: true })],
    ['a table without caption', { type: 'data_table', rows: rows(2, 1) }],
    ['a table without rows', table(rows(1, 2))],
    ['a table too wide', table(rows(2, 21))],
    ['a ragged table', table([[cell('a'), cell('b')], [cell('c')]])],
    ['a number as a head', table([[{ type: 'raw_number', value: 1, text: '1' }], [cell('c')]])],
    ['a blank cell', table([[cell('a')], [cell('')]])],
    ['a number that is none', table([[cell('a')], [{ type: 'raw_number', value: Number.NaN, text: '1' }]])],
    ['a page of none', table(rows(2, 1), { page_size: 0 })],
    ['blank Markdown', { type: 'markdown', text: '' }],
    ['rich text of nothing', { type: 'rich_text', elements: [] }],
    ['an e-mail input', { type: 'input', label: plain('l'), element: { type: 'email_text_input' } }],
  ])('refuses %s', (_, block) => {
    expect(check(block)).not.toEqual([]);
  });

  test('takes one ID once in its place', () => {
    expect(check(section({ block_id: 'b' }), section({ block_id: 'b' }))).toEqual([
      'block_id "b" already exists [json-pointer:/blocks]',
    ]);
    expect(check(actions(button(), button()))).toEqual([
      'action_id "a" already exists [json-pointer:/blocks/0]',
    ]);
    expect(check(actions(button()), actions(button()))).toEqual([]);
  });

  test('counts over all blocks', () => {
    const markdown = (length: number) => ({ type: 'markdown', text: long(length) });
    expect(check(markdown(6000), markdown(6000))).toEqual([]);
    expect(check(markdown(6000), markdown(6001))).toEqual([
      'must be less than 12001 characters in all markdown blocks [json-pointer:/blocks]',
    ]);
    const wide = (length: number) => table([[cell('h')], [cell(long(length - 1))]]);
    expect(check(wide(5000), wide(5000))).toEqual([]);
    expect(check(wide(5000), wide(5001))).toEqual([
      'must be less than 10001 characters in all cells of tables [json-pointer:/blocks]',
    ]);
    expect(check(...times(5, () => section({ text: mrkdwn(long(2500)) })))).toEqual([]);
    expect(check(...times(5, () => section({ text: mrkdwn(long(2700)) })))).toEqual(['msg_blocks_too_long']);
  });

  test('wants words beside the blocks', () => {
    expect(checkMessage({})).toEqual(['no_text']);
    expect(checkMessage({ text: 'Hello' })).toEqual([]);
    expect(checkMessage({ blocks: [section()] })).toHaveLength(1);
    expect(checkMessage({ text: long(40_001) })).toHaveLength(1);
  });
});

describe('views', () => {
  const modal = (more: object = {}) => ({ type: 'modal', title: plain('t'), blocks: [section()], ...more });
  const input = {
    type: 'input',
    block_id: 'i',
    label: plain('l'),
    element: { type: 'plain_text_input', action_id: 'a', max_length: 3000 },
  };

  test.each<[what: string, view: (size: number) => object, limit: number]>([
    ['title', n => modal({ title: plain(long(n)) }), 24],
    ['submit', n => modal({ submit: plain(long(n)) }), 24],
    ['close', n => modal({ close: plain(long(n)) }), 24],
    ['callback_id', n => modal({ callback_id: long(n) }), 255],
    ['private_metadata', n => modal({ private_metadata: long(n) }), 3000],
    ['blocks', n => modal({ blocks: times(n, () => section()) }), 100],
    ['blocks of a home', n => ({ type: 'home', blocks: times(n, () => section()) }), 100],
    [
      'answer',
      n =>
        modal({
          submit: plain('s'),
          blocks: [{ ...input, element: { type: 'plain_text_input', max_length: n } }],
        }),
      3000,
    ],
  ])('%s: takes its limit and refuses one more', (_, view, limit) => {
    expect(checkView(view(limit))).toEqual([]);
    expect(checkView(view(limit + 1))).toHaveLength(1);
  });

  test('wants a button to submit what is asked', () => {
    expect(checkView(modal({ blocks: [input], submit: plain('Send') }))).toEqual([]);
    expect(checkView(modal({ blocks: [input] }))).toEqual([
      'must define submit to use an input block in modals [json-pointer:/view]',
    ]);
  });

  test.each([
    ['a table on a home', { type: 'home', blocks: [table(rows(2, 1))] }],
    ['a table in a modal', modal({ blocks: [table(rows(2, 1))] })],
    ['Markdown on a home', { type: 'home', blocks: [{ type: 'markdown', text: 't' }] }],
    ['a card in a modal', modal({ blocks: [card({})] })],
    ['feedback on a home', { type: 'home', blocks: [feedback({})] }],
    ['a frame on a home', { type: 'home', blocks: [container({})] }],
    ['a home with a title', { type: 'home', title: plain('t'), blocks: [] }],
    ['a modal without title', { type: 'modal', blocks: [] }],
    ['no view', {}],
  ])('refuses %s', (_, view) => {
    expect(checkView(view)).not.toEqual([]);
  });

  test('takes cards on a home and an alert in a modal', () => {
    expect(checkView({ type: 'home', blocks: [card({})] })).toEqual([]);
    expect(checkView(modal({ blocks: [{ type: 'alert', text: mrkdwn('t'), level: 'warning' }] }))).toEqual(
      [],
    );
  });
});

describe('chunks of a stream', () => {
  const task = (more: object = {}) => ({
    type: 'task_update',
    id: '1',
    title: 't',
    status: 'complete',
    ...more,
  });

  test('takes text, tasks, a plan and blocks', () => {
    const chunks = [
      { type: 'markdown_text', text: long(12_000) },
      task({ details: 'd' }),
      { type: 'plan_update', title: 'p' },
      { type: 'blocks', blocks: [section()] },
    ];
    expect(checkChunks(chunks)).toEqual([]);
  });

  test.each([
    ['nothing', []],
    ['a text too long', [{ type: 'markdown_text', text: long(12_001) }]],
    ['an unknown status', [task({ status: 'done' })]],
    ['a task without id', [task({ id: undefined })]],
    ['a block that is none', [{ type: 'blocks', blocks: [{ type: 'shout' }] }]],
    ['too many blocks', [{ type: 'blocks', blocks: times(51, () => section()) }]],
    ['an unknown chunk', [{ type: 'shout', text: 't' }]],
  ])('refuses %s', (_, chunks) => {
    expect(checkChunks(chunks)).not.toEqual([]);
  });
});
