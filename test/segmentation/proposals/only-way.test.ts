import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = new URL('../../../src', import.meta.url).pathname;
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'));
const filesWith = (text: RegExp) =>
  files.filter(file => text.test(readFileSync(join(root, file), 'utf8'))).toSorted();

/** A file as an import names it, whichever folder it is imported from. */
const importing = (path: string) => new RegExp(`from '(?:\\.\\.?/)+${path}'`);

test('proposals are decided in one place, which only commands of people and their settings reach', () => {
  expect(filesWith(importing('(?:segmentation/)?(?:proposals/)?decide\\.ts'))).toEqual([
    'cli/commands/approve.ts',
    'cli/commands/reject.ts',
    'cli/views/approved.ts',
    'decide-proposal.ts',
    'schedule/work.ts',
    // Words for what came of it.
    'segmentation/proposals/outcome-words.ts',
  ]);
  expect(filesWith(importing('decide-proposal\\.ts'))).toEqual([
    // What a person in front of a client answered; no tool takes a decision as its input.
    'mcp/approval/decision.ts',
    // What a person confirmed in a dialog of Slack.
    'slack/approval/decision.ts',
    'slack/approval/hand-out.ts',
  ]);
  expect(
    filesWith(importing('(?:slack/)?(?:approval/)?(?:decision|hand-out)\\.ts')).filter(file =>
      file.startsWith('slack/'),
    ),
  ).toEqual([
    'slack/approval/decision.ts',
    // The one listener that hears what was confirmed.
    'slack/listeners/decisions/submit.ts',
  ]);
  expect(filesWith(/\bproposals\.(?:approve|reject)\(/)).toEqual(['segmentation/proposals/decide.ts']);
  expect(filesWith(/\bimport \{[^}]*\bpromote\b[^}]*\} from/)).toEqual(['segmentation/proposals/decide.ts']);
});
