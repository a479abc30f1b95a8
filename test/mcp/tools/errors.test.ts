import { homedir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { InputError, OperatorError, UpstreamError } from '../../../src/errors.ts';
import type { Log } from '../../../src/log.ts';
import { tool } from '../../../src/tools/tool.ts';
import { madeAudit } from '../../support/made-audit.ts';
import { appOver } from '../../support/mcp-app.ts';
import { type ConnectedClient, connectedClient, eras, person } from '../../support/mcp-client.ts';

const home = homedir();

const failing = {
  ask: new InputError('There is no segment "x".', 'The segments are: a, b.'),
  operator: new OperatorError(`${home}/shop/data cannot be written.`, 'Give yourself the right.'),
  upstream: new UpstreamError('The database does not answer.', 'Try again in a minute.'),
  defect: new TypeError(`Cannot read ${home}/secret of Ines Meyer`),
  text: 'a string that is thrown',
};

const registry = Object.entries(failing).map(([name, error]) =>
  tool({
    name: `fail_${name}`,
    title: 'Fail',
    description: 'Fails.',
    input: z.object({ size: z.number().min(1).max(5).optional() }),
    output: z.object({ asOf: z.string() }),
    effect: 'read',
    role: 'viewer',
    run: async () => {
      throw error;
    },
  }),
);

const endless = tool({
  name: 'list_endlessly',
  title: 'List endlessly',
  description: 'Lists more than a model can read.',
  input: z.object({}),
  output: z.object({ items: z.array(z.string()) }),
  effect: 'read',
  role: 'viewer',
  run: async () => ({ items: Array.from({ length: 5000 }, (_, i) => `segment ${i} of a shop`) }),
});

describe.each(eras)('a failing tool in the %s era', era => {
  const logged: { level: string; facts: object; message: string }[] = [];
  const at = (level: string) => (facts: object, message: string) => logged.push({ level, facts, message });
  const log: Log = { info: at('info'), warn: at('warn'), error: at('error') };
  let connected: ConnectedClient;
  beforeAll(async () => {
    connected = await connectedClient(appOver(madeAudit()), person(), {
      era,
      parts: { log, registry: [...registry, endless] },
    });
  });
  afterAll(() => connected.close());
  const said = async (name: string, args = {}) => {
    logged.length = 0;
    const result = await connected.client.callTool({ name, arguments: args });
    expect(result.isError).toBe(true);
    expect(result.structuredContent).toBeUndefined();
    return (result.content as { text: string }[])[0]!.text;
  };

  it('says what is wrong and what to do', async () => {
    expect(await said('fail_ask')).toBe('There is no segment "x". The segments are: a, b.');
    expect(await said('fail_upstream')).toBe('The database does not answer. Try again in a minute.');
    expect(logged).toEqual([]);
  });

  it('keeps paths for the log', async () => {
    expect(await said('fail_operator')).toBe('(path in the log) cannot be written. Give yourself the right.');
    expect(logged).toEqual([expect.objectContaining({ level: 'warn', facts: { err: failing.operator } })]);
  });

  it.each(['defect', 'text'] as const)(
    'tells of a defect (%s) a reference that is in the log',
    async kind => {
      const text = await said(`fail_${kind}`);
      const { reference } = logged[0]!.facts as { reference: string };
      expect(text).toMatch(/^Internal error/);
      expect(text).toContain(reference);
      expect(text).not.toContain('Ines');
      expect(text).not.toContain(home);
      expect(logged).toEqual([
        expect.objectContaining({ level: 'error', facts: { err: failing[kind], reference } }),
      ]);
    },
  );

  it('reads inputs in its own words', async () => {
    expect(await said('fail_ask', { size: 9 })).toMatch(/^fail_ask: "size".*5/);
    expect(await said('fail_ask', { seize: 2 })).toMatch(/no field "seize"/);
  });

  it('has a result that a model could not read, and says what to do instead', async () => {
    expect(await said('list_endlessly')).toBe(
      'The result is too long to be read. Ask for less of it at once, or for one thing of it.',
    );
  });

  it('knows no other tool, by an error of the protocol', async () => {
    await expect(connected.client.callTool({ name: 'nothing', arguments: {} })).rejects.toMatchObject({
      code: -32602,
    });
  });
});
