import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { InputError } from '../../src/errors.ts';
import { filterShape } from '../../src/segmentation/audiences/filter/filter.ts';
import { count } from '../../src/tools/results/values.ts';
import { runTool } from '../../src/tools/run-tool.ts';
import { type Tool, tool } from '../../src/tools/tool.ts';
import { madeContext } from './made-context.ts';

const made = (changed: Partial<Tool> = {}): Tool => ({
  ...tool({
    name: 'count_things',
    title: 'Count things',
    description: 'Counts things of a kind.',
    input: z.object({
      kind: z.enum(['round', 'square']).describe('what to count'),
      of: z.string().optional().describe('whose'),
      most: z.number().int().min(1).max(20).default(5).describe('at most so many'),
      filter: filterShape.optional(),
    }),
    output: z.object({ counted: count, names: z.array(z.string()) }),
    effect: 'read',
    role: 'viewer',
    run: async (_, { most }) => ({ counted: most, names: [] }),
  }),
  ...changed,
});

const call = (input: unknown, changed: Partial<Tool> = {}) =>
  runTool(madeContext(), 'count_things', input, [made(changed)]);

/** Both lines of the refusal. */
async function refusal(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InputError);
  const { message, next } = error as InputError;
  return `${message} ${next}`;
}

describe('runTool', () => {
  it('fills in what is usual, and leaves out what is null', async () => {
    expect((await call({ kind: 'round' })).output).toEqual({ counted: 5, names: [] });
    expect((await call({ kind: 'round', most: null })).output).toEqual({ counted: 5, names: [] });
  });

  it('names the nearest tool where there is none of the name', async () => {
    const said = await refusal(runTool(madeContext(), 'count_thing', {}, [made()]));
    expect(said).toBe(
      'There is no tool "count_thing". Did you mean count_things? The tools are: count_things.',
    );
  });

  it('names the field that is wrong, and what it takes', async () => {
    const triangle = await refusal(call({ kind: 'triangle' }));
    expect(triangle).toContain('count_things: "kind": ');
    expect(triangle).toContain('"round"|"square"');
    expect(triangle).toContain('kind: what to count. It takes: kind, of, most, filter.');
    expect(await refusal(call({ kind: 'round', most: 21 }))).toContain('"most"');
    expect(await refusal(call({}))).toContain('"kind": ');
  });

  it('names the nearest field where there is none of the name', async () => {
    expect(await refusal(call({ kind: 'round', mots: 3 }))).toContain('no field "mots". Did you mean most?');
    // What is misspelt is missing too.
    expect(await refusal(call({ knid: 'round' }))).toContain('no field "knid". Did you mean kind?');
  });

  it('reads an input that is no object as what it is', async () => {
    expect(await refusal(call(['round']))).toContain('the input has to be a JSON object');
    expect(await refusal(call('round'))).toContain('the input has to be a JSON object');
  });

  it('finds the wrong word deep in a filter', async () => {
    const filter = { all: [{ field: 'recency_days', belwo: 3 }] };
    expect(await refusal(call({ kind: 'round', filter }))).toContain('"filter.all.0" has no field "belwo"');
  });

  it('lets each role do what the one before it may, and no more', async () => {
    const registry = [made({ role: 'analyst' })];
    const as = (role: 'viewer' | 'analyst' | 'approver') =>
      runTool(madeContext({ role }), 'count_things', { kind: 'round' }, registry);
    expect(await refusal(as('viewer'))).toContain('for the role analyst; yours is viewer');
    await expect(as('analyst')).resolves.toBeDefined();
    await expect(as('approver')).resolves.toBeDefined();
  });

  it('runs in a turn of its own, named after the tool', async () => {
    const turns: string[] = [];
    const turn = <T>(name: string, work: () => Promise<T>) => {
      turns.push(name);
      return work();
    };
    await runTool(madeContext({ turn }), 'count_things', { kind: 'round' }, [made()]);
    expect(turns).toEqual(['count_things']);
  });

  it('does not begin where the caller gave up while it waited', async () => {
    const given = new AbortController();
    let ran = false;
    const turn = <T>(_: string, work: () => Promise<T>) => {
      given.abort(new Error('gave up'));
      return work();
    };
    const run = async () => {
      ran = true;
      return { counted: 1, names: [] };
    };
    const context = madeContext({ turn, signal: given.signal });
    await expect(runTool(context, 'count_things', { kind: 'round' }, [made({ run })])).rejects.toThrow(
      'gave up',
    );
    expect(ran).toBe(false);
  });

  it('tells of a result that breaks its schema where, and never what', async () => {
    const run = async () => ({ counted: 'ada@example.com', names: [] });
    const error = await call({ kind: 'round' }, { run }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(InputError);
    expect(String(error)).toContain('count_things does not fit its schema at "counted"');
    expect(String(error)).not.toContain('ada');
  });

  it('hides names that came from data where a record breaks its schema', async () => {
    const output = z.object({ byName: z.record(z.string(), count) });
    const run = async () => ({ byName: { 'ada@example.com': 'x' } });
    const error = await call({ kind: 'round' }, { run, output }).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('"byName.*"');
    expect(String(error)).not.toContain('ada');
  });

  it('leaves out of a result what its schema does not name', async () => {
    const run = async () => ({ counted: 1, names: [], email: 'ada@example.com' });
    expect((await call({ kind: 'round' }, { run })).output).toEqual({ counted: 1, names: [] });
  });
});
