import { formatValue } from '../wording.ts';
import type { Suspect } from './suspect.ts';
import { type DriftView, statsOf } from './view.ts';

/** Members' mean squared distance to their centroid, over that of when the segment was made. */
const levels = { watch: 1.3, alert: 1.6 };
/** Of fewer members one alone may widen the segment. */
const leastMembers = 30;

/** Segments whose members have become less alike. */
export function cohesionSuspects({ model, scored, birth }: DriftView): Suspect[] {
  if (model.kind === 'rfm' || !birth) return [];
  return scored.segments.flatMap(now => {
    const before = statsOf(birth, now.key);
    if (!before || now.size < leastMembers || before.size < leastMembers || before.spread === 0) return [];
    const ratio = now.spread / before.spread;
    if (ratio < levels.watch) return [];
    const severity = ratio >= levels.alert ? 'alert' : 'watch';
    return [
      {
        finding: {
          kind: 'cohesion',
          severity,
          subject: now.key,
          sentence: `${now.name} are less alike than they were: they lie ${formatValue(Math.sqrt(ratio) - 1, 'share', null)} farther from their average customer than when the segments were made.`,
          measure: { name: 'spread over that of the beginning', value: ratio, threshold: levels[severity] },
        },
        compare: {
          from: model.asOf,
          usual: (earlier, later) => {
            const [from, to] = [statsOf(earlier, now.key), statsOf(later, now.key)];
            if (!from || !to || from.size < leastMembers || to.size < leastMembers || from.spread === 0)
              return false;
            return (ratio * from.spread) / to.spread < levels.watch;
          },
        },
      },
    ];
  });
}
