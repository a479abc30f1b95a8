import { z } from 'zod';
import { currentModel } from '../segmentation/current.ts';
import type { Finding } from '../segmentation/drift/finding.ts';
import { strength } from '../segmentation/drift/suspect.ts';
import { explanations, groupFindings } from '../segmentation/history/findings.ts';
import { reclusterAdvised } from '../segmentation/recluster/advised.ts';
import { tamed } from '../segmentation/wording.ts';
import { count, day } from './results/values.ts';
import { tool } from './tool.ts';

const MOST_OF_A_GROUP = 8;

const degrees = ['just over the line', 'clearly', 'beyond doubt'] as const;

export const showDriftTool = tool({
  name: 'show_drift',
  title: 'Show drift',
  description:
    'What the last refresh found to have changed: feeds, features, segment sizes and shapes, how sure each is, what explains it, whether to re-cluster.',
  input: z.object({}),
  output: z.object({
    asOf: day,
    /** False where the segments were only just made: there is nothing to compare with yet. */
    compared: z.boolean(),
    groups: z.array(
      z.object({
        title: z.string(),
        findings: z.array(
          z.object({
            kind: z.string(),
            about: z.string(),
            sentence: z.string(),
            since: day,
            /** How far beyond the line from which it counts. */
            sure: z.enum(degrees),
            explainedBy: z.string().nullable(),
          }),
        ),
        more: count,
      }),
    ),
    /** Why the segments should be found anew; empty where nothing speaks for it. */
    recluster: z.array(z.string()),
    /** What a finding can say and what it cannot. */
    means: z.string(),
  }),
  effect: 'read',
  role: 'viewer',
  async run({ state }) {
    await currentModel(state);
    const { asOf, kind, findings } = (await state.refreshes.latest())!;
    return {
      asOf,
      compared: kind === 'refresh',
      groups: groupFindings(findings).map(group => ({
        title: group.title,
        findings: group.findings.slice(0, MOST_OF_A_GROUP).map(told),
        more: Math.max(0, group.findings.length - MOST_OF_A_GROUP),
      })),
      recluster: reclusterAdvised(findings, await state.refreshes.dates()),
      means:
        'A finding is a measured change beyond what chance and the calendar give. It says that something changed, not why: causes are for a person to check.',
    };
  },
});

function told(finding: Finding) {
  const { kind, subject, sentence, since, explainedBy } = finding;
  return {
    kind,
    about: tamed(subject),
    sentence,
    since,
    sure: sureness(finding),
    explainedBy: explainedBy === null ? null : explanations[explainedBy],
  };
}

function sureness(finding: Finding): (typeof degrees)[number] {
  const times = strength(finding);
  return degrees[times < 1.25 ? 0 : times < 2 ? 1 : 2];
}
