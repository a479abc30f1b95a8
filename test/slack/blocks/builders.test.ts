import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actions, button, feedback } from '../../../src/slack/blocks/actions.ts';
import { card, carousel } from '../../../src/slack/blocks/cards.ts';
import {
  alert,
  container,
  context,
  divider,
  fields,
  header,
  image,
  section,
} from '../../../src/slack/blocks/layout.ts';
import { messagesOf } from '../../../src/slack/blocks/messages.ts';
import { dataTable } from '../../../src/slack/blocks/table.ts';
import { bold, mrkdwn, plainText } from '../../../src/slack/blocks/text.ts';
import { checkMessage, checkView } from '../../support/slack/block-kit/check.ts';
import { hostile } from './hostile.ts';

const problemsOf = (...blocks: Parameters<typeof messagesOf>[0]) =>
  messagesOf(blocks).flatMap(message => checkMessage({ text: 'Text', blocks: message }));

test('whatever text a builder is given, Slack takes what it makes', () => {
  fc.assert(
    fc.property(hostile, hostile, (text, other) => {
      const held = mrkdwn(text);
      const press = button({
        action: 'press',
        text,
        label: other,
        value: 'v',
        confirm: { title: text, text: held, confirm: text, deny: other, danger: true },
      });
      expect(
        problemsOf(
          header(text),
          section(held, press),
          section(`${bold(text)}\n${mrkdwn(other)}`),
          ...fields(Array.from({ length: 12 }, () => held)),
          context(held, mrkdwn(other)),
          divider(),
          alert(held, 'warning'),
          image({ fileId: 'F1', alt: text, title: other }),
          actions([press]),
          feedback('judge', { good: '1', bad: '1' }),
          card({ title: held, subtitle: mrkdwn(other), body: held, actions: [press] }),
          carousel([card({ title: held })]),
          ...container(text, [section(held), context(held)], { subtitle: other, collapsed: true }),
        ),
      ).toEqual([]);
      const view = {
        type: 'modal',
        title: plainText(text, 24),
        blocks: [header(text), section(held), alert(held), ...fields([held])],
      };
      expect(checkView(view)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('an ID or a value that does not fit is an error of ours, and never cut', () => {
  expect(() => button({ action: 'a', text: 't', value: 'x'.repeat(2001) })).toThrow(RangeError);
  expect(() => button({ action: '', text: 't' })).toThrow(RangeError);
});

test('what is more than a frame takes stands below a header', () => {
  const parts = Array.from({ length: 11 }, () => section('s'));
  expect(container('Evidence', parts)).toEqual([header('Evidence'), ...parts]);
  expect(container('Evidence', parts.slice(1))).toHaveLength(1);
  expect(container('Evidence', [])).toEqual([]);
});

describe('a table', () => {
  const columns = ['Segment', 'Customers'];

  test('has numbers that sort as numbers', () => {
    expect(
      dataTable({ caption: 'Segments', columns, rows: [['Regulars', { value: 1234, text: '1,234' }]] }),
    ).toEqual([
      {
        type: 'data_table',
        caption: 'Segments',
        page_size: 10,
        rows: [
          [
            { type: 'raw_text', text: 'Segment' },
            { type: 'raw_text', text: 'Customers' },
          ],
          [
            { type: 'raw_text', text: 'Regulars' },
            { type: 'raw_number', value: 1234, text: '1,234' },
          ],
        ],
      },
    ]);
  });

  test('says how much was left out', () => {
    const rows = Array.from({ length: 130 }, (_, i) => [`Row ${i}`, '1']);
    const [table, more] = dataTable({ caption: 'Rows', columns, rows });
    expect(table).toMatchObject({ rows: { length: 101 } });
    expect(more).toEqual(context('and 30 rows more'));
    const wide = Array.from({ length: 21 }, (_, i) => `C${i}`);
    expect(dataTable({ caption: 'Wide', columns: wide, rows: [[]] }).at(-1)).toEqual(
      context('and 1 column more'),
    );
  });

  test('is none where there is nothing to show', () => {
    expect(dataTable({ caption: 'None', columns, rows: [] })).toEqual([]);
    expect(dataTable({ caption: 'None', columns: [], rows: [['a']] })).toEqual([]);
  });

  test('is taken by Slack whatever it holds', () => {
    const cell = fc.oneof(hostile, fc.record({ value: fc.double(), text: hostile }));
    fc.assert(
      fc.property(
        hostile,
        fc.array(hostile, { minLength: 1, maxLength: 25 }),
        fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 40 }),
        (caption, heads, rows, times) => {
          const blocks = dataTable({
            caption,
            columns: heads,
            rows: Array.from({ length: times }, () => rows).flat(),
          });
          expect(problemsOf(...blocks)).toEqual([]);
          expect(blocks.length === 0).toBe(rows.length === 0);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('messages', () => {
  test('hold so many blocks, in their order', () => {
    const blocks = Array.from({ length: 120 }, (_, i) => section(`Block ${i}`));
    const messages = messagesOf(blocks);
    expect(messages.map(message => message.length)).toEqual([50, 50, 20]);
    expect(messages.flat()).toEqual(blocks);
    expect(messagesOf([])).toEqual([]);
  });

  test('begin with a header that stands over something, and with no small print of another', () => {
    const block = fc.oneof(
      fc.integer({ min: 1, max: 150 }).map(size => header('h'.repeat(size))),
      fc.integer({ min: 1, max: 3000 }).map(size => section('s'.repeat(size))),
      fc.integer({ min: 1, max: 1000 }).map(size => context('c'.repeat(size))),
      fc.integer({ min: 1, max: 60 }).map(
        rows =>
          dataTable({
            caption: 't',
            columns: ['h'],
            rows: Array.from({ length: rows }, () => ['x'.repeat(100)]),
          })[0]!,
      ),
      fc.constant(divider()),
    );
    fc.assert(
      fc.property(fc.array(block, { maxLength: 120 }), blocks => {
        const messages = messagesOf(blocks);
        expect(messages.flat()).toEqual(blocks);
        for (const [i, message] of messages.entries()) {
          expect(checkMessage({ text: 't', blocks: message })).toEqual([]);
          const next = messages[i + 1]?.[0];
          if (!next) continue;
          // A run of headers or small print longer than a message is cut where it must be.
          if (blocks.some(isLong(blocks))) continue;
          expect(message.at(-1)!.type).not.toBe('header');
          if (message.at(-1)!.type !== 'divider') expect(next.type).not.toBe('context');
        }
      }),
      { numRuns: 100 },
    );
  });
});

/** Whether a run of what belongs together begins here that no message holds. */
const isLong = (blocks: Parameters<typeof messagesOf>[0]) => (_: unknown, at: number) => {
  let size = 0;
  for (let i = at; i < blocks.length; i++) {
    if (i > at && blocks[i]!.type !== 'context' && blocks[i - 1]!.type !== 'header') break;
    size += JSON.stringify(blocks[i]).length;
    if (size > 9000) return true;
  }
  return false;
};
