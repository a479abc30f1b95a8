import { expect, vi } from 'vitest';
import { tools } from '../../../src/tools/registry.ts';
import { command } from './built.ts';
import type { Person } from './people.ts';

/** Waits for what has to come, however busy the machine is. */
export const until = (check: () => void | Promise<void>) =>
  vi.waitFor(check, { timeout: 60_000, interval: 50 });

interface Listed {
  asOf: string;
  segments: { key: string; name: string }[];
}

export async function listed(one: Person): Promise<Listed> {
  const { isError, text, structured } = await one.call('list_segments');
  expect(isError, text).toBe(false);
  return structured as unknown as Listed;
}

/** Lists what there is, calls and reads some of it. */
export async function looksAround(one: Person): Promise<void> {
  expect(await one.tools()).toEqual([...tools.map(({ name }) => name), 'review_proposal']);
  const { segments } = await listed(one);
  expect(segments).toHaveLength(3);
  const [{ key, name }] = segments as [Listed['segments'][number]];
  expect(await one.complete(key.slice(0, 3))).toContain(key);
  expect(await one.read(`kindred://segments/${key}`)).toContain(`# ${name}`);
  expect(await one.prompt('campaign-brief', { segment: name })).toContain(`kindred://personas/${key}`);
  const unknown = await one.call('show_segment', { segment: 'nobody' });
  expect(unknown).toMatchObject({ isError: true, text: expect.stringContaining(`The segments are: `) });
}

/** The longest stage of a fit. */
const fitting = 'Choosing the number of groups';

/**
 * Takes a what-if back in the middle of its fit, and asks the next thing. Where somebody did so before, this also shows
 * that nothing came of that: what was found is kept, and would be told without a step.
 */
export async function takesBack(one: Person): Promise<void> {
  const stop = new AbortController();
  const stages: string[] = [];
  const onprogress = ({ message = '' }) => {
    stages.push(message);
    if (message === fitting) stop.abort();
  };
  const call = one.call('what_if', { k: 4 }, { signal: stop.signal, onprogress });
  await expect(call).rejects.toThrow();
  expect(stages).toContain(fitting);
  expect((await one.call('shop_overview')).isError).toBe(false);
}

interface Decided {
  id: string;
  status: string;
  createdBy: string;
  decidedBy: string;
  reason: string;
}

/** What `kindred proposals` tells, newest first. */
export async function proposalsOf(data: string): Promise<Decided[]> {
  return JSON.parse(await command('proposals', '--data', data, '--json')).proposals;
}

/** Each proposes another name for a segment of their own, and says yes. Gives what is told of it, oldest first. */
export async function rename(people: readonly Person[], data: string): Promise<Decided[]> {
  const { segments } = await listed(people[0]!);
  for (const [i, one] of people.entries()) {
    const name = ['Morning people', 'Evening people', 'Weekend people'][i]!;
    const { key } = segments[i]!;
    const proposed = { segment: key, name, why: 'It is plainer' };
    const { text, structured } = await one.call('propose_persona', proposed);
    expect(one.asked.at(-1), text).toContain(`“${name}”`);
    expect(structured.decide).toMatch(/^Approved by .+, asked in The test\./);
    expect((await listed(one)).segments).toContainEqual(expect.objectContaining({ key, name }));
  }
  return (await proposalsOf(data)).toReversed();
}

/** Refreshes by a command of its own; everybody is told, and reads the new date. */
export async function areTold(people: readonly Person[], data: string): Promise<void> {
  const before = people.map(one => one.told());
  await command('refresh', '--data', data, '--as-of', '2026-10-25');
  await until(() => {
    for (const [i, one] of people.entries()) expect(one.told(), one.kind).toBeGreaterThan(before[i]!);
  });
  for (const one of people) {
    expect(await one.read('kindred://digest')).toContain('25 October 2026');
    expect((await listed(one)).asOf).toBe('2026-10-25');
  }
}
