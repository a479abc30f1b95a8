import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { annotationsOf, outputSchema } from '../../../src/mcp/tools/definition.ts';
import { tools } from '../../../src/tools/registry.ts';
import { few, people } from '../../../src/tools/results/values.ts';
import type { Role } from '../../../src/tools/tool.ts';
import { closedApp } from '../../support/mcp-app.ts';
import { type ConnectedClient, connectedClient, eras, person } from '../../support/mcp-client.ts';

/** Clients of the maintenance line take the first, those of today the second. */
const validators = [new Ajv({ strict: false }), new Ajv2020({ strict: false })];

const listed = async (role: Role) => {
  const { client, close } = await connectedClient(closedApp(), person({ role }), { era: 'modern' });
  const names = (await client.listTools()).tools.map(({ name }) => name);
  await close();
  return names;
};

const names = (roles: readonly Role[]) =>
  tools.filter(({ role }) => roles.includes(role)).map(({ name }) => name);

describe('who sees which tools', () => {
  it('a viewer sees those of a viewer, and reviews proposals', async () => {
    expect(await listed('viewer')).toEqual([...names(['viewer']), 'review_proposal']);
  });
  it('an analyst sees more than a viewer, an approver no less than an analyst', async () => {
    expect(await listed('analyst')).toEqual([...names(['viewer', 'analyst']), 'review_proposal']);
    expect(await listed('approver')).toEqual([...tools.map(({ name }) => name), 'review_proposal']);
  });
});

describe('the hints', () => {
  it('say all four of each effect', () => {
    expect(annotationsOf('read')).toEqual({
      readOnlyHint: true,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: false,
    });
    expect(annotationsOf('propose')).toMatchObject({ readOnlyHint: false, destructiveHint: false });
    expect(annotationsOf('write')).toMatchObject({ readOnlyHint: false, destructiveHint: true });
  });
});

describe('schemas of results', () => {
  const schema = outputSchema(
    z.object({
      customers: people,
      count: z.number().int().meta({ unit: 'count' }),
      trend: z.enum(['growing', 'shrinking']).nullable(),
    }),
  );
  it('keep what holds a leak back, and lose what is ours', () => {
    const valid = new Ajv({ strict: false }).compile(schema);
    const told = { customers: 10, count: 3, trend: null };
    expect(valid(told)).toBe(true);
    expect(valid({ ...told, customers: few, trend: 'growing' })).toBe(true);
    for (const wrong of [
      { customers: 9 },
      { customers: 'few' },
      { count: '3' },
      { trend: 'steady' },
      { trend: undefined },
    ])
      expect(valid({ ...told, ...wrong }), JSON.stringify(wrong)).toBe(false);
    expect(JSON.stringify(schema)).not.toMatch(/"unit":"|\$schema|9007199254740991/);
  });
});

describe.each(eras)('tools as a client of the %s era lists them', era => {
  let connected: ConnectedClient;
  beforeAll(async () => {
    connected = await connectedClient(closedApp(), person(), { era });
  });
  afterAll(() => connected.close());

  it('are answered for before any store is opened', () => {
    expect(connected.client.getProtocolEra()).toBe(era);
    expect(connected.client.getInstructions()).toContain('shop_overview');
  });

  it('have a title, a description, hints and schemas that every validator reads', async () => {
    const { tools: told } = await connected.client.listTools();
    for (const { name, title, description, annotations, inputSchema, outputSchema: output } of told) {
      expect(title, name).toBeTruthy();
      expect(description!.length, name).toBeGreaterThan(20);
      expect(Object.keys(annotations ?? {}).sort(), name).toEqual([
        'destructiveHint',
        'idempotentHint',
        'openWorldHint',
        'readOnlyHint',
      ]);
      expect(inputSchema, name).toMatchObject({ type: 'object', additionalProperties: false });
      expect(output, name).toMatchObject({ type: 'object' });
      for (const schema of [inputSchema, output!])
        for (const validator of validators) expect(() => validator.compile(schema), name).not.toThrow();
      expect(JSON.stringify([inputSchema, output]), name).not.toMatch(/"unit":"|\$schema|9007199254740991/);
    }
  });

  it('read, or propose by the word of their name', async () => {
    const { tools: told } = await connected.client.listTools();
    const writing = told.filter(({ annotations }) => !annotations!.readOnlyHint).map(({ name }) => name);
    expect(writing).toEqual([...tools.filter(t => t.effect !== 'read').map(t => t.name), 'review_proposal']);
    expect(told.filter(({ annotations }) => annotations!.destructiveHint)).toEqual([]);
  });

  it('take what the tool takes, and no decision ever', async () => {
    const { tools: told } = await connected.client.listTools();
    const asked = new Map(
      told.map(({ name, inputSchema }) => [name, Object.keys(inputSchema.properties ?? {})]),
    );
    for (const { name, input } of tools) expect(asked.get(name), name).toEqual(Object.keys(input.shape));
    expect(asked.get('review_proposal')).toEqual(['proposal', 'page']);
  });

  it('name the page that draws a chart', async () => {
    const { tools: told } = await connected.client.listTools();
    expect(told.find(({ name }) => name === 'show_chart')?._meta).toMatchObject({
      ui: { resourceUri: 'ui://kindred/charts.html' },
    });
  });

  it('cost a model few words: clients send it all but the schemas of results with each question', async () => {
    const { tools: told } = await connected.client.listTools();
    const read = told.map(({ name, description, inputSchema }) => ({ name, description, inputSchema }));
    expect(JSON.stringify(read).length).toBeLessThan(16_000);
    expect(JSON.stringify(told).length).toBeLessThan(52_000);
  });
});
