import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Unit } from '../../src/features/feature.ts';
import { inputSchema } from '../../src/tools/inputs/json-schema.ts';
import { tools } from '../../src/tools/registry.ts';
import type { Tool } from '../../src/tools/tool.ts';
import { placesOf } from './schema-walk.ts';

const units: readonly Unit[] = [
  'count',
  'share',
  'days',
  'money',
  'times',
  'ratio',
  'score',
  'per order',
  'per month',
];

/** Names of customers as the canonical tables have them: no tool has a field for one. */
const personal =
  /^(customerIds?|customer_id|profileIds?|profile_id|emails?|phones?|firstName|lastName|address)$/;

describe('the registry', () => {
  it('names every tool once', () => {
    const names = tools.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    expect(names.length).toBeGreaterThan(0);
  });

  it('has no tool that decides, and none that writes', () => {
    const deciding = /^(approve|reject|decide|promote|rollback|allow|export|sync|send|delete)(_|$)/;
    expect(tools.filter(({ name }) => deciding.test(name)).map(({ name }) => name)).toEqual([]);
    expect(tools.filter(({ effect }) => effect === 'write').map(({ name }) => name)).toEqual([]);
  });
});

describe.each(tools.map(tool => [tool.name, tool] as const))('%s', (name, tool) => {
  it('has a name in snake case, of a verb and an object', () => {
    expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(name.length).toBeLessThanOrEqual(40);
  });

  it('has a title for people and a description for models', () => {
    expect(tool.title).toMatch(/^[A-Z][^.]{3,60}$/);
    expect(tool.description.length).toBeGreaterThanOrEqual(40);
    expect(tool.description.length).toBeLessThanOrEqual(300);
    expect(tool.description).toMatch(/[.?"]$/);
  });

  it('asks for a role that goes with its effect', () => {
    if (tool.effect === 'propose') {
      expect(name).toMatch(/^propose_/);
      expect(['analyst', 'approver']).toContain(tool.role);
    } else expect(name).not.toMatch(/^propose_/);
  });

  it('takes an input of known fields that are told', () => {
    for (const { schema, path } of placesOf(tool.input))
      expect(vague(schema), `"${path}" may be anything`).toBe(false);
    const properties = (inputSchema(tool).properties ?? {}) as Record<string, Described>;
    expect(Object.keys(properties).filter(key => !isTold(properties[key]!, key, tool))).toEqual([]);
  });

  it('gives results of known fields, each number with its unit', () => {
    const numbers = placesOf(tool.output).filter(({ schema }) => schema instanceof z.ZodNumber);
    for (const { path, unit } of numbers) expect(units, `the unit of "${path}"`).toContain(unit);
    for (const { schema, path } of placesOf(tool.output))
      expect(vague(schema), `"${path}" may be anything`).toBe(false);
  });

  it('says as of when', () => {
    expect(Object.keys(tool.output.shape)).toContain('asOf');
  });

  it('has no field for what tells who somebody is', () => {
    const keys = placesOf(tool.output).flatMap(({ schema }) =>
      schema instanceof z.ZodObject ? Object.keys(schema.shape) : [],
    );
    expect(keys.filter(key => personal.test(key))).toEqual([]);
  });

  it('has a file and a test file of its own', () => {
    const path = (folder: string, ending: string) =>
      new URL(`../../${folder}/${name}${ending}`, import.meta.url);
    expect(existsSync(path('src/tools', '.ts'))).toBe(true);
    expect(existsSync(path('test/tools', '.test.ts'))).toBe(true);
  });
});

interface Described {
  description?: string;
  enum?: unknown;
  $ref?: string;
  items?: Described;
}

/** A description, choices that speak for themselves, or a word of the tool's own description. */
function isTold(property: Described, key: string, tool: Tool): boolean {
  return (
    property.description !== undefined ||
    property.enum !== undefined ||
    property.$ref !== undefined ||
    (property.items !== undefined && isTold(property.items, key, tool)) ||
    key === 'name' ||
    tool.description.toLowerCase().includes(key.toLowerCase())
  );
}

/** Whether anything at all would pass; a loose object is told by its own JSON schema. */
function vague(schema: z.ZodType): boolean {
  return schema instanceof z.ZodAny || schema instanceof z.ZodUnknown;
}
