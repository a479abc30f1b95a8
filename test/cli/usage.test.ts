import { describe, expect, test } from 'vitest';
import { folder, kindred } from '../support/terminal.ts';

describe('usage', () => {
  test('--help explains the commands and ends with 0', async () => {
    const { code, out } = await kindred(['--help']);
    expect(code).toBe(0);
    for (const command of ['import', 'readiness', 'segment', 'segments', 'report', 'export', 'demo'])
      expect(out).toContain(`  ${command}`);
  });

  test.each([
    [['segmnt'], 'unknown command'],
    [['segment', '--k', 'many'], 'whole number'],
    [['segment', '--k', '1'], 'whole number'],
    [['segment', '--as-of', '2026-02-30'], 'YYYY-MM-DD'],
    [['segment', '--colour', 'blue'], 'unknown option'],
    [['export', 'everything', '--to', 'x.csv'], 'memberships, features, segments'],
    [['export', 'memberships'], '--to'],
    [['import'], 'missing required argument'],
    [['demo', 'x', '--customers', '0'], 'whole number'],
  ])('%j is wrong usage: exit code 2 and what to do', async (args, says) => {
    const { code, err, out } = await kindred(args);
    expect(code).toBe(2);
    expect(err).toContain(says);
    expect(err).toContain('--help');
    expect(out).toBe('');
  });

  test.each([
    [['segments']],
    [['segments', 'show', 'champions']],
    [['report']],
    [['export', 'segments', '--to', 'x.csv']],
  ])('%j before anything was segmented says what to do first', async args => {
    const { code, err } = await kindred([...args, '--data', await folder()]);
    expect(code).toBe(1);
    expect(err).toContain('There are no segments yet.');
    expect(err).toContain('kindred import');
  });

  test('a bad environment variable is named', async () => {
    const { code, err } = await kindred(['segments', '--data', await folder()], {
      DATABASE_URL: 'mysql://x',
    });
    expect(code).toBe(1);
    expect(err).toContain('DATABASE_URL');
  });
});
