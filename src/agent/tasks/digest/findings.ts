import type { Digest } from './digest.ts';
import type { DigestFacts } from './facts.ts';

type Told = DigestFacts['drift']['groups'][number]['findings'][number];

/** A finding with what it is about, for what is to be done about it. */
export interface LevelledFinding extends Told {
  level: Digest['findings'][number]['level'];
}

const levelOf: Readonly<Record<string, LevelledFinding['level']>> = {
  Alerts: 'alert',
  'To watch': 'watch',
  'Good to know': 'note',
};

/** In the order in which they are told: alerts first, a feed before all else, what is explained last. */
export function levelledFindings({ groups }: DigestFacts['drift']): LevelledFinding[] {
  return groups.flatMap(({ title, findings }) =>
    findings.map(finding => ({ ...finding, level: levelOf[title] ?? 'explained' })),
  );
}

/** Data that stopped arriving and that nothing explains. */
export const brokenFeeds = (findings: readonly LevelledFinding[]) =>
  findings.filter(({ kind, level }) => kind === 'feed-stopped' && level === 'alert');

/** What explains itself is no alarm, and a note is read in passing. */
export const needsExplaining = (level: LevelledFinding['level']) => level === 'alert' || level === 'watch';
