import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeDemoShop } from '../../src/demo/demo-shop.ts';
import { startChild } from '../support/child.ts';
import { alike, writeCsv, writeOrders } from '../support/shop-files.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { folder, kindred } from '../support/terminal.ts';

const main = new URL('../../src/main.ts', import.meta.url);
const temporary = temporaryFolder();
const shop = temporary.file('shop');

beforeAll(async () => {
  await writeDemoShop(shop, { customers: 1500, seed: 7, asOf: '2026-11-01', months: 12 });
});

afterAll(temporary.remove);

interface Segmented {
  model: { fingerprint: string; segments: { key: string }[] };
}

/** The real command as a process of its own. */
function start(args: readonly string[], limit = 'true') {
  return startChild(main, args, `export KINDRED_THREADS=1 && ${limit}`);
}

/** Starts it and kills it as soon as it has said `when` on stderr. */
async function killedWhen(when: string, args: readonly string[]): Promise<number | NodeJS.Signals> {
  const child = start(args);
  child.process.stderr!.on('data', () => {
    if (child.stderr().includes(when)) child.process.kill('SIGKILL');
  });
  return child.ended;
}

describe('killed', () => {
  test('in mid-import: what was begun is not half there, and a second run completes it', async () => {
    const [clean, killed] = [await folder(), await folder()];
    await kindred(['import', shop, '--data', clean]);
    expect(await killedWhen('Importing orders.csv', ['import', shop, '--data', killed])).toBe('SIGKILL');
    const again = await kindred(['import', shop, '--data', killed, '--json']);
    expect(again.code).toBe(0);
    for (const file of again.json<{ files: Record<string, number>[] }>().files)
      expect(file.rowsIn).toBe(file.stored! + file.rejected! + file.alreadyThere!);
    const print = async (data: string) =>
      (await kindred(['segment', '--json', '--data', data])).json<Segmented>().model.fingerprint;
    expect(await print(killed)).toBe(await print(clean));
  });

  test('in mid-fit: the standing segments stay, and a second run gives the same model', async () => {
    const data = await folder();
    await kindred(['import', shop, '--data', data]);
    await kindred(['segment', '--force', '--k', '4', '--data', data]);
    const before = await kindred(['segments', '--json', '--data', data]);
    const fit = ['segment', '--force', '--k', '6', '--data', data];
    expect(await killedWhen('Reading what people buy', fit)).toBe('SIGKILL');
    expect((await kindred(['segments', '--json', '--data', data])).out).toBe(before.out);
    const first = (await kindred([...fit, '--json'])).json<Segmented>().model;
    const second = (await kindred([...fit, '--json'])).json<Segmented>().model;
    expect(second.fingerprint).toBe(first.fingerprint);
    expect(first.segments).toHaveLength(6);
  });
});

describe('the stores', () => {
  test('a data folder that another process owns is refused, and its owner named', async () => {
    const data = await folder();
    const holder = start(['import', join(shop, 'events.csv'), '--data', data]);
    try {
      // The lock is taken before the first stage is told.
      while (!existsSync(join(data, 'tmp'))) await new Promise(resolve => setTimeout(resolve, 20));
      holder.process.kill('SIGSTOP');
      const { code, err } = await kindred(['segments', '--data', data]);
      expect(code).toBe(1);
      expect(err).toContain(String(holder.process.pid));
      expect(err).toContain('kindred import');
    } finally {
      holder.process.kill('SIGKILL');
      await holder.ended;
    }
    expect((await kindred(['readiness', '--data', data])).code).toBe(0);
  });

  test('a full disk fails with what to do, and leaves what was stored', async () => {
    const data = await folder();
    await kindred(['import', join(shop, 'customers.csv'), join(shop, 'orders.csv'), '--data', data]);
    const before = await kindred(['readiness', '--json', '--data', data]);
    // No file may grow beyond this many blocks of 512 bytes; the signal is ignored, so that writes fail instead.
    const child = start(
      ['import', join(shop, 'events.csv'), '--data', data],
      "trap '' XFSZ && ulimit -f 9000",
    );
    expect(await child.ended).toBe(1);
    expect(child.stderr()).toMatch(/space/i);
    expect((await kindred(['readiness', '--json', '--data', data])).out).toBe(before.out);
    expect((await kindred(['import', join(shop, 'events.csv'), '--data', data])).code).toBe(0);
  });

  test.each(['WAREHOUSE_URL', 'DATABASE_URL'])(
    'an unreachable %s is named, its password never',
    async name => {
      const { code, err } = await kindred(['segment', '--data', await folder()], {
        [name]: 'postgres://kindred:hunter2@127.0.0.1:1/shop',
      });
      expect(code).toBe(1);
      expect(err).toContain('127.0.0.1');
      expect(err).not.toContain('hunter2');
    },
  );

  test('a data folder that is a file is refused', async () => {
    const file = join(await folder(), 'data');
    await writeFile(file, '');
    const { code, err } = await kindred(['segments', '--data', file]);
    expect(code).toBe(1);
    expect(err).toContain(file);
  });
});

