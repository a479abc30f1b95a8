import { expect, test } from 'vitest';
import { idOfLine, readLine } from '../../../src/mcp/stdio/message.ts';

const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
const read = (value: unknown) => readLine(JSON.stringify(value));

test.each([
  ['a request', ping],
  ['a request with a text for its id', { ...ping, id: 'a' }],
  ['a request with what nobody knows', { ...ping, params: { x: 1 }, more: true }],
  ['a notification', { jsonrpc: '2.0', method: 'notifications/initialized' }],
  ['an answer', { jsonrpc: '2.0', id: 0, result: {} }],
  ['an error', { jsonrpc: '2.0', id: 1, error: { code: 1, message: 'no' } }],
  ['an error of nothing', { jsonrpc: '2.0', id: null, error: { code: 1, message: 'no' } }],
])('%s is taken as it is', (_, message) => {
  expect(read(message)).toEqual({ messages: [message], faults: [] });
});

test.each([
  ['no object', 7, null],
  ['no version', { id: 1, method: 'ping' }, 1],
  ['another version', { ...ping, jsonrpc: '1.0' }, 1],
  ['an id of nothing', { ...ping, id: null }, null],
  ['an id that is an object', { ...ping, id: {} }, null],
  ['parameters in a row', { ...ping, params: [1] }, 1],
  ['neither question nor answer', { jsonrpc: '2.0', id: 4 }, 4],
  ['two answers', { jsonrpc: '2.0', id: 4, result: {}, error: { code: 1, message: '' } }, 4],
  ['an empty batch', [], null],
])('%s is answered as no message, under its id where it has one', (_, value, id) => {
  const { messages, faults } = read(value);
  expect(messages).toEqual([]);
  expect(faults).toEqual([
    { jsonrpc: '2.0', id, error: { code: -32_600, message: 'This is no message of JSON-RPC 2.0.' } },
  ]);
});

test('what is not JSON is answered as that', () => {
  expect(readLine('{"jsonrpc":')).toEqual({
    messages: [],
    faults: [{ jsonrpc: '2.0', id: null, error: { code: -32_700, message: 'This line is not JSON.' } }],
  });
});

test('a batch is its messages, and what is none among them hides no other', () => {
  const { messages, faults } = read([ping, { id: 2 }, { ...ping, id: 3 }]);
  expect(messages).toEqual([ping, { ...ping, id: 3 }]);
  expect(faults).toMatchObject([{ id: 2 }]);
});

test('the id of a line is found wherever it stands', () => {
  expect(idOfLine(JSON.stringify({ method: 'x', params: { id: 9 }, jsonrpc: '2.0', id: 'q' }))).toBe('q');
  expect(idOfLine('{"id":')).toBeNull();
});
