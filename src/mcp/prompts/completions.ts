import { firstClause } from '../../agent/tasks/digest/first-clause.ts';
import type { App } from '../../app.ts';
import { plainName } from '../../segmentation/audiences/filter/nearest-names.ts';
import { tamed } from '../../segmentation/wording.ts';
import { toolContext } from '../../tool-context.ts';
import { runTool } from '../../tools/run-tool.ts';
import type { Caller } from '../caller.ts';

/** What may stand where somebody is typing, best first. */
export type Completions = (app: App, caller: Caller) => Promise<string[]>;

/** Names of the segments that stand, then their keys. */
export const segmentWords: Completions = async app => {
  const { models } = await app.state();
  const { segments = [] } = (await models.current()) ?? {};
  return [...segments.map(({ persona }) => tamed(persona.name)), ...segments.map(({ key }) => key)];
};

export const goals: Completions = async () => [
  'bring a second order',
  'win them back',
  'keep them from leaving',
  'more orders a year',
  'larger orders',
  'another category',
  'a new range',
  'orders without a discount',
  'reviews and recommendations',
];

export const channels: Completions = async () => [
  'e-mail',
  'text message',
  'paid social',
  'search ads',
  'direct mail',
  'on the site',
  'app',
  'phone',
];

interface Drift {
  asOf: string;
  groups: { findings: { sentence: string; since: string }[] }[];
}

async function findingsOf(app: App, { actor, role }: Caller): Promise<Drift> {
  return (await runTool(await toolContext(app, { actor, role }), 'show_drift', {}))
    .output as unknown as Drift;
}

/** Findings of the latest refresh, gravest first. */
export const findingWords: Completions = async (app, caller) =>
  (await findingsOf(app, caller)).groups.flatMap(({ findings }) =>
    findings.map(({ sentence }) => firstClause(sentence)),
  );

/** The latest refresh, and the dates from which on what it found holds; latest first. */
export const findingDates: Completions = async (app, caller) => {
  const { asOf, groups } = await findingsOf(app, caller);
  const dates = groups.flatMap(({ findings }) => findings.map(({ since }) => since));
  return [...new Set([asOf, ...dates])].sort().reverse();
};

/** Those that begin with what was typed, then those that hold it, in whatever spelling. */
export function fitting(values: readonly string[], typed: string): string[] {
  const wanted = plainName(typed);
  const begin = values.filter(value => plainName(value).startsWith(wanted));
  const hold = values.filter(value => !begin.includes(value) && plainName(value).includes(wanted));
  return [...begin, ...hold];
}
