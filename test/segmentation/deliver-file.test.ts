import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
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
