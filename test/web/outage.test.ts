import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { test } from 'vitest';
import { withApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createTurns } from '../../src/turns.ts';
import { healthOf } from '../../src/web/health.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A database behind a line that can be cut and mended. */
async function lineTo(url: string) {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let whole = true;
  const server = createServer(from => {
    if (!whole) return from.destroy();
    const to = connect(Number(target.port), target.hostname);
    for (const socket of [from, to]) {
      sockets.add(socket);
      socket.on('error', () => {});
    }
    from.pipe(to).pipe(from);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String((server.address() as AddressInfo).port);
  return {
    url: through.href,
    cut() {
      whole = false;
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
    mend() {
      whole = true;
    },
  };
}

test.concurrent.for(['DATABASE_URL', 'WAREHOUSE_URL'])(
  'a server whose %s is cut off says so, and goes on when it is back',
  async (name, { expect }) => {
    const folder = temporaryFolder();
    const line = await lineTo(await freshDatabase());
    // The other store on a server too: a file would only take longer to make.
    const stores = { DATABASE_URL: await freshDatabase(), WAREHOUSE_URL: await freshDatabase() };
    const config = readConfig({ ...stores, [name]: line.url }, folder.path);
    await withApp(
      config,
      'test',
      () => new Date('2026-11-22T12:00:00Z'),
      async app => {
        await app.state();
        await app.warehouse();
        const health = (patienceMs?: number) => healthOf(app, createTurns(), [], patienceMs);
        expect(await health()).toMatchObject({ status: 'ok' });
        line.cut();
        expect(await health(500)).toMatchObject({ status: 'down', error: { message: expect.any(String) } });
        line.mend();
        await expect.poll(() => health(), { timeout: 60_000 }).toMatchObject({ status: 'ok' });
      },
    );
    folder.remove();
  },
);
