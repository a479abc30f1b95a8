import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { deliverFile } from '../../src/segmentation/deliver-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function folder(): string {
  const { path, remove } = temporaryFolder();
  onTestFinished(remove);
  return path;
}
const nothing = async () => {};

test('the file is there whole, for its owner alone, in a folder that is made', async () => {
  const file = join(folder(), 'lists', 'people.csv');
  const seen: string[] = [];
  const rows = await deliverFile(
    file,
    async path => {
      await writeFile(path, 'a\nb\n', { mode: 0o666 });
      expect(path.endsWith('/people.csv')).toBe(true);
      return 2;
    },
    async written => {
      seen.push(`${written} ${existsSync(file)}`);
    },
  );
  expect([rows, seen]).toEqual([2, ['2 false']]);
  expect(readFileSync(file, 'utf8')).toBe('a\nb\n');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(file, '..'))).toEqual(['people.csv']);
});

test('while it is written nobody else may read it', async () => {
  const file = join(folder(), 'people.csv');
  await deliverFile(
    file,
    async path => {
      await writeFile(path, 'half');
      expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
      expect(existsSync(file)).toBe(false);
    },
    nothing,
  );
});

test.each(['write', 'before'])(
  'where %s fails, what was there before stays, and nothing else',
  async step => {
    const file = join(folder(), 'people.csv');
    writeFileSync(file, 'old');
    const failure = new InputError('the disk is full', 'make room');
    const fail = async () => {
      throw failure;
    };
    const write = async (path: string) => {
      await writeFile(path, 'half');
      if (step === 'write') await fail();
    };
    await expect(deliverFile(file, write, step === 'before' ? fail : nothing)).rejects.toBe(failure);
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(join(file, '..'))).toEqual(['people.csv']);
  },
);

test('a folder is no place for it, which is said before anybody records that it was written', async () => {
  const file = join(folder(), 'people.csv');
  mkdirSync(file);
  const said: string[] = [];
  const delivered = deliverFile(
    file,
    path => writeFile(path, 'a'),
    async () => void said.push('written'),
  );
  await expect(delivered).rejects.toMatchObject({
    mender: 'asker',
    message: `${file} cannot be written: it is a folder.`,
  });
  expect(said).toEqual([]);
  expect(readdirSync(join(file, '..'))).toEqual(['people.csv']);
});

test('an older file is replaced, and its wider rights with it', async () => {
  const file = join(folder(), 'people.csv');
  writeFileSync(file, 'old');
  chmodSync(file, 0o644);
  await deliverFile(file, path => writeFile(path, 'new'), nothing);
  expect(readFileSync(file, 'utf8')).toBe('new');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a place that cannot hold the file is told', async () => {
  const path = folder();
  mkdirSync(join(path, 'people.csv'));
  writeFileSync(join(path, 'in the way'), '');
  for (const file of [join(path, 'people.csv'), join(path, 'in the way', 'people.csv')])
    await expect(deliverFile(file, to => writeFile(to, ''), nothing)).rejects.toMatchObject({
      mender: 'asker',
      message: expect.stringContaining(`${file} cannot be written`),
    });
  expect(readdirSync(path).sort()).toEqual(['in the way', 'people.csv']);
});

test('what a killed export left more than a day ago is removed, and nothing else', async () => {
  const path = folder();
  const [old, recent, other] = ['.kindred-export-aB3dE6', '.kindred-export-aB3dE7', '.kindred-backup'];
  const past = new Date(statSync(path).mtimeMs - 25 * 60 * 60 * 1000);
  for (const name of [old, recent, other]) {
    mkdirSync(join(path, name!));
    writeFileSync(join(path, name!, 'people.csv'), 'half');
    if (name !== recent) utimesSync(join(path, name!), past, past);
  }
  await deliverFile(join(path, 'people.csv'), to => writeFile(to, 'whole'));
  expect(readdirSync(path).sort()).toEqual([other, recent, 'people.csv']);
});
