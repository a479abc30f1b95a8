import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parsePrompt, readMcpPrompt, readPrompt } from '../../src/agent/prompts.ts';
import { OperatorError } from '../../src/errors.ts';

const head = [
  'id: naming',
  'version: 3',
  'purpose: Names: all of them.',
  'limits: 900 output tokens, 1 attempt',
];
const fileOf = (lines: readonly string[], text = 'Say it.\n\n---\nStill the text.\n') =>
  `---\n${lines.join('\n')}\n---\n${text}`;
const parse = (file: string) => parsePrompt(file, 'naming', 'prompts/naming.md');

describe('a prompt file', () => {
  test('says what it is for and how far it may go, then the text', () => {
    expect(parse(fileOf(head))).toEqual({
      id: 'naming',
      version: '3',
      purpose: 'Names: all of them.',
      limits: { maxTokens: 900, attempts: 1 },
      text: 'Say it.\n\n---\nStill the text.',
    });
  });

  test('reads the same with the line ends of Windows', () => {
    expect(parse(fileOf(head).replaceAll('\n', '\r\n'))).toEqual(parse(fileOf(head)));
  });

  const without = (key: string) => head.filter(line => !line.startsWith(key));
  test.each([
    ['no head', 'Say it.', /does not begin with lines/],
    ['no text', fileOf(head, '\n'), /has no text/],
    ['a line that is none', fileOf([...head, 'just words']), /"just words", which is not "key: value"/],
    ['a key twice', fileOf([...head, 'version: 4']), /says "version" twice/],
    ['an unknown key', fileOf([...head, 'model: big']), /wrong in its head.*model/],
    ['no purpose', fileOf(without('purpose')), /wrong in its head: purpose/],
    [
      'a version in words',
      fileOf([...without('version'), 'version: new']),
      /version: must be a whole number/,
    ],
    ['limits in other words', fileOf([...without('limits'), 'limits: many']), /limits: must read as/],
    [
      'a limit of nought',
      fileOf([...without('limits'), 'limits: 0 output tokens, 2 attempts']),
      /above nought/,
    ],
    ['the id of another', fileOf([...without('id'), 'id: drift']), /says that it is "drift"/],
  ])('with %s is refused with what is wrong', (_, file, message) => {
    expect(() => parse(file)).toThrow(OperatorError);
    expect(() => parse(file)).toThrow(message);
  });

  test('that is missing is the operator’s to mend', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'prompts-'));
    try {
      writeFileSync(join(folder, 'naming.md'), fileOf(head));
      expect((await readPrompt('naming', folder)).version).toBe('3');
      await expect(readPrompt('drift', folder)).rejects.toThrow(OperatorError);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

const folder = new URL('../../prompts/', import.meta.url);
const files = readdirSync(folder).filter(name => name !== 'mcp');
test.each(files)('%s of the package can be read', async name => {
  expect(name).toMatch(/\.md$/);
  expect((await readPrompt(name.replace(/\.md$/, ''))).text).not.toBe('');
});

test.each(readdirSync(new URL('mcp', folder)))('mcp/%s of the package can be read', async name => {
  expect(name).toMatch(/\.md$/);
  expect((await readMcpPrompt(name.replace(/\.md$/, ''))).text).not.toBe('');
});
