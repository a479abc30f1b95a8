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

/** Takes a what-if back in the middle of its fit, and asks the next thing. */
export async function takesBack(one: Person): Promise<void> {
  // The second time shows that nothing came of the first: what was found is kept, and would be told without a step.
  for (const _ of ['once', 'again']) {
    const stop = new AbortController();
    const stages: string[] = [];
    const call = one.call(
      'what_if',
      { k: 4 },
      {
        signal: stop.signal,
        onprogress({ message = '' }) {
          stages.push(message);
          if (message === fitting) stop.abort();
        },
      },
    );
    await expect(call).rejects.toThrow();
    expect(stages).toContain(fitting);
  }
  expect((await one.call('shop_overview')).isError).toBe(false);
}

interface Decided {
  id: string;
  status: string;
  createdBy: string;
  decidedBy: string;
  reason: string;
}

/** Proposes another name for a segment; the person says yes. Gives what `kindred proposals` tells of it. */
export async function renames(one: Person, data: string, key: string, name: string): Promise<Decided> {
  const { text, structured } = await one.call('propose_persona', {
    segment: key,
    name,
    why: 'It is plainer',
  });
  expect(one.asked.at(-1), text).toContain(`“${name}”`);
  expect(structured.decide).toMatch(/^Approved by .+, asked in The test\./);
  expect((await listed(one)).segments.map(segment => segment.name)).toContain(name);
  const { proposals } = JSON.parse(await command('proposals', '--data', data, '--json')) as {
    proposals: Decided[];
  };
  return proposals.find(({ id }) => id === structured.proposal)!;
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
