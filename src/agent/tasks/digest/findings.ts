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

/** Alerts first, what is explained last; of each level a feed first, as all that is measured from it waits for it. */
export function levelledFindings({ groups }: DigestFacts['drift']): LevelledFinding[] {
  return groups.flatMap(({ title, findings }) => {
    const level = levelOf[title] ?? 'explained';
    const of = (feeds: boolean) => findings.filter(finding => isFeed(finding) === feeds);
    return [...of(true), ...of(false)].map(finding => ({ ...finding, level }));
  });
}

const isFeed = ({ kind }: Pick<Told, 'kind'>) => kind === 'feed-stopped';

/** Data that stopped arriving and that nothing explains. */
export const brokenFeeds = (findings: readonly LevelledFinding[]) =>
  findings.filter(finding => isFeed(finding) && finding.level === 'alert');
