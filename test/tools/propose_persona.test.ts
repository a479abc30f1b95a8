import { afterAll, beforeAll, expect, test } from 'vitest';
import { currentModel } from '../../src/segmentation/current.ts';
import type { Segment } from '../../src/segmentation/model.ts';
import { approve } from '../../src/segmentation/proposals/decide.ts';
import { openPersonas, textsOf } from '../../src/segmentation/proposals/open-personas.ts';
import { proposePersonaTool } from '../../src/tools/propose_persona.ts';
import { type LivedTools, livedTools } from './lived-tools.ts';

let tools: LivedTools;
let segment: Segment;
beforeAll(async () => {
  tools = await livedTools();
  segment = (await currentModel(tools.shop.context.state)).segments[0]!;
}, 60_000);
afterAll(() => tools.shop.close());

test('texts wait for a person; what is left out stays, and numbers are those of the segment', async () => {
  const before = await tools.shop.left();
  const sentence = `Customers who look often: ${segment.size} of them.`;
  const told = await tools.call(proposePersonaTool, {
    segment: segment.key,
    name: 'Browsers',
    sentence,
    why: 'shorter',
  });
  expect(told).toMatchObject({
    proposal: 'p-1',
    customers: segment.size,
    asOf: tools.shop.asOf(0),
    changes: ['name: Browsers', `sentence: ${sentence}`],
  });
  const proposal = await tools.shop.context.state.proposals.byId('p-1');
  expect(proposal).toMatchObject({ kind: 'persona', subject: segment.key });
  const [text] = proposal!.body.texts as [{ after: unknown }];
  const { paragraph, action, evidence } = segment.persona;
  expect(text.after).toMatchObject({ name: 'Browsers', sentence, paragraph, action, evidence });
  expect(await tools.shop.left()).toEqual(before);
});

test('numbers are looked for in what is written anew, and not in names that stand', async () => {
  const { state } = tools.shop.context;
  const { key, persona } = segment;
  const texts = [{ key, after: { ...textsOf(persona), neutralName: 'List 7' } }];
  const { id } = await openPersonas(tools.shop.context, { texts, why: 'x', actor: 'ada' });
  await approve(tools.shop.context, { id, by: 'ada', reason: '' });
  expect((await currentModel(state)).segments[0]!.persona.neutralName).toBe('List 7');
  const told = await tools.call(proposePersonaTool, { segment: key, name: 'Lookers', why: 'shorter' });
  expect(told).toMatchObject({ changes: ['name: Lookers'] });
});

test.each([
  [{ sentence: 'They spend £987,654 an order.' }, '£987,654'],
  [{ neutralName: 'Bargain shoppers' }, 'tells of the people'],
  [{ name: 'Segment 2' }, 'speaks of a group by a number'],
  [{ paragraph: 'Muslim families before Ramadan.' }, 'protected trait'],
  [{ segment: 'nobody', name: 'X' }, 'no segment "nobody"'],
])('refuses %j', async (change, why) => {
  const input = { segment: segment.key, why: 'because', ...change };
  await expect(tools.call(proposePersonaTool, input)).rejects.toMatchObject({
    mender: 'asker',
    message: expect.stringContaining(why),
  });
});
