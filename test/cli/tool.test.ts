import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { registerTools } from '../../src/cli/commands/tool.ts';
import type { CommandContext } from '../../src/cli/context.ts';
import { InputError } from '../../src/errors.ts';
import { tools } from '../../src/tools/registry.ts';
import { folder } from '../support/terminal.ts';

/** The commands by themselves, over a data folder. */
async function call(args: readonly string[], input = ''): Promise<string> {
  let out = '';
  const context: CommandContext = {
    terminal: {
      env: { KINDRED_THREADS: '1' },
      cwd: process.cwd(),
      user: 'ada',
      now: () => new Date('2026-11-22T12:00:00Z'),
      out: text => {
        out += text;
      },
      input: async () => input,
      err: () => {},
      interactive: false,
      columns: 120,
    },
    args,
    exit: () => {},
    run: async () => 0,
  };
  const program = new Command('kindred').exitOverride();
  registerTools(program, context);
  await program.parseAsync([...args], { from: 'user' });
  return out;
}

describe('kindred tools', () => {
  it('lists every tool, and as JSON what a model reads of each', async () => {
    expect(await call(['tools'])).toContain('shop_overview');
    const listed = JSON.parse(await call(['tools', '--json'])) as { name: string; input: { type: string } }[];
    expect(listed.map(({ name }) => name)).toEqual(tools.map(({ name }) => name));
    for (const { input } of listed) expect(input.type).toBe('object');
  });
});

describe('kindred tool', () => {
  it('calls one, in text and as JSON', async () => {
    const data = ['--data', await folder()];
    expect(await call(['tool', 'shop_overview', ...data])).toContain('customers: fewer than 10\n');
    const told = JSON.parse(await call(['tool', 'shop_overview', '--json', ...data]));
    expect(told).toMatchObject({ asOf: null, customers: 'fewer than 10', segments: null });
  });

  it('takes its input as it is, from a file and from standard input', async () => {
    const data = await folder();
    const said = JSON.stringify({ segment: 'loyal' });
    const file = join(data, 'input.json');
    writeFileSync(file, said);
    // The input is read and fits: what is missing are the segments.
    for (const [given, input] of [[said], [`@${file}`], ['-', said]] as const)
      await expect(call(['tool', 'show_segment', given, '--data', data], input)).rejects.toThrow(
        'There are no segments yet.',
      );
  });

  it.each([
    [['list_segmets'], 'There is no tool "list_segmets".'],
    [['show_segment'], 'show_segment: "segment" is missing.'],
    [['show_segment', '{segment:1}'], 'The input is not JSON.'],
    [['show_segment', '{"segmnet":"x"}'], 'show_segment: there is no field "segmnet".'],
  ])('refuses %j with what to do', async (args, message) => {
    const error = await call(['tool', ...args, '--data', await folder()]).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ message, next: expect.stringMatching(/.{20}/) });
  });
});
