import { afterAll, beforeAll, expect, test } from 'vitest';
import { release } from '../../../src/segmentation/governance/block.ts';
import { openState, type State } from '../../../src/state/state.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const dir = temporaryFolder();
let state: State;

beforeAll(async () => {
  state = await openState({ dataDir: dir.path });
});
afterAll(async () => {
  await state.close();
  dir.remove();
});

test('a name is released in every way in which it was blocked, or it would stay out', async () => {
  const at = '2026-02-01T10:00:00.000Z';
  const block = { ground: 'health', reason: 'r', blockedBy: 'kindred', at } as const;
  await state.blockedTerms.block([
    { ...block, term: 'Baby_slings' },
    { ...block, term: 'baby slings' },
    { ...block, term: 'tea' },
  ]);
  const now = () => new Date(at);
  const asked = { what: 'BABY SLINGS', by: 'Ann', reason: 'harmless' };
  expect(await release({ state, now }, asked)).toBe('Baby_slings');
  expect(await state.blockedTerms.names()).toEqual(['tea']);
});
