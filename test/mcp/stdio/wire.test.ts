import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { Message } from '../../../src/mcp/stdio/message.ts';
import { lineWire } from '../../../src/mcp/stdio/wire.ts';

const settled = () => new Promise(resolve => setImmediate(resolve));

test('a client that does not read is not listened to until it does', async () => {
  const [input, output] = [new PassThrough(), new PassThrough({ highWaterMark: 1000 })];
  const heard: Message[] = [];
  const wire = lineWire(input, output, text => output.write(text), {
    message(message) {
      heard.push(message);
      wire.send({ jsonrpc: '2.0', id: heard.length, result: { text: 'x'.repeat(900) } });
    },
    ended: () => {},
    broken: () => {},
  });
  for (let id = 1; id <= 10; id++) {
    input.write(`${JSON.stringify({ jsonrpc: '2.0', id, method: 'ping' })}\n`);
    await settled();
  }
  expect(heard.length).toBeLessThan(4);
  let read = '';
  output.setEncoding('utf8').on('data', text => {
    read += text;
  });
  await expect.poll(() => heard.length).toBe(10);
  await expect.poll(() => read.split('\n').length - 1).toBe(10);
  wire.close();
});

test('what came before the end is heard, and the end is told once', async () => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const told: string[] = [];
  lineWire(input, output, text => output.write(text), {
    message: message => told.push('method' in message ? message.method : 'answer'),
    ended: () => told.push('ended'),
    broken: () => told.push('broken'),
  });
  input.end('{"jsonrpc":"2.0","id":1,"method":"ping"}');
  await expect.poll(() => told).toEqual(['ping', 'ended']);
  await settled();
  expect(told).toEqual(['ping', 'ended']);
});