describe('thin and odd data', () => {
  test('an empty folder', async () => {
    const empty = join(await folder(), 'empty');
    await mkdir(empty);
    const { code, err } = await kindred(['import', empty, '--data', await folder()]);
    expect(code).toBe(1);
    expect(err).toContain(empty);
  });

  test('no data at all', async () => {
    const data = await folder();
    expect((await kindred(['readiness', '--data', data])).out).toContain('no orders yet');
    const { code, err } = await kindred(['segment', '--data', data]);
    expect(code).toBe(1);
    expect(err).toContain('kindred import');
  });

  test('one customer: an RFM cell, and with --force the answer that there are no groups', async () => {
    const data = await folder();
    await writeOrders(join(data, 'in'), [{ customer: 'C1', at: '2026-03-01T09:00:00Z', total: 30 }]);
    await kindred(['import', join(data, 'in'), '--data', data]);
    const segmented = await kindred(['segment', '--data', data]);
    expect(segmented.code).toBe(0);
    expect(segmented.err).toContain('RFM');
    const forced = await kindred(['segment', '--force', '--data', data]);
    expect(forced.code).toBe(3);
    expect(forced.out).toContain('No stable groups here');
  });

  test('all customers alike', async () => {
    const data = await folder();
    await writeOrders(join(data, 'in'), alike(400));
    await kindred(['import', join(data, 'in'), '--data', data]);
    expect((await kindred(['segment', '--data', data])).code).toBe(0);
    const forced = await kindred(['segment', '--force', '--data', data]);
    expect(forced.code).toBe(3);
    // What stood before is still there.
    expect((await kindred(['segments', '--data', data])).code).toBe(0);
  });

  test('a column of NaN is as good as none', async () => {
    const data = await folder();
    const dir = await writeOrders(join(data, 'in'), alike(30));
    const tickets = Array.from({ length: 30 }, (_, i) => `T${i},C${i},2026-02-01T00:00:00Z,query,NaN`);
    await writeCsv(dir, 'tickets.csv', 'ticket_id,customer_id,opened_at,kind,csat', tickets);
    await kindred(['import', dir, '--data', data]);
    const { code, out } = await kindred(['segment', '--data', data, '--json']);
    expect(code).toBe(0);
    expect(out).not.toContain('NaN');
  });

  test('orders dated 1970 and 2090 are rejected with the date in the reason', async () => {
    const data = await folder();
    await writeOrders(join(data, 'in'), [
      ...alike(5),
      { customer: 'C1', at: '1970-01-01T00:00:00Z', total: 10 },
      { customer: 'C2', at: '2090-01-01T00:00:00Z', total: 10 },
    ]);
    const imported = await kindred(['import', join(data, 'in'), '--data', data, '--json']);
    expect(imported.json<{ files: { rejected: number }[] }>().files[0]!.rejected).toBe(2);
    const { out } = await kindred(['rejects', '--data', data]);
    expect(out).toContain('1970');
    expect(out).toContain('2090');
    const ready = await kindred(['readiness', '--data', data]);
    expect(ready.out).toContain('as of 2026-06-06');
  });
});
