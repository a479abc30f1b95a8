import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../browser.ts';
import { checkMessage, checkView } from './block-kit/check.ts';
import { pageOf, pictureOf } from './page.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text, verbatim: true });
const section = (text: string) => ({ type: 'section', text: mrkdwn(text) });
const hostile = '<img src=x onerror="window.came=1"><script>window.came=1</script>';

const button = (id: string, more: object = {}) => ({
  type: 'button',
  action_id: id,
  text: plain(`Press ${hostile}`.slice(0, 75)),
  ...more,
});
const rich = (...elements: object[]) => ({ type: 'rich_text', elements });
const said = (text: string, style?: object) => ({ type: 'text', text, ...(style && { style }) });

/** Of every type that is used, with a name in each that would rather be markup. */
const every = [
  { type: 'header', text: plain(hostile) },
  section(`*bold* _it_ ~gone~ \`code\` ${escapedFor(hostile)}\n> quoted\n\`\`\`pre\`\`\``),
  { type: 'section', fields: [mrkdwn('*A*\n1'), plain(hostile)], accessory: button('accessory') },
  {
    type: 'context',
    elements: [mrkdwn('As of <!date^1795365000^{date_short_pretty} at {time}|x>'), plain('x')],
  },
  { type: 'divider' },
  {
    type: 'actions',
    elements: [
      button('primary', { style: 'primary' }),
      button('danger', { style: 'danger' }),
      {
        type: 'overflow',
        action_id: 'more',
        options: [
          { text: plain('a'), value: 'a' },
          { text: plain('b'), value: 'b' },
        ],
      },
    ],
  },
  {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: 'f',
        positive_button: { text: plain('Good'), value: 'g' },
        negative_button: { text: plain('Bad'), value: 'b' },
      },
    ],
  },
  { type: 'image', slack_file: { id: 'F1' }, alt_text: hostile, title: plain('Sizes') },
  { type: 'image', slack_file: { id: 'F2' }, alt_text: hostile },
  {
    type: 'markdown',
    text: `## Head\n\n**bold** *it* \\*plain\\* \`code\`\n\n- one\n  - two\n\n1. first\n\n> quoted\n\n| a | n |\n| --- | ---: |\n| x\\|y | 10 |\n\n---\n\n${escapedFor(hostile)}`,
  },
  {
    type: 'data_table',
    caption: hostile,
    page_size: 1,
    rows: [
      [
        { type: 'raw_text', text: 'Segment' },
        { type: 'raw_text', text: 'Customers' },
      ],
      [
        { type: 'raw_text', text: hostile },
        { type: 'raw_number', value: 1234, text: '1,234' },
      ],
      [
        { type: 'raw_text', text: 'Others' },
        { type: 'raw_number', value: 5, text: '5' },
      ],
    ],
  },
  {
    type: 'card',
    title: mrkdwn('*Card*'),
    subtitle: mrkdwn('sub'),
    body: plain(hostile),
    actions: [button('c')],
  },
  { type: 'carousel', elements: [{ type: 'card', title: plain(hostile) }] },
  { type: 'container', title: plain(hostile), is_collapsible: true, child_blocks: [section('inside')] },
  rich(
    { type: 'rich_text_section', elements: [said(hostile), said('strong', { bold: true, italic: true })] },
    {
      type: 'rich_text_list',
      style: 'bullet',
      elements: [{ type: 'rich_text_section', elements: [said('item')] }],
    },
    { type: 'rich_text_quote', elements: [said(hostile)] },
    { type: 'rich_text_preformatted', elements: [said(hostile)] },
  ),
  {
    type: 'plan',
    title: hostile,
    tasks: [
      { type: 'task_card', task_id: '1', title: hostile, status: 'complete' },
      {
        type: 'task_card',
        task_id: '2',
        title: 'Looking',
        status: 'in_progress',
        details: rich({ type: 'rich_text_section', elements: [said('detail')] }),
      },
    ],
  },
];
const modal = {
  type: 'modal' as const,
  title: plain('<b>Reject'),
  submit: plain('Send'),
  blocks: [
    {
      type: 'input',
      label: plain(hostile),
      hint: plain('Why'),
      optional: true,
      element: { type: 'plain_text_input', multiline: true, placeholder: plain(hostile.slice(0, 100)) },
    },
    { type: 'alert', level: 'warning', text: plain(hostile) },
  ],
};
const home = { type: 'home' as const, blocks: [{ type: 'header', text: plain(hostile) }] };

function escapedFor(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const shown = [
  { user: 'U1', text: `Hello ${escapedFor(hostile)}`, ts: '1795365000.000100' },
  { blocks: every, ts: '1795365060.000100', thread_ts: '1795365000.000100', ephemeral: 'U1' },
  modal,
  home,
];
const options = {
  fileOf: (id: string) => (id === 'F1' ? png : undefined),
  names: { U1: hostile },
  now: new Date('2026-11-22T18:00:00Z'),
};
const page = pageOf(shown, options);

test('what it shows is what Slack takes', () => {
  expect(checkMessage({ text: 't', blocks: every })).toEqual([]);
  expect(checkView(modal)).toEqual([]);
  expect(checkView(home)).toEqual([]);
});

describe('a page', () => {
  test('shows every type of block', () => {
    expect(page).not.toContain('class="unknown"');
    expect(page).toContain('<b>bold</b> <i>it</i> <s>gone</s> <code>code</code>');
    expect(page).toContain('<span class="date">today at 4:30 PM</span>');
    expect(page).toContain('<td class="number">1,234</td>');
    expect(page).toContain('1–1 of 2');
    expect(page).toContain('src="data:image/png;base64,');
    expect(page).toContain('<li>one</li><ul><li>two</li></ul>');
    expect(page).toContain('*plain*');
    expect(page).toContain('Only visible to you');
  });

  test('shows what is alive, so that it is seen', () => {
    const alive = pageOf([
      {
        blocks: [
          {
            type: 'section',
            text: {
              type: 'mrkdwn',
              text: '<!channel> <@U9> <https://e.example|Pay> :tada: https://f.example',
            },
          },
        ],
      },
      { blocks: [{ type: 'markdown', text: '<!here> [Pay](https://e.example)' }] },
    ]);
    expect(alive.match(/class="mention loud"/g)).toHaveLength(2);
    expect(alive.match(/class="mention"/g)).toHaveLength(1);
    expect(alive.match(/<a[ >]/g)).toHaveLength(3);
    expect(alive).toContain('class="emoji-name"');
  });

  test('escapes everything', () => {
    expect(page).not.toMatch(/<img src=x|<script/);
  });
});

describe('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  test.each([720, 390])('nothing comes alive, and nothing stands out at a width of %d', async width => {
    const tab = await browser.newPage({ viewport: { width, height: 600 } });
    await tab.setContent(page);
    expect(await tab.evaluate('window.came')).toBeUndefined();
    expect(await tab.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await tab.close();
  });

  test('gives a picture, light and dark', async () => {
    for (const theme of ['light', 'dark'] as const) {
      const picture = await pictureOf(browser, pageOf(shown, { ...options, theme }), { width: 390 });
      expect(picture.subarray(1, 4).toString()).toBe('PNG');
    }
  });
});
