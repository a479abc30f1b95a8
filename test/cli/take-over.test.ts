import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { takeOver } from '../../src/cli/take-over.ts';
import { StoreHeld, type StoreServer } from '../../src/store-lock.ts';

/** What holders of the folder were asked, and how they answer. */
const asked: string[] = [];
let status = 200;
const holder = createServer((request, response) => {
  asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
  response.writeHead(status).end('{}');
});
let server: StoreServer;
beforeAll(async () => {
  await new Promise<void>(resolve => holder.listen(0, '127.0.0.1', resolve));
  server = { url: `http://127.0.0.1:${(holder.address() as AddressInfo).port}`, token: 'of-the-lock' };
});
afterAll(() => void holder.close());

const held = (by: StoreServer | null) => new StoreHeld('It is held.', 'Wait.', by);
/** Fails with one after the other, and succeeds then. */
function after(...errors: Error[]) {
  const tries = errors.values();
  return async () => {
    const { value } = tries.next();
    if (value) throw value;
    return 'taken';
  };
}

test('whoever holds the folder for a client is asked for it, and whoever takes it in between as well', async () => {
  asked.length = 0;
  let told = 0;
  const ending = { url: 'http://127.0.0.1:1', token: 'of-one-that-ended' };
  const take = after(held(null), held(server), held(null), held(ending), held(server));
  expect(await takeOver(take, () => told++)).toBe('taken');
  expect(asked).toEqual(Array(2).fill('POST /v1/hand-over Bearer of-the-lock'));
  expect(told).toBe(1);
});

test('a server keeps it, and is asked once', async () => {
  asked.length = 0;
  status = 404;
  const refused = held(server);
  await expect(takeOver(after(refused), () => {})).rejects.toBe(refused);
  expect(asked).toHaveLength(1);
});

test('what fails otherwise is not tried again', async () => {
  const broken = new Error('The disk is full.');
  await expect(takeOver(after(broken), () => {})).rejects.toBe(broken);
});
